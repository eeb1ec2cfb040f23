import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import type { DictEntry, Expression, Keyword } from '../program/syntax.ts'
import { isLiteralClient, isSettingsPackage } from './clients/packages.ts'
import { childrenOf, isType, type Lifting, nameNode, spanOf, textOf, typeExpression } from './lifting.ts'

/** `T{…}`: a struct of the project is made like an object of a class; those of client libraries, maps and nameless structs are dicts. */
export function typedLiteral(l: Lifting, node: SyntaxNode): Expression {
  const [type, value] = childrenOf(node)
  return value?.name === 'LiteralValue' ? literal(l, type, value, spanOf(node)) : { kind: 'unknown', ...spanOf(node) }
}

interface Element {
  readonly key?: SyntaxNode
  readonly value: SyntaxNode
  readonly span: Span
}

function literal(l: Lifting, type: SyntaxNode | undefined, body: SyntaxNode, span: Span): Expression {
  const elements = body.getChildren('Element').flatMap((one): Element[] => {
    const key = one.getChild('Key')
    const value = childrenOf(one)
      .filter((child) => child.name !== 'Key')
      .at(-1)
    const written = key ? childrenOf(key)[0] : undefined
    return value ? [{ ...(written ? { key: written } : {}), value, span: spanOf(one) }] : []
  })
  const inner = type && elementType(type)
  const elementOf = ({ value }: Element): Expression =>
    value.name === 'LiteralValue' ? literal(l, inner, value, spanOf(value)) : l.expression(l, value)
  if (type?.name === 'SliceType' || type?.name === 'ArrayType') return { kind: 'list', items: elements.map(elementOf), ...span }
  const dict = (): Expression => ({
    kind: 'dict',
    entries: elements.flatMap((one): DictEntry[] =>
      one.key ? [{ key: keyOf(l, one.key, type), value: elementOf(one), ...one.span }] : [],
    ),
    ...span,
  })
  const callee = type && typeExpression(l, type)
  if (!type || !callee || type.name === 'MapType') return dict()
  if (callee.kind === 'attribute' && callee.object.kind === 'name') {
    const path = l.packages.get(callee.object.name) ?? ''
    if (isLiteralClient(path, callee.name)) return { kind: 'call', callee, positional: [dict()], keywords: [], ...span }
    if (isSettingsPackage(path) || elements.length === 0) return dict()
  }
  const keywords = elements.flatMap((one): Keyword[] =>
    one.key ? [{ name: textOf(l, one.key), value: elementOf(one), ...one.span }] : [],
  )
  const positional = elements.filter(({ key }) => !key).map(elementOf)
  return { kind: 'call', callee, positional, keywords, ...span }
}

/** Fields are keys by their names; keys of maps are values. */
function keyOf(l: Lifting, key: SyntaxNode, type: SyntaxNode | undefined): Expression {
  return key.name === 'VariableName' && type?.name !== 'MapType'
    ? { kind: 'string', value: textOf(l, key), ...spanOf(key) }
    : l.expression(l, key)
}

function elementType(type: SyntaxNode): SyntaxNode | undefined {
  const last = childrenOf(type).filter(isType).at(-1)
  if (type.name !== 'SliceType' && type.name !== 'ArrayType' && type.name !== 'MapType') return undefined
  return last?.name === 'PointerType' ? childrenOf(last)[0] : last
}

/** `make(map[K]V)` and `make([]T, n)`; a channel is a call of its own. */
export function made(node: SyntaxNode, given: readonly SyntaxNode[]): Expression {
  const span = spanOf(node)
  const [type] = given
  if (type?.name === 'MapType') return { kind: 'dict', entries: [], ...span }
  if (type?.name === 'SliceType') return { kind: 'list', items: [], ...span }
  return { kind: 'call', callee: nameNode('make', span), positional: [], keywords: [], ...span }
}

/** `new(T)`. */
export function newOf(l: Lifting, node: SyntaxNode, given: readonly SyntaxNode[]): Expression {
  const span = spanOf(node)
  const callee = given[0] && typeExpression(l, given[0])
  return callee?.kind === 'name' && l.structs.has(callee.name)
    ? { kind: 'call', callee, positional: [], keywords: [], ...span }
    : { kind: 'dict', entries: [], ...span }
}
