import type * as Babel from '@babel/types'
import type { Span } from '../../../text/span.ts'
import type { Expression, Statement } from '../program/syntax.ts'
import { bare, keyText, type Lifting, nameNode, spanOf } from './lifting.ts'
import { assignedName, type BlockScope, declare, givenName } from './scopes.ts'

/** What is assigned to: a name, a property or an element. */
export function targetOf(l: Lifting, given: Babel.Node, declareIn?: BlockScope): Expression {
  const node = bare(given)
  if (node.type === 'Identifier')
    return nameNode(declareIn ? declare(declareIn, node.name) : assignedName(l.block, node.name), spanOf(node))
  return l.expression(l, node)
}

/** `const {a, b: c = 1, ...rest} = value`, name by name. `declareIn` is the block whose names they become; none for plain assignments. */
export function assignPattern(
  l: Lifting,
  given: Babel.Node,
  value: Expression,
  declareIn: BlockScope | undefined,
  at: Span = spanOf(given),
): readonly Statement[] {
  const node = bare(given)
  switch (node.type) {
    case 'AssignmentPattern': {
      const fallback: Expression = {
        kind: 'bool',
        operator: 'coalesce',
        left: value,
        right: l.expression(l, node.right),
        ...spanOf(node),
      }
      return assignPattern(l, node.left, fallback, declareIn, at)
    }
    case 'ObjectPattern': {
      const { held, first } = hold(l, value, at)
      return [
        ...first,
        ...node.properties.flatMap((property): readonly Statement[] => {
          if (property.type === 'RestElement') {
            const rest: Expression = {
              kind: 'call',
              callee: nameNode('restOf', spanOf(property)),
              positional: [held],
              keywords: [],
              ...spanOf(property),
            }
            return assignPattern(l, property.argument, rest, declareIn, spanOf(property))
          }
          const text = property.computed ? undefined : keyText(property.key)
          const span = spanOf(property)
          const part: Expression =
            text === undefined
              ? { kind: 'subscript', object: held, index: l.expression(l, property.key), ...span }
              : { kind: 'attribute', object: held, name: text, ...span }
          return assignPattern(l, property.value, part, declareIn, span)
        }),
      ]
    }
    case 'ArrayPattern': {
      const { held, first } = hold(l, value, at)
      return [
        ...first,
        ...node.elements.flatMap((item, i): readonly Statement[] => {
          if (!item) return []
          const span = spanOf(item)
          if (item.type === 'RestElement') return assignPattern(l, item.argument, { kind: 'unknown', ...span }, declareIn, span)
          const part: Expression = {
            kind: 'subscript',
            object: held,
            index: { kind: 'number', value: i, float: false, ...span },
            ...span,
          }
          return assignPattern(l, item, part, declareIn, span)
        }),
      ]
    }
    case 'RestElement':
      return assignPattern(l, node.argument, value, declareIn, at)
    case 'VoidPattern':
      return []
    default:
      return [{ kind: 'assign', targets: [targetOf(l, node, declareIn)], value, ...at }]
  }
}

/** A value that is used several times stands under a name. */
function hold(l: Lifting, value: Expression, at: Span): { held: Expression; first: readonly Statement[] } {
  if (value.kind === 'name') return { held: value, first: [] }
  const held = nameNode(givenName(l.block, 'value'), at)
  return { held, first: [{ kind: 'assign', targets: [held], value, ...at }] }
}

/** Every name that a pattern declares. */
export function declaredBy(given: Babel.Node): readonly string[] {
  const node = bare(given)
  switch (node.type) {
    case 'Identifier':
      return [node.name]
    case 'AssignmentPattern':
      return declaredBy(node.left)
    case 'RestElement':
      return declaredBy(node.argument)
    case 'ArrayPattern':
      return node.elements.flatMap((item) => (item ? declaredBy(item) : []))
    case 'ObjectPattern':
      return node.properties.flatMap((property) =>
        property.type === 'RestElement' ? declaredBy(property.argument) : declaredBy(property.value),
      )
    case 'TSParameterProperty':
      return declaredBy(node.parameter)
    default:
      return []
  }
}
