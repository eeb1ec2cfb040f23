import type { Expression, Statement } from '../syntax.ts'
import { walk } from '../walk.ts'
import { decide, seenWhen } from './conditions.ts'
import type { Context } from './context.ts'

/** `const taken = await redis.set(…)` before `if (taken)`: the condition tells what it wrote. */
export function keepsClaim(ctx: Context, statement: Statement, later: readonly Statement[]): boolean {
  if (statement.kind !== 'assign' || !statement.value || statement.targets.length !== 1) return false
  const [target] = statement.targets
  if (target?.kind !== 'name') return false
  ctx.claims.delete(target.name)
  const claim = seenWhen(ctx, statement.value)
  if (!claim) return false
  ctx.claims.set(target.name, { ...claim, asked: statement.value })
  if (later.some((one) => one.kind === 'if' && names(one.test, target.name) && decide(ctx, one.test).on.kind === 'seen'))
    return true
  ctx.claims.delete(target.name)
  return false
}

function names(node: Expression, name: string): boolean {
  let found = false
  walk(node, (one) => {
    if (one.kind === 'name' && one.name === name) found = true
    return !found
  })
  return found
}
