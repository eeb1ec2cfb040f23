import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import type { Expression, Name, Statement, UnknownExpression } from '../program/syntax.ts'

/** What the translation of one file carries along. */
export interface Lifting {
  readonly text: string
  /** Import paths by the name that the file uses. */
  readonly packages: ReadonlyMap<string, string>
  /** Structs that the file declares. */
  readonly structs: ReadonlySet<string>
  /** What the method being translated calls its object. */
  receiver?: string
  /** The function being translated says by its last result whether it failed. */
  givesError: boolean
  /** Names of errors that are known to be one here, innermost last. */
  readonly failed: string[]
  /** Names that the functions around declare, innermost last. */
  readonly locals: ReadonlySet<string>[]
  /** Functions without a name so far, by what they are called after. */
  readonly given: Map<string, number>
  /** Statements that come before the one being translated: functions that stand inside of it. */
  prelude: Statement[]
  depth: number
  /** The first place that is nested too deeply. */
  tooDeep?: Span
  readonly expression: (l: Lifting, node: SyntaxNode | null | undefined) => Expression
  readonly statements: (l: Lifting, nodes: readonly SyntaxNode[]) => readonly Statement[]
}

export function spanOf(node: SyntaxNode): Span {
  return { start: node.from, end: node.to }
}

export function textOf(l: Lifting, node: SyntaxNode): string {
  return l.text.slice(node.from, node.to)
}

export function unknown(at: Span): UnknownExpression {
  return { kind: 'unknown', start: at.start, end: at.end }
}

export function nameNode(name: string, at: Span): Name {
  return { kind: 'name', name, start: at.start, end: at.end }
}

/** The children that say something: no punctuation, operators, keywords or comments. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (
      child.name === 'make' ||
      child.name === 'new' ||
      (/^[A-Z]/.test(child.name) && !/(?:Op|Comment|TypeArgs|TypeParams)$/.test(child.name))
    )
      children.push(child)
  return children
}

/** A name for a function that has none: after what it is given to. */
export function givenName(l: Lifting, hint: string): string {
  const count = (l.given.get(hint) ?? 0) + 1
  l.given.set(hint, count)
  return count === 1 ? `${hint}'` : `${hint}'${count}`
}

/** A bare name; the receiver of a method goes by one name in all of them. */
export function resolve(l: Lifting, name: string, at: Span): Name {
  return nameNode(name === l.receiver ? 'this' : name, at)
}

export function isType(node: SyntaxNode): boolean {
  return /(?:Type|TypeName)$/.test(node.name)
}

/** A type as an expression that names it: pointers are what they point to. Undefined for types without a name. */
export function typeExpression(l: Lifting, node: SyntaxNode): Expression | undefined {
  const span = spanOf(node)
  if (node.name === 'TypeName') return nameNode(textOf(l, node), span)
  if (node.name === 'QualifiedType') {
    const [pack, name] = childrenOf(node)
    if (!pack || !name) return undefined
    return { kind: 'attribute', object: nameNode(textOf(l, pack), spanOf(pack)), name: textOf(l, name), ...span }
  }
  if (node.name === 'PointerType' || node.name === 'ParameterizedType') {
    const [inner] = childrenOf(node)
    return inner && typeExpression(l, inner)
  }
  return undefined
}

/** `json.Unmarshal(data, &order)` and its like give what they fill in. */
const FILLS = /(?:Unmarshal|Decode|Scan|Sscan\w*|Bind\w*|\w+Var)$/

/** The variable whose address a call is given to fill it in; undefined for any other call. */
export function filledBy(l: Lifting, node: SyntaxNode): SyntaxNode | undefined {
  const list = node.name === 'CallExpr' ? node.getChild('Arguments') : null
  const [callee] = childrenOf(node)
  if (!list || !callee || !FILLS.test(textOf(l, callee))) return undefined
  return childrenOf(list).find((one) => one.name === 'UnaryExp' && /^&\w+$/.test(textOf(l, one)))
}
