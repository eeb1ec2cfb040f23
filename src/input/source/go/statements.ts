import type { SyntaxNode } from '@lezer/common'
import { withPrelude } from '../program/prelude.ts'
import type { Expression, Statement } from '../program/syntax.ts'
import { assignedIn, assignments, callStatement } from './assignments.ts'
import { choice, selection, typeChoice } from './choices.ts'
import { attempt, checkOf, errorIn, returned } from './errors.ts'
import { functionNamed } from './expressions.ts'
import { childrenOf, type Lifting, nameNode, spanOf, textOf, unknown } from './lifting.ts'
import { loop } from './loops.ts'

/** Translates statements in their order. What is deferred comes at the end of all that follows, however that ends. */
export function statements(l: Lifting, nodes: readonly SyntaxNode[]): readonly Statement[] {
  const done: Statement[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i] as SyntaxNode
    if (node.name === 'DeferStatement') {
      const last = withPrelude(l, () => deferred(l, node))
      const body = statements(l, nodes.slice(i + 1))
      const span = { start: node.from, end: nodes.at(-1)?.to ?? node.to }
      return [...done, { kind: 'try', body, handlers: [], otherwise: [], finally: last, ...span }]
    }
    const assigned = assignedIn(node)
    const error = assigned && errorIn(l, assigned)
    const next = nodes[i + 1]
    if (assigned && error !== undefined && next?.name === 'IfStatement' && !initOf(next)) {
      const checked = withPrelude(l, (): readonly Statement[] => {
        const condition = conditionOf(next)
        const check = checkOf(next, condition, l.expression(l, condition))
        return check?.name === error ? [attempt(l, assigned, check, { start: node.from, end: next.to }, branch)] : []
      })
      if (checked.length > 0) {
        done.push(...checked)
        i++
        continue
      }
    }
    done.push(...statement(l, node))
  }
  return done
}

function statement(l: Lifting, node: SyntaxNode): readonly Statement[] {
  l.depth++
  try {
    if (l.depth > 250) {
      l.tooDeep ??= spanOf(node)
      return [{ kind: 'unknown-statement', parts: [], ...spanOf(node) }]
    }
    return withPrelude(l, () => translate(l, node))
  } finally {
    l.depth--
  }
}

function block(l: Lifting, node: SyntaxNode | null | undefined): readonly Statement[] {
  return node ? statements(l, childrenOf(node)) : []
}

/** A block, or the `if` that stands after an `else`. */
function branch(l: Lifting, node: SyntaxNode | undefined): readonly Statement[] {
  if (!node) return []
  return node.name === 'Block' ? block(l, node) : statement(l, node)
}

/** `if x := f(); cond`: what comes before the condition. */
function initOf(node: SyntaxNode): SyntaxNode | undefined {
  const first = childrenOf(node)[0]
  return first && first.nextSibling?.name === ';' ? first : undefined
}

function conditionOf(node: SyntaxNode): SyntaxNode | undefined {
  return childrenOf(node)[initOf(node) ? 1 : 0]
}

function deferred(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const [call] = childrenOf(node)
  const [callee] = call ? childrenOf(call) : []
  if (!call) return []
  if (callee?.name === 'FunctionLiteral') return block(l, callee.getChild('Block'))
  return [{ kind: 'expression', value: l.expression(l, call), ...spanOf(node) }]
}

