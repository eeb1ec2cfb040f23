import type * as Babel from '@babel/types'
import type { Lifting } from './lifting.ts'
import { declaredBy } from './patterns.ts'
import { declare, functionBlock } from './scopes.ts'

/**
 * Declares what a block's statements declare before any is translated, since functions use names that come later in the text. `var` belongs to
 * the function around, wherever it stands.
 */
export function hoist(l: Lifting, nodes: readonly Babel.Node[]): void {
  const outermost = functionBlock(l.block)
  for (const given of nodes) {
    const node = exported(given)
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') {
      for (const one of node.declarations) for (const name of declaredBy(one.id)) declare(l.block, name)
    } else if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'TSEnumDeclaration') {
      if (node.id) declare(l.block, node.id.name)
    } else if (node.type === 'ImportDeclaration') for (const one of node.specifiers) declare(l.block, one.local.name)
    if (outermost === l.block) for (const name of variables(node)) declare(outermost, name)
  }
}

/** The declaration that an export exports. */
export function exported(node: Babel.Node): Babel.Node {
  if (node.type === 'ExportNamedDeclaration' && node.declaration) return node.declaration
  if (node.type === 'ExportDefaultDeclaration') return node.declaration
  return node
}

/** Names declared by `var`, in this statement and those within, not in functions. */
function variables(node: Babel.Node): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.kind === 'var' ? node.declarations.flatMap((one) => declaredBy(one.id)) : []
    case 'BlockStatement':
      return node.body.flatMap(variables)
    case 'IfStatement':
      return [...variables(node.consequent), ...(node.alternate ? variables(node.alternate) : [])]
    case 'ForStatement':
      return [...(node.init ? variables(node.init) : []), ...variables(node.body)]
    case 'ForInStatement':
    case 'ForOfStatement':
      return [...variables(node.left), ...variables(node.body)]
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return variables(node.body)
    case 'TryStatement':
      return [
        ...variables(node.block),
        ...(node.handler ? variables(node.handler.body) : []),
        ...(node.finalizer ? variables(node.finalizer) : []),
      ]
    case 'SwitchStatement':
      return node.cases.flatMap((one) => one.consequent.flatMap(variables))
    default:
      return []
  }
}
