import type { Expression, FunctionDef, If, Lambda, Statement } from './syntax.ts'
import { walk } from './walk.ts'

/**
 * Whether a delivery callback plainly does nothing with the error, its first parameter (after `self`, for a method): it never names it, nor
 * asks the message for it, or all that it does where there is one is to pass. Anything else may tell somebody.
 */
export function ignoresError(callback: FunctionDef | Lambda, isMethod: boolean): boolean {
  const parameters = isMethod ? callback.parameters.slice(1) : callback.parameters
  const [error] = parameters
  if (!error || (error.type !== 'normal' && error.type !== 'positional')) return false
  const body = callback.kind === 'lambda' ? [callback.body] : callback.body
  const naming = body.filter((node) => names(node, error.name))
  const [only, ...more] = naming
  if (!only) return true
  return more.length === 0 && only.kind === 'if' && passesOn(only, error.name, only === body.at(-1))
}

/** An `if` on the error alone, in which nothing is done where there is one. */
function passesOn(node: If, error: string, isLast: boolean): boolean {
  const when = errorWhen(node.test, error)
  if (when === undefined) return false
  const [failed, fine] = when ? [node.body, node.otherwise] : [node.otherwise, node.body]
  // without a branch of its own, what comes after the `if` is done for an error too
  const isEmpty = failed.length === 0 ? isLast : failed.every(doesNothing)
  return isEmpty && !fine.some((one) => names(one, error))
}

/** True where the test holds for an error, false where it holds for none, undefined where it asks something else. */
function errorWhen(test: Expression, error: string): boolean | undefined {
  if (isName(test, error)) return true
  if (test.kind === 'unary' && test.operator === 'not') return isName(test.operand, error) ? false : undefined
  if (test.kind !== 'compare' || !isName(test.left, error) || test.right.kind !== 'none') return undefined
  if (test.operator === 'is not' || test.operator === '!=') return true
  return test.operator === 'is' || test.operator === '==' ? false : undefined
}

const isName = (node: Expression, name: string) => node.kind === 'name' && node.name === name

function doesNothing(statement: Statement): boolean {
  if (statement.kind === 'expression') return statement.value.kind === 'ellipsis' || statement.value.kind === 'string'
  return statement.kind === 'pass' || (statement.kind === 'return' && !statement.value)
}

/** Names the parameter, or asks something for its error; a call that is given all local names may too. */
function names(node: Statement | Expression, name: string): boolean {
  let found = false
  walk(node, (one) => {
    if (one.kind === 'name' && (one.name === name || one.name === 'locals')) found = true
    if (one.kind === 'attribute' && one.name === 'error') found = true
    return !found
  })
  return found
}
