import type * as Babel from '@babel/types'
import { type Expression, type ImportedName, type ImportFrom, type Statement, WHOLE } from '../program/syntax.ts'
import { named } from './expressions.ts'
import { bare, keyText, type Lifting, nameNode, spanOf } from './lifting.ts'
import { assignPattern } from './patterns.ts'
import { type BlockScope, declare, nameOf } from './scopes.ts'

/** The name under which a module keeps what `module.exports` is. */
export const EXPORTS = "exports'"

/** `./x` is the project's (level 1), all else a package or a path of the project's own making (level 0). */
function importFrom(source: string, names: readonly ImportedName[], node: Babel.Node): ImportFrom {
  return {
    kind: 'import-from',
    level: /^\.{0,2}\//.test(source) || source === '.' || source === '..' ? 1 : 0,
    module: source,
    names,
    ...spanOf(node),
  }
}

export function importStatement(l: Lifting, node: Babel.ImportDeclaration): readonly Statement[] {
  // a type of the project is nothing when the program runs; one of a package says what is handed in
  if (node.importKind === 'type' && node.source.value.startsWith('.')) return []
  const names = node.specifiers.flatMap((one): readonly ImportedName[] => {
    const alias = nameOf(l.block, one.local.name)
    if (one.type === 'ImportDefaultSpecifier') return [{ name: 'default', alias, ...spanOf(one) }]
    if (one.type === 'ImportNamespaceSpecifier') return [{ name: WHOLE, alias, ...spanOf(one) }]
    const name = keyText(one.imported)
    return name === undefined || (one.importKind === 'type' && node.source.value.startsWith('.'))
      ? []
      : [{ name, alias, ...spanOf(one) }]
  })
  return names.length > 0 ? [importFrom(node.source.value, names, node)] : []
}

/** The module that `require('x')` or `await import('x')` names. */
function required(given: Babel.Node): string | undefined {
  const node = bare(given)
  if (node.type === 'AwaitExpression') return node.argument.type === 'ImportExpression' ? text(node.argument.source) : undefined
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require') return undefined
  return text(node.arguments[0])
}

function text(node: Babel.Node | undefined): string | undefined {
  return node?.type === 'StringLiteral' ? node.value : undefined
}

/** `const x = require('y')`, `const {a} = require('y')`, `const a = require('y').a`: imports by another name. */
export function requireStatement(
  l: Lifting,
  id: Babel.Node,
  value: Babel.Node,
  where: BlockScope,
): readonly Statement[] | undefined {
  if (value.type === 'MemberExpression' && !value.computed) {
    const source = required(value.object)
    const name = keyText(value.property)
    if (source === undefined || name === undefined) return undefined
    if (id.type !== 'Identifier') {
      const part = nameNode(declare(where, "module'"), spanOf(value))
      return [
        importFrom(source, [{ name, alias: part.name, ...spanOf(value) }], value),
        ...assignPattern(l, id, part, where, spanOf(id)),
      ]
    }
    return [importFrom(source, [{ name, alias: declare(where, id.name), ...spanOf(id) }], value)]
  }
  const source = required(value)
  if (source === undefined) return undefined
  if (id.type === 'Identifier')
    return [importFrom(source, [{ name: WHOLE, alias: declare(where, id.name), ...spanOf(id) }], value)]
  if (id.type !== 'ObjectPattern') return undefined
  const plain = id.properties.every((one) => one.type === 'ObjectProperty' && !one.computed && one.value.type === 'Identifier')
  if (plain)
    return [
      importFrom(
        source,
        id.properties.flatMap((one) =>
          one.type === 'ObjectProperty' && one.value.type === 'Identifier'
            ? [{ name: keyText(one.key) ?? '', alias: declare(where, one.value.name), ...spanOf(one) }]
            : [],
        ),
        value,
      ),
    ]
  const whole = nameNode(declare(where, "module'"), spanOf(value))
  return [
    importFrom(source, [{ name: WHOLE, alias: whole.name, ...spanOf(value) }], value),
    ...assignPattern(l, id, whole, where, spanOf(id)),
  ]
}

