import type * as Babel from '@babel/types'
import { withPrelude } from '../program/prelude.ts'
import type { Expression, MatchCase, Statement } from '../program/syntax.ts'
import { named } from './expressions.ts'
import { classDef, functionDef } from './functions.ts'
import { hoist } from './hoist.ts'
import { bare, type Lifting, nameNode, spanOf, unknown, within } from './lifting.ts'
import { exportStatements, importStatement, requireStatement } from './modules.ts'
import { assignPattern, declaredBy, targetOf } from './patterns.ts'
import { blockScope, declare, nameOf } from './scopes.ts'

/** Translates statements in their order, functions first as the language has it. */
export function statements(l: Lifting, nodes: readonly Babel.Node[]): readonly Statement[] {
  const functions = nodes.filter((node) => node.type === 'FunctionDeclaration')
  const rest = functions.length > 0 ? nodes.filter((node) => node.type !== 'FunctionDeclaration') : nodes
  return [...functions, ...rest].flatMap((node) => statement(l, node))
}

/** The statements of a block, or one statement as a block. */
function block(l: Lifting, node: Babel.Node | null | undefined): readonly Statement[] {
  if (!node) return []
  const nodes = node.type === 'BlockStatement' ? node.body : [node]
  return within(l, blockScope(l.block), () => {
    hoist(l, nodes)
    return statements(l, nodes)
  })
}

export function statement(l: Lifting, node: Babel.Node): readonly Statement[] {
  l.depth++
  try {
    if (l.depth > 300) {
      l.tooDeep ??= spanOf(node)
      return [{ kind: 'unknown-statement', parts: [], ...spanOf(node) }]
    }
    return withPrelude(l, () => translate(l, node))
  } finally {
    l.depth--
  }
}

function translate(l: Lifting, node: Babel.Node): readonly Statement[] {
  const span = spanOf(node)
  switch (node.type) {
    case 'ExpressionStatement':
      return expressionStatement(l, node.expression, span)
    case 'VariableDeclaration':
      return node.declarations.flatMap((one) => declaration(l, node, one))
    case 'FunctionDeclaration':
      return node.id && node.body ? [functionDef(l, node, nameOf(l.block, node.id.name))] : []
    case 'ClassDeclaration':
      return node.id ? [classDef(l, node, nameOf(l.block, node.id.name))] : []
    case 'TSEnumDeclaration':
      return [enumDef(l, node)]
    case 'ReturnStatement':
      return [{ kind: 'return', ...(node.argument ? { value: l.expression(l, node.argument) } : {}), ...span }]
    case 'ThrowStatement':
      return [{ kind: 'raise', value: l.expression(l, node.argument), ...span }]
    case 'BlockStatement':
    case 'StaticBlock':
      return within(l, blockScope(l.block), () => {
        hoist(l, node.body)
        return statements(l, node.body)
      })
    case 'IfStatement':
      return [
        {
          kind: 'if',
          test: l.expression(l, node.test),
          body: block(l, node.consequent),
          otherwise: block(l, node.alternate),
          ...span,
        },
      ]
    case 'WhileStatement':
      return [{ kind: 'while', test: l.expression(l, node.test), body: block(l, node.body), otherwise: [], ...span }]
    case 'DoWhileStatement': {
      const test = l.expression(l, node.test)
      const stop: Statement = {
        kind: 'if',
        test,
        body: [],
        otherwise: [{ kind: 'break', ...spanOf(node.test) }],
        ...spanOf(node.test),
      }
      return [
        {
          kind: 'while',
          test: { kind: 'boolean', value: true, ...span },
          body: [...block(l, node.body), stop],
          otherwise: [],
          ...span,
        },
      ]
    }
    case 'ForStatement':
      return within(l, blockScope(l.block), () => {
        if (node.init) hoist(l, [node.init])
        const init = !node.init
          ? []
          : node.init.type === 'VariableDeclaration'
            ? translate(l, node.init)
            : expressionStatement(l, node.init, spanOf(node.init))
        const test: Expression = node.test ? l.expression(l, node.test) : { kind: 'boolean', value: true, ...span }
        const update = node.update ? expressionStatement(l, node.update, spanOf(node.update)) : []
        return [...init, { kind: 'while', test, body: [...block(l, node.body), ...update], otherwise: [], ...span }]
      })
    case 'ForOfStatement':
    case 'ForInStatement':
      return loop(l, node)
    case 'LabeledStatement':
      return translate(l, node.body)
    case 'BreakStatement':
      return [{ kind: 'break', ...span }]
    case 'ContinueStatement':
      return [{ kind: 'continue', ...span }]
    case 'SwitchStatement':
      return [choice(l, node)]
    case 'TryStatement':
      return [attempt(l, node)]
    case 'ImportDeclaration':
      return importStatement(l, node)
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      return exportStatements(l, node, statement)
    case 'TSModuleDeclaration':
      return node.body.type === 'TSModuleBlock' ? node.body.body.flatMap((one) => statement(l, one)) : []
    default:
      return []
  }
}

