import type * as Babel from '@babel/types'
import { withPrelude } from '../program/prelude.ts'
import type { ClassDef, Expression, FunctionDef, Parameter, Statement } from '../program/syntax.ts'
import { hoist } from './hoist.ts'
import { bare, keyText, type Lifting, nameNode, spanOf, within } from './lifting.ts'
import { assignPattern } from './patterns.ts'
import { declare, functionScope, givenName } from './scopes.ts'

export type AnyFunction =
  | Babel.FunctionDeclaration
  | Babel.FunctionExpression
  | Babel.ArrowFunctionExpression
  | Babel.ObjectMethod
  | Babel.ClassMethod
  | Babel.ClassPrivateMethod

/** Puts a function that stands in an expression before the statement, under a name of its own, and gives that name. */
export function functionName(l: Lifting, node: AnyFunction, hint: string): string {
  const name = givenName(l.block, hint)
  l.prelude.push(functionDef(l, node, name))
  return name
}

/** The same for a class. */
export function className(l: Lifting, node: Babel.Class, hint: string): string {
  const name = givenName(l.block, hint)
  l.prelude.push(...withPrelude(l, () => [classDef(l, node, name)]))
  return name
}

interface MethodShape {
  /** The object, where it is a method's first parameter. */
  readonly self?: string
  readonly decorators?: readonly Expression[]
  /** What runs before the body: fields of the class. */
  readonly first?: () => readonly Statement[]
}

/** A function with its body; names that it assigns outside are declared in it. */
export function functionDef(l: Lifting, node: AnyFunction, name: string, shape: MethodShape = {}): FunctionDef {
  const span = spanOf(node)
  const block = functionScope(l.block)
  const outside = l.prelude
  l.prelude = []
  const def = within(l, block, (): FunctionDef => {
    const { parameters, first } = parametersOf(l, node.params, shape.self)
    const body: Statement[] = [...first, ...(shape.first?.() ?? [])]
    if (node.body.type === 'BlockStatement') {
      hoist(l, node.body.body)
      body.push(...l.statements(l, node.body.body))
    } else {
      const value = node.body
      body.push(
        ...withPrelude(l, () => [{ kind: 'return', value: l.expression(l, value), ...spanOf(value) } satisfies Statement]),
      )
    }
    const named = (kind: 'global' | 'nonlocal') => [...block.fn.outer].flatMap(([outer, how]) => (how === kind ? [outer] : []))
    const scopes = (['global', 'nonlocal'] as const).flatMap((kind): readonly Statement[] => {
      const names = named(kind)
      return names.length > 0 ? [{ kind, names, start: span.start, end: span.start }] : []
    })
    // a name that is assigned further out is assigned through the functions between
    if (block.parent)
      for (const [outer, how] of block.fn.outer)
        if (how === 'nonlocal' && !block.parent.fn.taken.has(outer)) block.parent.fn.outer.set(outer, how)
    return {
      kind: 'function',
      name,
      nameSpan: nameSpanOf(node),
      async: node.async === true,
      decorators: shape.decorators ?? [],
      parameters,
      body: [...scopes, ...body],
      ...span,
    }
  })
  l.prelude = outside
  return def
}

function nameSpanOf(node: AnyFunction) {
  if ('key' in node) return spanOf(node.key as Babel.Node)
  if ('id' in node && node.id) return spanOf(node.id)
  // one without a name is pointed at by its head
  const start = node.start ?? 0
  return { start, end: Math.max(start, node.body.start ?? start) }
}

function parametersOf(
  l: Lifting,
  params: readonly Babel.Node[],
  self: string | undefined,
): { parameters: readonly Parameter[]; first: readonly Statement[] } {
  const parameters: Parameter[] = []
  const first: Statement[] = []
  if (self !== undefined) {
    declare(l.block, self)
    parameters.push({ name: self, type: 'normal', start: 0, end: 0 })
  }
  for (const [i, given] of params.entries()) {
    const property = given.type === 'TSParameterProperty'
    const whole = property ? given.parameter : given
    const span = spanOf(given)
    const fallback = whole.type === 'AssignmentPattern' ? whole.right : undefined
    const node = whole.type === 'AssignmentPattern' ? whole.left : whole
    const value = fallback ? { default: l.expression(l, fallback) } : {}
    const annotation = annotationOf(l, node)
    if (node.type === 'Identifier') {
      if (node.name === 'this') continue
      const name = declare(l.block, node.name)
      parameters.push({ name, type: 'normal', ...annotation, ...value, ...span })
      if (property && self !== undefined) first.push(selfAssignment(self, node.name, nameNode(name, span), node))
    } else if (node.type === 'RestElement') {
      const name = node.argument.type === 'Identifier' ? declare(l.block, node.argument.name) : givenName(l.block, 'rest')
      parameters.push({ name, type: 'args', ...span })
    } else {
      const name = givenName(l.block, `argument${i + 1}`)
      parameters.push({ name, type: 'normal', ...value, ...span })
      first.push(...assignPattern(l, node, nameNode(name, span), l.block))
    }
  }
  return { parameters, first: [...l.prelude.splice(0), ...first] }
}

