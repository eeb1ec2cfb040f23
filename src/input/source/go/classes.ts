import type { SyntaxNode } from '@lezer/common'
import type { ClassDef, Expression, FunctionDef, Parameter, Statement } from '../program/syntax.ts'
import { functionDef } from './functions.ts'
import { childrenOf, isType, type Lifting, nameNode, spanOf, textOf, typeExpression } from './lifting.ts'

/** A type with methods: a struct of the file, or the name of one of another file of the package. */
export interface StructType {
  readonly name: string
  readonly spec?: SyntaxNode
}

/** The struct that a line of a `type` declares. */
export function structOf(text: string, spec: SyntaxNode): StructType | undefined {
  const definition = spec.getChild('DefName')
  if (!definition || !spec.getChild('StructType')) return undefined
  return { name: text.slice(definition.from, definition.to), spec }
}

/** What a method calls its object, and the type that it is a method of. */
export function receiverOf(text: string, method: SyntaxNode): { readonly name?: string; readonly type?: string } {
  const list = method.getChild('Parameters')
  const match = list && /^\(\s*(?:(\w+)\s+)?\*?\s*(\w+)/.exec(text.slice(list.from, list.to))
  if (!match) return {}
  const [, name, type] = match
  return { ...(name === undefined ? {} : { name }), ...(type === undefined ? {} : { type }) }
}

/** A struct with its methods as a class: its fields are set by what makes it, embedded ones are what it derives from. */
export function classDef(l: Lifting, { name, spec }: StructType, methods: readonly SyntaxNode[]): ClassDef {
  const at = spec ? spanOf(spec.getChild('DefName') ?? spec) : spanOf(methods[0] as SyntaxNode)
  const body = spec?.getChild('StructType')?.getChild('StructBody')
  const bases: Expression[] = spec ? [] : [nameNode(`${name}'`, at)]
  const fields: { readonly name: string; readonly annotation?: Expression; readonly span: SyntaxNode }[] = []
  for (const field of body?.getChildren('FieldDecl') ?? []) {
    const type = childrenOf(field).find(isType)
    const annotation = type && typeExpression(l, type)
    const names = field.getChildren('FieldName')
    for (const one of names) fields.push({ name: textOf(l, one), ...(annotation ? { annotation } : {}), span: one })
    if (names.length === 0 && annotation) bases.push(annotation)
  }
  const declared = fields.map(
    ({ name: field, annotation, span }): Statement => ({
      kind: 'assign',
      targets: [nameNode(field, spanOf(span))],
      ...(annotation ? { annotation } : {}),
      ...spanOf(span),
    }),
  )
  const span = spec ? spanOf(spec) : at
  const functions = methods.flatMap((method): FunctionDef[] => {
    const called = method.getChild('FieldName')
    return called ? [functionDef(l, method, textOf(l, called), receiverOf(l.text, method).name)] : []
  })
  return {
    kind: 'class',
    name,
    nameSpan: at,
    decorators: [],
    bases,
    keywords: [],
    body: [...declared, ...(spec && fields.length > 0 ? [maker(fields, at)] : []), ...functions],
    ...span,
  }
}

/** `T{a: 1}` sets the fields that are given. */
function maker(
  fields: readonly { readonly name: string; readonly annotation?: Expression; readonly span: SyntaxNode }[],
  at: { start: number; end: number },
): FunctionDef {
  const none = (span: SyntaxNode): Expression => ({ kind: 'none', ...spanOf(span) })
  return {
    kind: 'function',
    name: '__init__',
    nameSpan: at,
    async: false,
    decorators: [],
    parameters: [
      { name: 'this', type: 'normal', start: 0, end: 0 },
      ...fields.map(
        ({ name, annotation, span }): Parameter => ({
          name,
          type: 'normal',
          ...(annotation ? { annotation } : {}),
          default: none(span),
          ...spanOf(span),
        }),
      ),
    ],
    body: fields.map(
      ({ name, span }): Statement => ({
        kind: 'assign',
        targets: [{ kind: 'attribute', object: nameNode('this', at), name, ...spanOf(span) }],
        value: nameNode(name, spanOf(span)),
        ...spanOf(span),
      }),
    ),
    ...at,
  }
}