type Translate = (l: Lifting, node: Babel.Node) => readonly Statement[]

/** What a statement exports, as names of the module; nothing for what exports nothing. */
export function exportStatements(l: Lifting, node: Babel.Node, statement: Translate): readonly Statement[] {
  const span = spanOf(node)
  switch (node.type) {
    case 'ExportNamedDeclaration': {
      if (node.exportKind === 'type') return []
      if (node.declaration) return statement(l, node.declaration)
      const names = node.specifiers.flatMap((one): readonly { from: string; name: string; at: Babel.Node }[] => {
        const name = keyText(one.exported)
        if (name === undefined) return []
        if (one.type === 'ExportNamespaceSpecifier') return [{ from: WHOLE, name, at: one }]
        return one.type === 'ExportSpecifier' ? [{ from: keyText(one.local) ?? one.local.name, name, at: one }] : []
      })
      if (node.source)
        return [
          importFrom(
            node.source.value,
            names.map(({ from, name, at }) => ({ name: from, alias: name, ...spanOf(at) })),
            node,
          ),
        ]
      return names.flatMap(({ from, name, at }) =>
        nameOf(l.block, from) === name ? [] : [assign(name, nameNode(nameOf(l.block, from), spanOf(at)), at)],
      )
    }
    case 'ExportAllDeclaration':
      return [importFrom(node.source.value, [{ name: '*', ...spanOf(node) }], node)]
    case 'ExportDefaultDeclaration': {
      const { declaration } = node
      if ((declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration') && declaration.id)
        return [...statement(l, declaration), assign('default', nameNode(nameOf(l.block, declaration.id.name), span), node)]
      if (declaration.type === 'FunctionDeclaration')
        return [
          assign(
            'default',
            named(l, { ...declaration, type: 'FunctionExpression' } as Babel.FunctionExpression, 'default'),
            node,
          ),
        ]
      if (declaration.type === 'ClassDeclaration')
        return [
          assign('default', named(l, { ...declaration, type: 'ClassExpression' } as Babel.ClassExpression, 'default'), node),
        ]
      return [assign('default', named(l, declaration, 'default'), node)]
    }
    case 'TSExportAssignment':
      return [assign(EXPORTS, l.expression(l, node.expression), node)]
    case 'AssignmentExpression':
      return commonExports(l, node)
    default:
      return []
  }
}

/** `module.exports = …`, `module.exports.x = …`, `exports.x = …`. */
function commonExports(l: Lifting, node: Babel.AssignmentExpression): readonly Statement[] {
  if (node.operator !== '=' || node.left.type !== 'MemberExpression') return []
  const { left, right } = node
  if (isModuleExports(left)) {
    const value = bare(right)
    if (value.type !== 'ObjectExpression') return [assign(EXPORTS, named(l, right, 'exports'), node)]
    // what it exports by name is found under its name
    const names: Statement[] = []
    for (const property of value.properties) {
      if (property.type !== 'ObjectProperty' || property.computed) continue
      const name = keyText(property.key)
      const held = bare(property.value)
      if (name === undefined || held.type !== 'Identifier' || nameOf(l.block, held.name) === name) continue
      names.push(assign(name, nameNode(nameOf(l.block, held.name), spanOf(property)), property))
    }
    return [...names, assign(EXPORTS, l.expression(l, right), node)]
  }
  const name = left.computed ? undefined : keyText(left.property)
  const isExports = left.object.type === 'Identifier' && left.object.name === 'exports'
  if (name === undefined || !(isExports || isModuleExports(left.object))) return []
  const value = named(l, right, name)
  return value.kind === 'name' && value.name === name ? [] : [assign(name, value, node)]
}

function isModuleExports(node: Babel.Node): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyText(node.property) === 'exports'
  )
}

function assign(name: string, value: Expression, at: Babel.Node): Statement {
  const span = spanOf(at)
  return { kind: 'assign', targets: [nameNode(name, span)], value, ...span }
}
