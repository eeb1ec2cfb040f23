import type { Expression, Statement } from '../syntax.ts'

/** The number that a statement counts on: `n += 1`, `self.n = self.n + 1`. */
export function counterOf(node: Statement): Expression | undefined {
  if (node.kind === 'augmented') return node.value.kind === 'number' && isCounter(node.target) ? node.target : undefined
  if (node.kind !== 'assign' || node.value?.kind !== 'binary') return undefined
  const { left, right, operator } = node.value
  if (operator !== '+' && operator !== '-') return undefined
  const from = right.kind === 'number' ? left : left.kind === 'number' ? right : undefined
  return from && node.targets.find((target) => isCounter(target) && isSame(target, from))
}

function isCounter(target: Expression): boolean {
  return target.kind === 'name' || target.kind === 'attribute'
}

function isSame(a: Expression, b: Expression): boolean {
  if (a.kind === 'name') return b.kind === 'name' && a.name === b.name
  return a.kind === 'attribute' && b.kind === 'attribute' && a.name === b.name && isSame(a.object, b.object)
}
