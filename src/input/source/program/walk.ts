import type { Expression, Keyword, Module, Parameter, Statement } from './syntax.ts'

export type SyntaxNode = Module | Statement | Expression

/** Calls `visit` for the node and everything in it, outermost first. Where `visit` returns false, its inside is left out. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => boolean | undefined): void {
  if (visit(node) === false) return
  forEachChild(node, (child) => walk(child, visit))
}

/** Calls `visit` for each direct child, in the order of the text where it matters. */
export function forEachChild(node: SyntaxNode, visit: (child: Statement | Expression) => void): void {
  const all = (nodes: readonly (Statement | Expression)[]) => {
    for (const child of nodes) visit(child)
  }
  const maybe = (child: Expression | undefined) => {
    if (child) visit(child)
  }
  const parameters = (list: readonly Parameter[]) => {
    for (const parameter of list) {
      maybe(parameter.annotation)
      maybe(parameter.default)
    }
  }
  const keywords = (list: readonly Keyword[]) => {
    for (const keyword of list) visit(keyword.value)
  }
  switch (node.kind) {
    case 'module':
      all(node.body)
      return
    case 'function':
      all(node.decorators)
      parameters(node.parameters)
      maybe(node.returns)
      all(node.body)
      return
    case 'class':
      all(node.decorators)
      all(node.bases)
      keywords(node.keywords)
      all(node.body)
      return
    case 'assign':
      all(node.targets)
      maybe(node.annotation)
      maybe(node.value)
      return
    case 'augmented':
      visit(node.target)
      visit(node.value)
      return
    case 'return':
      maybe(node.value)
      return
    case 'expression':
    case 'await':
    case 'starred':
      visit(node.value)
      return
    case 'if':
    case 'while':
      visit(node.test)
      all(node.body)
      all(node.otherwise)
      return
    case 'for':
      visit(node.target)
      visit(node.iterable)
      all(node.body)
      all(node.otherwise)
      return
    case 'try':
      all(node.body)
      for (const handler of node.handlers) {
        maybe(handler.type)
        all(handler.body)
      }
      all(node.otherwise)
      all(node.finally)
      return
    case 'with':
      for (const item of node.items) {
        visit(item.context)
        maybe(item.target)
      }
      all(node.body)
      return
    case 'match':
      visit(node.subject)
      for (const branch of node.cases) {
        maybe(branch.guard)
        all(branch.body)
      }
      return
    case 'raise':
      maybe(node.value)
      maybe(node.cause)
      return
    case 'delete':
      all(node.targets)
      return
    case 'assert':
      visit(node.test)
      maybe(node.message)
      return
    case 'unknown-statement':
    case 'slice':
      all(node.parts)
      return
    case 'attribute':
      visit(node.object)
      return
    case 'call':
      visit(node.callee)
      all(node.positional)
      keywords(node.keywords)
      return
    case 'fstring':
      for (const part of node.parts) if (typeof part !== 'string') visit(part.value)
      return
    case 'dict':
      for (const entry of node.entries) {
        maybe(entry.key)
        visit(entry.value)
      }
      return
    case 'list':
    case 'tuple':
    case 'set':
      all(node.items)
      return
    case 'subscript':
      visit(node.object)
      visit(node.index)
      return
    case 'binary':
    case 'bool':
    case 'compare':
      visit(node.left)
      visit(node.right)
      return
    case 'unary':
      visit(node.operand)
      return
    case 'conditional':
      visit(node.test)
      visit(node.then)
      visit(node.otherwise)
      return
    case 'lambda':
      parameters(node.parameters)
      visit(node.body)
      return
    case 'comprehension':
      maybe(node.key)
      visit(node.element)
      for (const clause of node.clauses) {
        maybe(clause.target)
        visit(clause.value)
      }
      return
    case 'yield':
      maybe(node.value)
      return
    case 'walrus':
      visit(node.target)
      visit(node.value)
      return
    case 'import':
    case 'import-from':
    case 'global':
    case 'nonlocal':
    case 'break':
    case 'continue':
    case 'pass':
    case 'name':
    case 'string':
    case 'bytes':
    case 'number':
    case 'boolean':
    case 'none':
    case 'ellipsis':
    case 'unknown':
      return
  }
}
