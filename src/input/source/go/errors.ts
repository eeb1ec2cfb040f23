import type { SyntaxNode } from '@lezer/common'
import type { Expression, Statement, Try } from '../program/syntax.ts'
import { type Assigned, assignments } from './assignments.ts'
import { childrenOf, filledBy, type Lifting, spanOf, textOf } from './lifting.ts'

/**
 * Go says by a value what other languages say by an exception: `x, err := f(); if err != nil { A }` is translated as `try { x = f() } catch (err)
 * { A }`, and a `return` of an error as a raise. What is between a call and its check runs whether the call failed or not, so only a check that
 * comes next is one.
 */
export interface Check {
  readonly name: string
  /** The branch that is taken after a failure, and the other. */
  readonly failed?: SyntaxNode
  readonly well?: SyntaxNode
  /** What must hold beside the failure. */
  readonly also?: Expression
}

const ERROR = /^(?:e|err|error|\w*[eE]rr(?:or)?\d?)$/

/** The error that an assignment gives a name to. */
export function errorIn(l: Lifting, { targets, values }: Assigned): string | undefined {
  const last = targets.at(-1)
  if (!last || values.length !== 1 || (last.name !== 'DefName' && last.name !== 'VariableName')) return undefined
  const name = textOf(l, last)
  return ERROR.test(name) && values[0]?.name === 'CallExpr' ? name : undefined
}

/** What an `if` asks of an error; undefined where it asks something else. */
export function checkOf(node: SyntaxNode, condition: SyntaxNode | undefined, test: Expression): Check | undefined {
  const [then, otherwise] = childrenOf(node).filter((part) => part.from >= (condition?.to ?? node.to))
  const first = test.kind === 'bool' && test.operator === 'and' ? test.left : test
  if (first.kind !== 'compare' || first.right.kind !== 'none' || first.left.kind !== 'name') return undefined
  const { name } = first.left
  if (!ERROR.test(name)) return undefined
  const branches = (failed: SyntaxNode | undefined, well: SyntaxNode | undefined) => ({
    name,
    ...(failed ? { failed } : {}),
    ...(well ? { well } : {}),
  })
  if (first.operator === 'is not') return { ...branches(then, otherwise), ...(test.kind === 'bool' ? { also: test.right } : {}) }
  return first === test ? branches(otherwise, then) : undefined
}

/** A call and the check of its error as an attempt. */
export function attempt(
  l: Lifting,
  assigned: Assigned,
  { name, failed, well, also }: Check,
  whole: { start: number; end: number },
  branch: (l: Lifting, node: SyntaxNode | undefined) => readonly Statement[],
): Try {
  const others = assigned.targets.slice(0, -1)
  const [value] = assigned.values
  // where nothing else is kept the error is, so that what is checked is not taken for dropped
  const plain = others.every((target) => textOf(l, target) === '_') && !(value && filledBy(l, value))
  const body = assignments(l, { ...assigned, targets: plain ? assigned.targets.slice(-1) : others })
  l.failed.push(name)
  const caught = branch(l, failed)
  l.failed.pop()
  const at = failed ? spanOf(failed) : whole
  const handled: readonly Statement[] = also ? [{ kind: 'if', test: also, body: caught, otherwise: [], ...at }] : caught
  return {
    kind: 'try',
    body,
    handlers: [{ name, body: handled, ...at }],
    otherwise: branch(l, well),
    finally: [],
    ...whole,
  }
}

const MAKES_ERROR = /^(?:errors|fmt|status|xerrors|pkgerrors|errs?)\.(?:New|Newf|Errorf?|Wrapf?|WithMessagef?|WithStack|Join)$/

/** `return x, err`: the error is raised where it is one, and left out where it is none. */
export function returned(l: Lifting, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const values = childrenOf(node)
  const last = values.at(-1)
  const give = (nodes: readonly SyntaxNode[]): Statement => {
    const given = nodes.map((one) => l.expression(l, one))
    const [only] = given
    const value: Expression | undefined = given.length > 1 ? { kind: 'tuple', items: given, ...span } : only
    return { kind: 'return', ...(value ? { value } : {}), ...span }
  }
  if (!l.givesError || !last) return give(values)
  const text = textOf(l, last)
  const called = last.name === 'CallExpr' ? textOf(l, childrenOf(last)[0] ?? last) : undefined
  const isError =
    (last.name === 'VariableName' && l.failed.includes(text)) ||
    /(?:^|\.)(?:Err[A-Z]\w*|EOF)$/.test(text) ||
    (last.name === 'UnaryExp' && /^&\w*Err/.test(text)) ||
    (called !== undefined && (values.length > 1 || MAKES_ERROR.test(called)))
  if (isError) return { kind: 'raise', value: l.expression(l, last), ...span }
  // what a call gives with its error is the call's own
  return give(values.length === 1 && last.name === 'CallExpr' ? values : values.slice(0, -1))
}