function expressionStatement(l: Lifting, given: Babel.Node, span: { start: number; end: number }): readonly Statement[] {
  const node = bare(given)
  switch (node.type) {
    case 'AssignmentExpression':
      return assignment(l, node)
    case 'UpdateExpression':
      return [
        {
          kind: 'augmented',
          target: targetOf(l, node.argument),
          operator: node.operator === '++' ? '+' : '-',
          value: { kind: 'number', value: 1, float: false, ...span },
          ...span,
        },
      ]
    case 'UnaryExpression':
      if (node.operator === 'delete') return [{ kind: 'delete', targets: [l.expression(l, node.argument)], ...span }]
      if (node.operator === 'void') return expressionStatement(l, node.argument, span)
      break
    case 'SequenceExpression':
      return node.expressions.flatMap((part) => expressionStatement(l, part, spanOf(part)))
    // `a && b()` and `a ? b() : c()` decide what runs
    case 'LogicalExpression':
      if (node.operator === '&&')
        return [{ kind: 'if', test: l.expression(l, node.left), body: inner(l, node.right), otherwise: [], ...span }]
      break
    case 'ConditionalExpression':
      return [
        {
          kind: 'if',
          test: l.expression(l, node.test),
          body: inner(l, node.consequent),
          otherwise: inner(l, node.alternate),
          ...span,
        },
      ]
  }
  return [{ kind: 'expression', value: l.expression(l, node), ...span }]
}

function inner(l: Lifting, node: Babel.Node): readonly Statement[] {
  return withPrelude(l, () => expressionStatement(l, node, spanOf(node)))
}

function assignment(l: Lifting, node: Babel.AssignmentExpression): readonly Statement[] {
  const span = spanOf(node)
  const exports = exportStatements(l, node, statement)
  if (exports.length > 0) return exports
  const { left } = node
  if (node.operator === '=') {
    if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern')
      return assignPattern(l, left, l.expression(l, node.right), undefined, span)
    const value = named(l, node.right, left.type === 'Identifier' ? left.name : undefined)
    return [{ kind: 'assign', targets: [targetOf(l, left)], value, ...span }]
  }
  const logical =
    node.operator === '||=' ? 'or' : node.operator === '&&=' ? 'and' : node.operator === '??=' ? 'coalesce' : undefined
  const target = targetOf(l, left)
  const right = l.expression(l, node.right)
  if (logical)
    return [
      { kind: 'assign', targets: [target], value: { kind: 'bool', operator: logical, left: target, right, ...span }, ...span },
    ]
  return [{ kind: 'augmented', target, operator: node.operator.slice(0, -1), value: right, ...span }]
}

function declaration(l: Lifting, node: Babel.VariableDeclaration, { id, init }: Babel.VariableDeclarator): readonly Statement[] {
  const span = { start: id.start ?? 0, end: init?.end ?? id.end ?? 0 }
  const where = l.block
  if (!init) {
    if (id.type !== 'Identifier' || node.kind === 'var' || node.declare) return []
    return [{ kind: 'assign', targets: [targetOf(l, id, where)], value: { kind: 'none', ...span }, ...span }]
  }
  const value = bare(init)
  const required = requireStatement(l, id, value, where)
  if (required) return required
  if (id.type === 'Identifier') {
    const name = nameOf(where, id.name)
    if (value.type === 'ArrowFunctionExpression' || value.type === 'FunctionExpression') return [functionDef(l, value, name)]
    if (value.type === 'ClassExpression') return [classDef(l, value, name)]
  }
  return assignPattern(l, id, l.expression(l, value), where, span)
}

