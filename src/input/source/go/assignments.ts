import type { SyntaxNode } from '@lezer/common'
import { withPrelude } from '../program/prelude.ts'
import type { Expression, Statement } from '../program/syntax.ts'
import { callOf } from './expressions.ts'
import { childrenOf, filledBy, isType, type Lifting, resolve, spanOf, textOf, typeExpression, unknown } from './lifting.ts'

/** The two sides of an assignment or a declaration. */
export interface Assigned {
  readonly targets: readonly SyntaxNode[]
  readonly values: readonly SyntaxNode[]
  readonly type?: SyntaxNode
  readonly span: { start: number; end: number }
}

/** `a, b := f()`, `a = b`, one line of a `var` or `const`; undefined for `a += b` and all else. */
export function assignedIn(node: SyntaxNode): Assigned | undefined {
  if (!/^(?:VarDecl|Assignment|VarSpec|ConstSpec|ReceiveStatement)$/.test(node.name)) return undefined
  const targets: SyntaxNode[] = []
  const values: SyntaxNode[] = []
  let type: SyntaxNode | undefined
  let after = false
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === '=' || child.name === ':=') after = true
    else if (child.name === 'UpdateOp' || child.name === 'SpecList') return undefined
    else if (!/^[A-Z]/.test(child.name) || /Comment$/.test(child.name)) continue
    else if (after) values.push(child)
    else if (isType(child)) type = child
    else targets.push(child)
  }
  if (node.name === 'ReceiveStatement' && !after) return undefined
  return { targets, values, ...(type ? { type } : {}), span: spanOf(node) }
}

/** A call as a statement of its own. */
export function callStatement(l: Lifting, node: SyntaxNode, span: { start: number; end: number }): readonly Statement[] {
  const filled = filledBy(l, node)
  if (filled) {
    const given = childrenOf(node.getChild('Arguments') ?? node)
    const target = resolve(l, textOf(l, filled).slice(1), spanOf(filled))
    const value = callOf(
      l,
      node,
      given.filter((one) => one.from !== filled.from),
    )
    return [{ kind: 'assign', targets: [target], value, ...span }]
  }
  const value = l.expression(l, node)
  if (value.kind !== 'call' || !LOGS.test(textOf(l, childrenOf(node)[0] ?? node))) return [{ kind: 'expression', value, ...span }]
  // `log.Fatal(server.Run())`: what is logged is done first, and matters by itself
  const done = value.positional.filter((argument) => argument.kind === 'call')
  const logged = value.positional.map((argument) => (argument.kind === 'call' ? unknown(argument) : argument))
  return [
    ...done.map((call): Statement => ({ kind: 'expression', value: call, start: call.start, end: call.end })),
    { kind: 'expression', value: { ...value, positional: logged }, ...span },
  ]
}

const LOGS = /^(?:\w*[lL]og(?:ger|rus)?)\.\w+$/

/** An assignment as statements: what nobody keeps is only evaluated, and whether something is there is not known. */
export function assignments(l: Lifting, { targets, values, type, span }: Assigned): readonly Statement[] {
  return withPrelude(l, (): readonly Statement[] => {
    const kept = targets.filter((target) => textOf(l, target) !== '_')
    const annotation = type && typeExpression(l, type)
    const target = (node: SyntaxNode): Expression =>
      node.name === 'DefName' ? resolve(l, textOf(l, node), spanOf(node)) : l.expression(l, node)
    const assign = (node: SyntaxNode, value: Expression | undefined): Statement => ({
      kind: 'assign',
      targets: [target(node)],
      ...(annotation ? { annotation } : {}),
      ...(value ? { value } : {}),
      ...span,
    })
    const [only] = values
    if (!only) return kept.map((node) => assign(node, zero(l, type)))
    if (values.length === targets.length && values.length > 1) {
      const right = values.map((value) => l.expression(l, value))
      return targets.flatMap((node, i) => (textOf(l, node) === '_' ? [] : [assign(node, right[i])]))
    }
    if (kept.length === 0) return callStatement(l, only, span)
    const value = l.expression(l, only)
    const first = targets[0] as SyntaxNode
    if (targets.length === 1) return [assign(first, value)]
    const [second] = targets.slice(1)
    const said = second ? textOf(l, second) : ''
    const twofold =
      targets.length === 2 && (only.name !== 'CallExpr' || /^(?:_|ok|found|exists|present|has\w*|\w*[eE]rr\d?)$/.test(said))
    if (twofold && second && !kept.includes(first)) return [assign(second, value)]
    if (twofold)
      return [assign(first, value), ...(second && kept.includes(second) ? [assign(second, unknown(spanOf(second)))] : [])]
    return [{ kind: 'assign', targets: [{ kind: 'tuple', items: targets.map(target), ...span }], value, ...span }]
  })
}

/** What a variable is before anything is assigned to it. */
function zero(l: Lifting, type: SyntaxNode | undefined): Expression | undefined {
  if (!type) return undefined
  const span = spanOf(type)
  const name = textOf(l, type)
  if (name === 'string') return { kind: 'string', value: '', ...span }
  if (name === 'bool') return { kind: 'boolean', value: false, ...span }
  if (/^u?int\d*$/.test(name)) return { kind: 'number', value: 0, float: false, ...span }
  if (type.name === 'SliceType') return { kind: 'list', items: [], ...span }
  const callee = typeExpression(l, type)
  if (type.name === 'TypeName' && callee?.kind === 'name' && l.structs.has(callee.name))
    return { kind: 'call', callee, positional: [], keywords: [], ...span }
  return type.name === 'PointerType' ? { kind: 'none', ...span } : undefined
}
