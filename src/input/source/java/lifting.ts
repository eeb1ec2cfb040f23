import type { SyntaxNode } from '@lezer/common'
import type { Span } from '../../../text/span.ts'
import type { Expression, Name, Statement, UnknownExpression } from '../program/syntax.ts'

/** A class being translated: what its members are called, so that a bare name can be told from a local one. */
export interface ClassScope {
  readonly name: string
  readonly parent?: ClassScope
  /** Fields and methods; true for those of the class itself (`static`). */
  readonly fields: ReadonlyMap<string, boolean>
  readonly methods: ReadonlyMap<string, boolean>
  readonly derives: boolean
}

/** What the translation of one file carries along. */
export interface Lifting {
  readonly text: string
  readonly imported: ReadonlySet<string>
  cls?: ClassScope
  /** Parameters and local variables, innermost function last. */
  readonly locals: Set<string>[]
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

export function unknown(node: SyntaxNode): UnknownExpression {
  return { kind: 'unknown', ...spanOf(node) }
}

export function nameNode(name: string, at: Span): Name {
  return { kind: 'name', name, start: at.start, end: at.end }
}

/** The children that say something: no punctuation, keywords or comments. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (/^[A-Z]/.test(child.name) && !/Comment$/.test(child.name)) children.push(child)
    else if (child.name === 'this' || child.name === 'super') children.push(child)
  return children
}

/** A name for a function that has none: after what it is given to. */
export function givenName(l: Lifting, hint: string): string {
  const count = (l.given.get(hint) ?? 0) + 1
  l.given.set(hint, count)
  return count === 1 ? `${hint}'` : `${hint}'${count}`
}

export function isLocal(l: Lifting, name: string): boolean {
  return l.locals.some((names) => names.has(name))
}

/** What a bare name stands for: a local variable, a field of the class or of one around it, or something imported. */
export function resolve(l: Lifting, name: string, at: Span): Expression {
  if (isLocal(l, name) || l.imported.has(name)) return nameNode(name, at)
  for (let cls = l.cls; cls; cls = cls.parent) {
    const own = cls.fields.get(name)
    if (own === undefined) continue
    return { kind: 'attribute', object: nameNode(own ? cls.name : 'this', at), name, ...at }
  }
  if (l.cls?.derives && /^[a-z]/.test(name)) return { kind: 'attribute', object: nameNode('this', at), name, ...at }
  return nameNode(name, at)
}

/** What a bare method name stands for. */
export function resolveMethod(l: Lifting, name: string, at: Span): Expression {
  if (l.imported.has(name)) return nameNode(name, at)
  for (let cls = l.cls; cls; cls = cls.parent) {
    const own = cls.methods.get(name)
    if (own !== undefined) return { kind: 'attribute', object: nameNode(own ? cls.name : 'this', at), name, ...at }
  }
  return { kind: 'attribute', object: nameNode('this', at), name, ...at }
}

/** The bare name of a type: `Map` of `Map<String, Object>`, `Entry` of `Map.Entry`. */
export function typeName(l: Lifting, node: SyntaxNode): string {
  const inner = node.name === 'GenericType' || node.name === 'ArrayType' ? (childrenOf(node)[0] ?? node) : node
  return textOf(l, inner).split('.').at(-1) as string
}

export function isType(node: SyntaxNode): boolean {
  return /^(?:TypeName|GenericType|ArrayType|PrimitiveType|ScopedTypeName)$/.test(node.name)
}