/** The class that a parameter is said to be of: what a framework injects is known by nothing else. */
function annotationOf(l: Lifting, node: Babel.Node): { annotation?: Expression } {
  const note = 'typeAnnotation' in node ? (node.typeAnnotation as Babel.Node | null | undefined) : undefined
  const type = note?.type === 'TSTypeAnnotation' ? note.typeAnnotation : undefined
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return {}
  return { annotation: l.expression(l, type.typeName) }
}

function selfAssignment(self: string, name: string, value: Expression, at: Babel.Node): Statement {
  const span = spanOf(at)
  return { kind: 'assign', targets: [{ kind: 'attribute', object: nameNode(self, span), name, ...span }], value, ...span }
}

/** A class: its constructor is `__init__`, its fields are set there; getters are properties; static members are the class's own. */
export function classDef(l: Lifting, node: Babel.Class, name: string): ClassDef {
  const span = spanOf(node)
  const body: Statement[] = []
  const fields: (() => readonly Statement[])[] = []
  let maker: Babel.ClassMethod | undefined
  for (const member of node.body.body) {
    if (member.type === 'ClassMethod' && member.kind === 'constructor') {
      if (member.body) maker = member
    } else if (member.type === 'ClassMethod' || member.type === 'ClassPrivateMethod') {
      const text = keyText(member.key)
      if (text === undefined || !member.body) continue
      const kind = member.static ? 'classmethod' : member.kind === 'get' ? 'property' : undefined
      if (member.kind === 'set') continue
      const decorators = [...decoratorsOf(l, member), ...(kind ? [nameNode(kind, spanOf(member.key))] : [])]
      body.push(...l.prelude.splice(0), functionDef(l, member, text, { self: 'this', decorators }))
    } else if (member.type === 'ClassProperty' || member.type === 'ClassPrivateProperty') {
      const text = keyText(member.key)
      const value = member.value ? bare(member.value) : undefined
      if (text === undefined || !value) continue
      // a field that holds an arrow function is a method in all that matters here
      if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression')
        body.push(functionDef(l, value, text, { self: 'this', decorators: decoratorsOf(l, member) }))
      else if (member.static) {
        const assigned = l.expression(l, value)
        body.push(...l.prelude.splice(0), {
          kind: 'assign',
          targets: [nameNode(text, spanOf(member.key))],
          value: assigned,
          ...spanOf(member),
        })
      } else fields.push(() => withPrelude(l, () => [selfAssignment('this', text, l.expression(l, value), member)]))
    }
  }
  const made = constructorOf(l, node, maker, fields)
  if (made) body.unshift(made)
  return {
    kind: 'class',
    name,
    nameSpan: node.id ? spanOf(node.id) : { start: span.start, end: span.start },
    decorators: decoratorsOf(l, node),
    bases: node.superClass ? [l.expression(l, node.superClass)] : [],
    keywords: [],
    body,
    ...span,
  }
}

function constructorOf(
  l: Lifting,
  node: Babel.Class,
  maker: Babel.ClassMethod | undefined,
  fields: readonly (() => readonly Statement[])[],
): FunctionDef | undefined {
  if (maker) return functionDef(l, maker, '__init__', { self: 'this', first: () => fields.flatMap((field) => field()) })
  if (fields.length === 0) return undefined
  const span = spanOf(node.body)
  const block = functionScope(l.block)
  return within(l, block, () => {
    declare(block, 'this')
    const above: readonly Statement[] = node.superClass
      ? [
          {
            kind: 'expression',
            value: {
              kind: 'call',
              callee: {
                kind: 'attribute',
                object: { kind: 'call', callee: nameNode('super', span), positional: [], keywords: [], ...span },
                name: '__init__',
                ...span,
              },
              positional: [{ kind: 'starred', value: nameNode("given'", span), ...span }],
              keywords: [],
              ...span,
            },
            ...span,
          },
        ]
      : []
    return {
      kind: 'function',
      name: '__init__',
      nameSpan: { start: span.start, end: span.start },
      async: false,
      decorators: [],
      parameters: [
        { name: 'this', type: 'normal', start: 0, end: 0 },
        ...(node.superClass ? [{ name: "given'", type: 'args', start: 0, end: 0 } satisfies Parameter] : []),
      ],
      body: [...above, ...fields.flatMap((field) => field())],
      ...span,
    }
  })
}

function decoratorsOf(l: Lifting, node: { readonly decorators?: readonly Babel.Decorator[] | null }): readonly Expression[] {
  return (node.decorators ?? []).map((decorator) => l.expression(l, decorator.expression))
}
