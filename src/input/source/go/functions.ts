import type { SyntaxNode } from '@lezer/common'
import type { FunctionDef, Parameter, Statement } from '../program/syntax.ts'
import { childrenOf, filledBy, isType, type Lifting, spanOf, textOf, typeExpression } from './lifting.ts'

/** A function, method or function literal with its body. Of a method, `receiver` is what it calls its object. */
export function functionDef(l: Lifting, node: SyntaxNode, name: string, receiver?: string): FunctionDef {
  const span = spanOf(node)
  const block = node.getChild('Block')
  const lists = node.getChildren('Parameters')
  const isMethod = node.name === 'MethodDecl'
  const list = isMethod ? lists[1] : lists[0]
  const around = { prelude: l.prelude, givesError: l.givesError, receiver: l.receiver, failed: l.failed.splice(0) }
  l.prelude = []
  l.givesError = givesError(l, node, list)
  if (isMethod) {
    if (receiver === undefined) delete l.receiver
    else l.receiver = receiver
  }
  const parameters: Parameter[] = isMethod ? [{ name: 'this', type: 'normal', start: 0, end: 0 }] : []
  parameters.push(...parametersOf(l, list))
  const declared = new Set([...parameters.map((one) => one.name), ...declaredIn(l, block)])
  const shared = block ? sharedNames(l, block, declared) : []
  l.locals.push(declared)
  const body = block ? l.statements(l, childrenOf(block)) : []
  l.locals.pop()
  l.prelude = around.prelude
  l.givesError = around.givesError
  l.failed.splice(0, l.failed.length, ...around.failed)
  if (around.receiver === undefined) delete l.receiver
  else l.receiver = around.receiver
  const definition = node.getChild('DefName') ?? node.getChild('FieldName')
  return {
    kind: 'function',
    name,
    nameSpan: definition ? spanOf(definition) : { start: node.from, end: Math.min(node.to, block?.from ?? node.to) },
    async: false,
    decorators: [],
    parameters,
    body: [...shared, ...body],
    ...span,
  }
}

/** True where the last result is an error. */
function givesError(l: Lifting, node: SyntaxNode, parameters: SyntaxNode | undefined): boolean {
  const results = childrenOf(node).filter((child) => child.from >= (parameters?.to ?? 0) && child.name !== 'Block')
  const last = results.at(-1)
  if (!last || last.name === 'FieldName') return false
  return /(?:^|[\s,(])error\s*\)?$/.test(textOf(l, last))
}

function parametersOf(l: Lifting, list: SyntaxNode | undefined): readonly Parameter[] {
  const all = list?.getChildren('Parameter') ?? []
  const named = all.some((one) => one.getChild('DefName'))
  return all.flatMap((one): Parameter[] => {
    const definitions = one.getChildren('DefName')
    // `a, b int`: the grammar takes the first for a type
    const names = definitions.length > 0 ? definitions : named ? childrenOf(one).slice(0, 1) : []
    const type = childrenOf(one)
      .filter((child) => isType(child) && !names.includes(child))
      .at(-1)
    const annotation = type && typeExpression(l, type)
    const spread = /\.\.\./.test(textOf(l, one))
    return names.map((name) => ({
      name: textOf(l, name),
      type: spread ? 'args' : 'normal',
      ...(annotation ? { annotation } : {}),
      ...spanOf(name),
    }))
  })
}

function inside(node: SyntaxNode | null, visit: (node: SyntaxNode) => void): void {
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) {
    visit(child)
    if (child.name !== 'FunctionLiteral') inside(child, visit)
  }
}

function declaredIn(l: Lifting, block: SyntaxNode | null): ReadonlySet<string> {
  const names = new Set<string>()
  inside(block, (node) => {
    if (node.name === 'DefName') names.add(textOf(l, node))
  })
  return names
}

/** Names that the function sets and does not declare: those of a function around it, or of the package. */
function sharedNames(l: Lifting, block: SyntaxNode, declared: ReadonlySet<string>): readonly Statement[] {
  const outer = new Set<string>()
  const global = new Set<string>()
  inside(block, (node) => {
    for (const name of setBy(l, node)) {
      if (name === '_' || declared.has(name)) continue
      ;(l.locals.some((names) => names.has(name)) ? outer : global).add(name)
    }
  })
  const span = { start: block.from, end: block.from }
  return [
    ...(outer.size > 0 ? [{ kind: 'nonlocal' as const, names: [...outer], ...span }] : []),
    ...(global.size > 0 ? [{ kind: 'global' as const, names: [...global], ...span }] : []),
  ]
}

/** Names that a statement assigns, or a call fills in. */
function setBy(l: Lifting, node: SyntaxNode): readonly string[] {
  if (node.name === 'CallExpr') {
    const filled = filledBy(l, node)
    return filled ? [textOf(l, filled).slice(1)] : []
  }
  if (node.name !== 'Assignment' && node.name !== 'IncDecStatement') return []
  const names: string[] = []
  for (let child = node.firstChild; child && !/^(?:=|UpdateOp)$/.test(child.name); child = child.nextSibling)
    if (child.name === 'VariableName') names.push(textOf(l, child))
  return names
}
