import type { SyntaxNode } from '@lezer/common'
import { withPrelude } from '../program/prelude.ts'
import type { Expression, MatchCase, Statement, WithItem } from '../program/syntax.ts'
import { classDef } from './classes.ts'
import { operands } from './expressions.ts'
import { childrenOf, isType, type Lifting, nameNode, spanOf, textOf, typeName, unknown } from './lifting.ts'

/** Translates statements in their order. */
export function statements(l: Lifting, nodes: readonly SyntaxNode[]): readonly Statement[] {
  return nodes.flatMap((node) => statement(l, node))
}

function statement(l: Lifting, node: SyntaxNode): readonly Statement[] {
  l.depth++
  try {
    if (l.depth > 250) {
      l.tooDeep ??= spanOf(node)
      return [{ kind: 'unknown-statement', parts: [], ...spanOf(node) }]
    }
    return withPrelude(l, () => translate(l, node))
  } finally {
    l.depth--
  }
}

/** A block's statements, or one statement as a block. */
function block(l: Lifting, node: SyntaxNode | null | undefined): readonly Statement[] {
  if (!node) return []
  return node.name === 'Block' ? statements(l, childrenOf(node)) : statement(l, node)
}

const STATEMENT = /(?:Statement|Block|Declaration)$/

/** The statements that stand directly in another. */
function inside(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).filter((child) => STATEMENT.test(child.name))
}

function condition(l: Lifting, node: SyntaxNode): Expression {
  const parenthesised = node.getChild('ParenthesizedExpression')
  return parenthesised ? l.expression(l, parenthesised) : { kind: 'boolean', value: true, ...spanOf(node) }
}

function translate(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const span = spanOf(node)
  switch (node.name) {
    case 'LocalVariableDeclaration':
      return declared(l, node)
    case 'ExpressionStatement':
      return expressionStatement(l, operands(node)[0], span)
    case 'ExplicitConstructorInvocation':
      return [constructorCall(l, node)]
    case 'ReturnStatement':
    case 'YieldStatement': {
      const [value] = operands(node)
      return [{ kind: 'return', ...(value ? { value: l.expression(l, value) } : {}), ...span }]
    }
    case 'ThrowStatement':
      return [{ kind: 'raise', value: l.expression(l, operands(node)[0]), ...span }]
    case 'Block':
      return statements(l, childrenOf(node))
    case 'SynchronizedStatement':
    case 'LabeledStatement':
      return inside(node).flatMap((one) => statement(l, one))
    case 'IfStatement': {
      const [then, otherwise] = inside(node)
      return [{ kind: 'if', test: condition(l, node), body: block(l, then), otherwise: block(l, otherwise), ...span }]
    }
    case 'WhileStatement':
      return [{ kind: 'while', test: condition(l, node), body: block(l, inside(node).at(-1)), otherwise: [], ...span }]
    case 'DoStatement': {
      const test = condition(l, node)
      const stop: Statement = {
        kind: 'if',
        test,
        body: [],
        otherwise: [{ kind: 'break', start: test.start, end: test.end }],
        start: test.start,
        end: test.end,
      }
      return [
        {
          kind: 'while',
          test: { kind: 'boolean', value: true, ...span },
          body: [...block(l, inside(node)[0]), stop],
          otherwise: [],
          ...span,
        },
      ]
    }
    case 'ForStatement': {
      const spec = node.getChild('ForSpec')
      const parts = spec ? childrenOf(spec) : []
      const first = parts.filter((part) => part.name === 'LocalVariableDeclaration').flatMap((part) => declared(l, part))
      const [test, ...updates] = parts.filter((part) => part.name !== 'LocalVariableDeclaration' && !isType(part))
      return [
        ...first,
        {
          kind: 'while',
          test: test ? l.expression(l, test) : { kind: 'boolean', value: true, ...span },
          body: [
            ...block(l, inside(node).at(-1)),
            ...updates.flatMap((update) => expressionStatement(l, update, spanOf(update))),
          ],
          otherwise: [],
          ...span,
        },
      ]
    }
    case 'EnhancedForStatement': {
      const spec = node.getChild('ForSpec')
      const definition = spec?.getChild('Definition')
      const iterable = spec
        ? operands(spec)
            .filter((part) => part.name !== 'Definition' && part.name !== 'Modifiers')
            .at(-1)
        : undefined
      if (!definition || !iterable) return []
      const over = l.expression(l, iterable)
      local(l, textOf(l, definition))
      const target = nameNode(textOf(l, definition), spanOf(definition))
      return [{ kind: 'for', async: false, target, iterable: over, body: block(l, inside(node).at(-1)), otherwise: [], ...span }]
    }
    case 'BreakStatement':
      return [{ kind: 'break', ...span }]
    case 'ContinueStatement':
      return [{ kind: 'continue', ...span }]
    case 'SwitchStatement':
    case 'SwitchExpression':
      return [choice(l, node)]
    case 'TryStatement':
    case 'TryWithResourcesStatement':
      return [attempt(l, node)]
    case 'ClassDeclaration':
    case 'RecordDeclaration':
      return [classDef(l, node)]
    case 'AssertStatement':
      return [{ kind: 'assert', test: l.expression(l, operands(node)[0]), ...span }]
    default:
      return []
  }
}

function local(l: Lifting, name: string): void {
  l.locals.at(-1)?.add(name)
}