function loop(l: Lifting, node: Babel.ForOfStatement | Babel.ForInStatement): readonly Statement[] {
  const span = spanOf(node)
  const over = l.expression(l, node.right)
  return within(l, blockScope(l.block), () => {
    const { left } = node
    const pattern = left.type === 'VariableDeclaration' ? (left.declarations[0]?.id ?? left) : left
    const own = left.type === 'VariableDeclaration' ? l.block : undefined
    if (own) for (const name of declaredBy(pattern)) declare(own, name)
    const simple = pattern.type === 'Identifier'
    const target = simple ? targetOf(l, pattern, own) : nameNode(declare(l.block, "item'"), spanOf(pattern))
    const first = simple ? [] : assignPattern(l, pattern, target, own)
    const iterable: Expression =
      node.type === 'ForOfStatement'
        ? over
        : {
            kind: 'call',
            callee: { kind: 'attribute', object: nameNode('Object', span), name: 'keys', ...spanOf(node.right) },
            positional: [over],
            keywords: [],
            ...spanOf(node.right),
          }
    return [
      {
        kind: 'for',
        async: node.type === 'ForOfStatement' && node.await,
        target,
        iterable,
        body: [...first, ...block(l, node.body)],
        otherwise: [],
        ...span,
      },
    ]
  })
}

/** A `switch` by what each case does; one that falls through does what follows as well. */
function choice(l: Lifting, node: Babel.SwitchStatement): Statement {
  const subject = l.expression(l, node.discriminant)
  return within(l, blockScope(l.block), () => {
    const bodies = node.cases.map(({ consequent }) => {
      const flat = consequent.flatMap((one) => (one.type === 'BlockStatement' ? one.body : [one]))
      const stop = flat.findIndex((one) => one.type === 'BreakStatement')
      return { nodes: stop < 0 ? flat : flat.slice(0, stop), ends: stop >= 0 || flat.some(leaves) }
    })
    hoist(
      l,
      bodies.flatMap(({ nodes }) => nodes),
    )
    const cases = node.cases.map((one, i): MatchCase => {
      const nodes: Babel.Node[] = []
      for (let at = i; at < bodies.length; at++) {
        nodes.push(...(bodies[at]?.nodes ?? []))
        if (bodies[at]?.ends) break
      }
      return { captures: [], irrefutable: !one.test, body: statements(l, nodes), ...spanOf(one) }
    })
    // whatever its place, `default` is taken when nothing else is
    const ordered = [...cases.filter((one) => !one.irrefutable), ...cases.filter((one) => one.irrefutable)]
    return { kind: 'match', subject, cases: ordered, ...spanOf(node) }
  })
}

function leaves(node: Babel.Node): boolean {
  return node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'ContinueStatement'
}

function attempt(l: Lifting, node: Babel.TryStatement): Statement {
  const body = block(l, node.block)
  const handlers = node.handler
    ? [
        within(l, blockScope(l.block), () => {
          const { param, body: caught } = node.handler as Babel.CatchClause
          const span = spanOf(node.handler as Babel.Node)
          const name = param?.type === 'Identifier' ? declare(l.block, param.name) : undefined
          if (param && name === undefined) for (const one of declaredBy(param)) declare(l.block, one)
          return { ...(name === undefined ? {} : { name }), body: block(l, caught), ...span }
        }),
      ]
    : []
  return { kind: 'try', body, handlers, otherwise: [], finally: block(l, node.finalizer), ...spanOf(node) }
}

/** An enum is a class whose attributes are its members. */
function enumDef(l: Lifting, node: Babel.TSEnumDeclaration): Statement {
  let next: number | undefined = 0
  const members = node.body?.members ?? (node as unknown as { members?: Babel.TSEnumMember[] }).members ?? []
  const body = members.flatMap((member): readonly Statement[] => {
    const span = spanOf(member)
    const name =
      member.id.type === 'Identifier' ? member.id.name : member.id.type === 'StringLiteral' ? member.id.value : undefined
    const value: Expression = member.initializer
      ? l.expression(l, member.initializer)
      : next === undefined
        ? unknown(member)
        : { kind: 'number', value: next, float: false, ...span }
    next = value.kind === 'number' ? value.value + 1 : undefined
    return name === undefined ? [] : [{ kind: 'assign', targets: [nameNode(name, span)], value, ...span }]
  })
  return {
    kind: 'class',
    name: nameOf(l.block, node.id.name),
    nameSpan: spanOf(node.id),
    decorators: [],
    bases: [],
    keywords: [],
    body,
    ...spanOf(node),
  }
}
