import type { SyntaxNode } from '@lezer/common'
import { withPrelude } from '../program/prelude.ts'
import type { Expression, FunctionDef, Parameter, Statement } from '../program/syntax.ts'
import { childrenOf, isType, type Lifting, nameNode, spanOf, textOf, typeName } from './lifting.ts'

interface Shape {
  /** The object, or the class of a static method, as first parameter. */
  readonly self?: boolean
  readonly decorators?: readonly Expression[]
  /** What runs before the body: the fields of a constructor. */
  readonly first?: () => readonly Statement[]
}

/** A method, constructor or lambda with its body. */
export function functionDef(l: Lifting, node: SyntaxNode, name: string, shape: Shape): FunctionDef {
  const span = spanOf(node)
  const outside = l.prelude
  l.prelude = []
  const locals = new Set<string>()
  l.locals.push(locals)
  const parameters: Parameter[] = shape.self ? [{ name: 'this', type: 'normal', start: 0, end: 0 }] : []
  parameters.push(...parametersOf(l, node, locals))
  const block = node.getChild('Block') ?? node.getChild('ConstructorBody')
  // a template that the constructor is handed is set in a field, which stands for one already
  const first = shape.first?.() ?? []
  const value = block ? undefined : lambdaValue(node)
  const body = block
    ? l.statements(l, childrenOf(block))
    : value
      ? withPrelude(l, (): readonly Statement[] => [{ kind: 'return', value: l.expression(l, value), ...spanOf(value) }])
      : []
  l.locals.pop()
  l.prelude = outside
  const definition = node.getChild('Definition')
  return {
    kind: 'function',
    name,
    nameSpan:
      node.name !== 'LambdaExpression' && definition
        ? spanOf(definition)
        : { start: node.from, end: Math.min(node.to, block?.from ?? node.to) },
    async: false,
    decorators: shape.decorators ?? [],
    parameters,
    body: [...first, ...body],
    ...span,
  }
}

function lambdaValue(node: SyntaxNode): SyntaxNode | undefined {
  return node.name === 'LambdaExpression' && node.lastChild && node.lastChild.name !== 'Block' ? node.lastChild : undefined
}

function parametersOf(l: Lifting, node: SyntaxNode, locals: Set<string>): readonly Parameter[] {
  const list = node.getChild('FormalParameters') ?? node.getChild('InferredParameters')
  const add = (definition: SyntaxNode, type: Parameter['type'], of: SyntaxNode | undefined): Parameter => {
    const name = textOf(l, definition)
    locals.add(name)
    return { name, type, ...(of ? { annotation: nameNode(typeName(l, of), spanOf(of)) } : {}), ...spanOf(definition) }
  }
  if (!list) {
    // `x -> …`
    const single = node.name === 'LambdaExpression' ? node.getChild('Definition') : null
    return single ? [add(single, 'normal', undefined)] : []
  }
  return childrenOf(list).flatMap((one): readonly Parameter[] => {
    if (one.name === 'Definition') return [add(one, 'normal', undefined)]
    const definition = one.getChild('Definition') ?? one.getChild('VariableDeclarator')?.getChild('Definition')
    if (!definition) return []
    return [add(definition, one.name === 'SpreadParameter' ? 'args' : 'normal', childrenOf(one).find(isType))]
  })
}