function declared(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const type = childrenOf(node).find(isType)
  const annotation = type ? { annotation: nameNode(typeName(l, type), spanOf(type)) } : {}
  return node.getChildren('VariableDeclarator').flatMap((one): readonly Statement[] => {
    const definition = one.getChild('Definition')
    const value = operands(one)
      .filter((part) => part.name !== 'Definition')
      .at(-1)
    if (!definition) return []
    const name = textOf(l, definition)
    const assigned = value ? l.expression(l, value) : undefined
    local(l, name)
    return [
      {
        kind: 'assign',
        targets: [nameNode(name, spanOf(definition))],
        ...annotation,
        ...(assigned ? { value: assigned } : {}),
        ...spanOf(one),
      },
    ]
  })
}

function expressionStatement(
  l: Lifting,
  node: SyntaxNode | undefined,
  span: { start: number; end: number },
): readonly Statement[] {
  if (!node) return []
  if (node.name === 'AssignmentExpression') {
    const [target, value] = operands(node)
    const operator = node.getChild('AssignOp')
    const sign = operator ? textOf(l, operator) : '='
    if (!target || !value) return []
    if (sign !== '=')
      return [
        {
          kind: 'augmented',
          target: l.expression(l, target),
          operator: sign.slice(0, -1),
          value: l.expression(l, value),
          ...span,
        },
      ]
    const assigned = l.expression(l, value)
    // what a container hands to the constructor is known by the type of the field, which is set before
    if (textOf(l, target).startsWith('this.') && /[tT]emplate$/.test(textOf(l, value)) && value.name === 'Identifier') return []
    return [{ kind: 'assign', targets: [l.expression(l, target)], value: assigned, ...span }]
  }
  if (node.name === 'UpdateExpression') {
    const [target] = operands(node)
    if (!target) return []
    const one: Expression = { kind: 'number', value: 1, float: false, ...span }
    return [
      {
        kind: 'augmented',
        target: l.expression(l, target),
        operator: textOf(l, node).includes('--') ? '-' : '+',
        value: one,
        ...span,
      },
    ]
  }
  return [{ kind: 'expression', value: l.expression(l, node), ...span }]
}

/** `super(…)` and `this(…)`. */
function constructorCall(l: Lifting, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const list = node.getChild('ArgumentList')
  const object: Expression = node.getChild('super')
    ? { kind: 'call', callee: nameNode('super', span), positional: [], keywords: [], ...span }
    : nameNode('this', span)
  return {
    kind: 'expression',
    value: {
      kind: 'call',
      callee: { kind: 'attribute', object, name: '__init__', ...span },
      positional: list ? operands(list).map((argument) => l.expression(l, argument)) : [],
      keywords: [],
      ...span,
    },
    ...span,
  }
}

/** A `switch` by what each of its groups does; one that falls through does what follows as well. */
function choice(l: Lifting, node: SyntaxNode): Statement {
  const subject = condition(l, node)
  const body = node.getChild('SwitchBlock')
  const groups: { nodes: SyntaxNode[]; isDefault: boolean; from: number; to: number }[] = []
  for (const child of body ? childrenOf(body) : []) {
    if (/Label$/.test(child.name))
      groups.push({ nodes: [], isDefault: textOf(l, child).startsWith('default'), from: child.from, to: child.to })
    else groups.at(-1)?.nodes.push(child)
  }
  const ends = (nodes: readonly SyntaxNode[]) =>
    nodes.some(({ name }) => /^(?:Break|Return|Throw|Continue|Yield)Statement$/.test(name))
  const cases = groups.map((group, i): MatchCase => {
    const nodes: SyntaxNode[] = []
    for (const next of groups.slice(i)) {
      nodes.push(...next.nodes.filter(({ name }) => name !== 'BreakStatement'))
      if (ends(next.nodes)) break
    }
    return { captures: [], irrefutable: group.isDefault, body: statements(l, nodes), start: group.from, end: group.to }
  })
  return {
    kind: 'match',
    subject,
    cases: [...cases.filter((one) => !one.irrefutable), ...cases.filter((one) => one.irrefutable)],
    ...spanOf(node),
  }
}

function attempt(l: Lifting, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const resources = node.getChild('ResourceSpecification')
  const items: readonly WithItem[] = resources ? resources.getChildren('Resource').map((one) => resource(l, one)) : []
  const inner = block(l, node.getChild('Block'))
  const body: readonly Statement[] = items.length > 0 ? [{ kind: 'with', async: false, items, body: inner, ...span }] : inner
  const handlers = node.getChildren('CatchClause').map((clause) => {
    const parameter = clause.getChild('CatchFormalParameter')
    const definition = parameter?.getChild('Definition')
    const types = parameter?.getChild('CatchType') ? childrenOf(parameter.getChild('CatchType') as SyntaxNode) : []
    const [first] = types
    if (definition) local(l, textOf(l, definition))
    const all = types.map((type): Expression => nameNode(typeName(l, type), spanOf(type)))
    return {
      ...(first
        ? {
            type:
              all.length === 1 ? (all[0] as Expression) : ({ kind: 'tuple', items: all, ...spanOf(first) } satisfies Expression),
          }
        : {}),
      ...(definition ? { name: textOf(l, definition) } : {}),
      body: block(l, clause.getChild('Block')),
      ...spanOf(clause),
    }
  })
  const last = node.getChild('FinallyClause')
  return { kind: 'try', body, handlers, otherwise: [], finally: block(l, last?.getChild('Block')), ...span }
}

function resource(l: Lifting, node: SyntaxNode): WithItem {
  const definition = node.getChild('Definition')
  const value = operands(node)
    .filter((part) => part.name !== 'Definition' && part.name !== 'Modifiers')
    .at(-1)
  const context = value ? l.expression(l, value) : unknown(node)
  if (!definition) return { context }
  local(l, textOf(l, definition))
  return { context, target: nameNode(textOf(l, definition), spanOf(definition)) }
}