function translate(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const span = spanOf(node)
  switch (node.name) {
    case 'VarDecl':
    case 'ConstDecl':
      return declared(l, node)
    case 'Assignment': {
      const assigned = assignedIn(node)
      if (assigned) return assignments(l, assigned)
      const [target, value] = childrenOf(node)
      const operator = node.getChild('UpdateOp')
      if (!target || !value || !operator) return []
      const sign = textOf(l, operator).slice(0, -1)
      return [{ kind: 'augmented', target: l.expression(l, target), operator: sign, value: l.expression(l, value), ...span }]
    }
    case 'IncDecStatement': {
      const one: Expression = { kind: 'number', value: 1, float: false, ...span }
      const operator = textOf(l, node).endsWith('--') ? '-' : '+'
      return [{ kind: 'augmented', target: l.expression(l, childrenOf(node)[0]), operator, value: one, ...span }]
    }
    case 'ExprStatement': {
      const [value] = childrenOf(node)
      if (!value) return []
      if (/^panic\(/.test(textOf(l, value))) return [{ kind: 'raise', value: l.expression(l, value), ...span }]
      return callStatement(l, value, span)
    }
    case 'SendStatement': {
      const [channel, value] = childrenOf(node)
      const object = l.expression(l, channel)
      const callee: Expression = { kind: 'attribute', object, name: '<-', start: span.start, end: channel?.to ?? span.end }
      const call: Expression = { kind: 'call', callee, positional: [l.expression(l, value)], keywords: [], ...span }
      return [{ kind: 'expression', value: call, ...span }]
    }
    case 'GoStatement':
      return [started(l, node)]
    case 'ReturnStatement':
      return [returned(l, node)]
    case 'GotoStatement': {
      const word = textOf(l, node)
      if (word.startsWith('break')) return [{ kind: 'break', ...span }]
      return word.startsWith('continue') ? [{ kind: 'continue', ...span }] : []
    }
    case 'Block':
      return block(l, node)
    case 'LabeledStatement':
      return childrenOf(node).flatMap((child) => (child.name === 'LabelName' ? [] : statement(l, child)))
    case 'IfStatement':
      return condition(l, node)
    case 'ForStatement':
      return loop(l, node)
    case 'SwitchStatement':
      return choice(l, node)
    case 'TypeSwitchStatement':
      return typeChoice(l, node)
    case 'SelectStatement':
      return [selection(l, node)]
    default:
      return []
  }
}

/** `x := f()`, `var x = f()` and groups of them. */
export function declared(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const assigned = assignedIn(node)
  if (assigned?.targets.some((target) => target.name === 'DefName')) return assignments(l, assigned)
  const specs = [node, ...node.getChildren('SpecList')].flatMap((one) => [
    ...one.getChildren('VarSpec'),
    ...one.getChildren('ConstSpec'),
  ])
  return specs.flatMap((spec) => {
    const one = assignedIn(spec)
    if (!one) return []
    // a constant without a value repeats the one before it
    return spec.name === 'ConstSpec' && one.values.length === 0 ? [] : assignments(l, one)
  })
}

/** `go f(x)`: a call of its own that is handed the function. */
function started(l: Lifting, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const [call] = childrenOf(node)
  const [callee] = call ? childrenOf(call) : []
  const list = call?.getChild('Arguments')
  const target: Expression = !callee
    ? unknown(span)
    : callee.name === 'FunctionLiteral'
      ? nameNode(functionNamed(l, callee, 'go'), spanOf(callee))
      : l.expression(l, callee)
  const given = list ? childrenOf(list).map((one) => l.expression(l, one)) : []
  const value: Expression = { kind: 'call', callee: nameNode('go', span), positional: [target, ...given], keywords: [], ...span }
  return { kind: 'expression', value, ...span }
}

function condition(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const span = spanOf(node)
  const init = initOf(node)
  const test = conditionOf(node)
  const asked = l.expression(l, test)
  const check = checkOf(node, test, asked)
  const assigned = init && assignedIn(init)
  if (assigned && check && errorIn(l, assigned) === check.name) return [attempt(l, assigned, check, span, branch)]
  const first = init ? statement(l, init) : []
  const [then, otherwise] = childrenOf(node).filter((part) => part.from >= (test?.to ?? node.from))
  const taken = (part: SyntaxNode | undefined) => {
    if (!check || part !== check.failed) return branch(l, part)
    l.failed.push(check.name)
    const body = branch(l, part)
    l.failed.pop()
    return body
  }
  return [...first, { kind: 'if', test: asked, body: taken(then), otherwise: taken(otherwise), ...span }]
}
