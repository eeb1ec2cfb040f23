import type { Attempt, Catch, Node } from '../../../../model/handler.ts'
import type { FunctionInfo } from '../evaluate/symbols.ts'
import type { Call, Expression, FunctionDef, Statement } from '../syntax.ts'
import { walk } from '../walk.ts'
import { unknown } from './calls.ts'
import { keepsClaim } from './claims.ts'
import { decide } from './conditions.ts'
import { at, type Context, type Origin, seenAt } from './context.ts'

import { expressionNodes } from './expressions.ts'
import { joinsAtEnd } from './joins.ts'
import { originsOf } from './origins.ts'
import { dottedName } from './scope.ts'
import { DROPPED, type Follow } from './usage.ts'

/** Statements as nodes, in order; what no message can be lost or doubled by is left out. */
export function statementNodes(ctx: Context, body: readonly Statement[]): readonly Node[] {
  return body.flatMap((statement, i) => (keepsClaim(ctx, statement, body.slice(i + 1)) ? [] : nodesOf(ctx, statement)))
}

function nodesOf(ctx: Context, statement: Statement): readonly Node[] {
  switch (statement.kind) {
    case 'expression':
      return expressionNodes(ctx, statement.value, follow, DROPPED)
    case 'assign': {
      const nodes = statement.value ? expressionNodes(ctx, statement.value, follow) : []
      if (statement.value) for (const target of statement.targets) assign(ctx, target, statement.value)
      if (nodes.at(-1)?.kind === 'hand-off')
        for (const target of statement.targets) if (target.kind === 'name') ctx.handed.add(target.name)
      return nodes
    }
    case 'augmented':
      return expressionNodes(ctx, statement.value, follow)
    case 'return':
      return [
        ...(statement.value ? expressionNodes(ctx, statement.value, follow) : []),
        { kind: 'jump', ...at(ctx, statement), to: 'return' },
      ]
    case 'raise':
      return [
        ...(statement.value ? expressionNodes(ctx, statement.value, follow) : []),
        { kind: 'jump', ...at(ctx, statement), to: 'raise' },
      ]
    case 'continue':
      return [{ kind: 'jump', ...at(ctx, statement), to: 'next' }]
    case 'break':
      return [{ kind: 'jump', ...at(ctx, statement), to: 'leave' }]
    case 'if':
      return ifNodes(ctx, statement)
    case 'while':
      return [
        {
          kind: 'loop',
          ...at(ctx, statement.test),
          over: retries(statement.body) ? 'attempts' : 'other',
          bound: statement.test.kind === 'boolean' ? 'none' : undefined,
          body: [...expressionNodes(ctx, statement.test, follow), ...statementNodes(ctx, statement.body)],
        } as Node,
      ]
    case 'for':
      return forNodes(ctx, statement)
    case 'try':
      return [tryNode(ctx, statement)]
    case 'with':
      return withNodes(ctx, statement)
    case 'match': {
      const paths = statement.cases.map((one) => ({ label: 'then' as const, body: statementNodes(ctx, one.body) }))
      const open = statement.cases.some(({ irrefutable }) => irrefutable) ? [] : [{ label: 'else' as const, body: [] }]
      return [
        ...expressionNodes(ctx, statement.subject, follow),
        { kind: 'branch', ...at(ctx, statement.subject), on: { kind: 'any' }, paths: [...paths, ...open] },
      ]
    }
    case 'assert':
      return expressionNodes(ctx, statement.test, follow)
    default:
      return []
  }
}

function ifNodes(ctx: Context, statement: Extract<Statement, { kind: 'if' }>): readonly Node[] {
  const decided = decide(ctx, statement.test)
  // what a claim writes is told by the branch itself
  const before = decided.on.kind === 'seen' ? [] : expressionNodes(ctx, statement.test, follow)
  const inside: Context = { ...ctx, limited: ctx.limited || decided.limits, origins: new Map(ctx.origins) }
  const beside: Context = { ...ctx, origins: new Map(ctx.origins) }
  const [then, otherwise] = [statementNodes(inside, statement.body), statementNodes(beside, statement.otherwise)]
  // whichever way was taken, a name may hold what either gave it
  for (const name of new Set([...inside.origins.keys(), ...beside.origins.keys()]))
    ctx.origins.set(name, new Set([...(inside.origins.get(name) ?? []), ...(beside.origins.get(name) ?? [])]))
  if (then.length === 0 && otherwise.length === 0 && decided.on.kind === 'any') return before
  return [
    ...before,
    {
      kind: 'branch',
      ...at(ctx, decided.asked ?? statement.test),
      on: decided.on,
      paths: [
        { label: decided.labels[0], body: then },
        { label: decided.labels[1], body: otherwise },
      ],
    },
  ]
}

/** A loop that ends when a try in it has succeeded. */
function retries(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'try' &&
      [...statement.body, ...statement.otherwise].some((one) => one.kind === 'break' || one.kind === 'return'),
  )
}

function forNodes(ctx: Context, statement: Extract<Statement, { kind: 'for' }>): readonly Node[] {
  const { iterable, target } = statement
  const iterated = seenAt(ctx, iterable).filter(({ call }) => call.method === '__iter__' || call.method === '__aiter__')
  for (const { client } of iterated) ctx.met.consumers.add(client.id)
  const receives = iterated.length > 0
  const origins = originsOf(ctx, iterable)
  const overBatch = !receives && (origins.has('batch') || receivedBy(ctx, iterable) === 'batch')
  const before = expressionNodes(ctx, iterable, follow)
  if (overBatch) bindItems(ctx, target, iterable)
  else bindAll(ctx, target, receives ? new Set<Origin>(['message']) : origins)
  const inside = { ...ctx, inBatch: ctx.inBatch || overBatch }
  const body = statementNodes(inside, statement.body)
  const over = overBatch ? 'messages' : isRange(iterable) && retries(statement.body) ? 'attempts' : 'other'
  const bound = over === 'attempts' ? rangeOf(iterable) : undefined
  const tail = statementNodes(ctx, statement.otherwise)
  return [...before, { kind: 'loop', ...at(ctx, iterable), over, ...(bound === undefined ? {} : { bound }), body }, ...tail]
}

function isRange(node: Expression): node is Call {
  return node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'range'
}

function rangeOf(node: Expression): number | undefined {
  const last = isRange(node) ? node.positional.at(-1) : undefined
  return last?.kind === 'number' ? last.value : undefined
}

/** `for m in batch`, `for tp, messages in batch.items()`, `for messages in batch.values()`. */
function bindItems(ctx: Context, target: Expression, iterable: Expression): void {
  const method = iterable.kind === 'call' && iterable.callee.kind === 'attribute' ? iterable.callee.name : undefined
  if (method === 'items' && target.kind === 'tuple') {
    const [, second] = target.items
    if (second) bindAll(ctx, second, new Set<Origin>(['batch']))
  } else bindAll(ctx, target, new Set<Origin>([method === 'values' ? 'batch' : 'message']))
}

function assign(ctx: Context, target: Expression, value: Expression): void {
  const received = receivedBy(ctx, value)
  bindAll(ctx, target, received ? new Set<Origin>([received]) : originsOf(ctx, value))
}

/** What a call that receives gives. */
function receivedBy(ctx: Context, value: Expression): Origin | undefined {
  const call = value.kind === 'await' ? value.value : value
  if (call.kind !== 'call') return undefined
  const nodes = expressionNodes(
    { ...ctx, budget: { steps: 50 }, met: { consumers: new Set(), producers: new Set() } },
    call,
    follow,
  )
  const receive = findReceive(nodes)
  return receive && (receive.hands === 'several' ? 'batch' : 'message')
}

function findReceive(nodes: readonly Node[]): Extract<Node, { kind: 'receive' }> | undefined {
  for (const node of nodes) {
    if (node.kind === 'receive') return node
    const inner = node.kind === 'call' || node.kind === 'attempt' || node.kind === 'loop' ? findReceive(node.body) : undefined
    if (inner) return inner
  }
  return undefined
}

function bindAll(ctx: Context, target: Expression, origins: ReadonlySet<Origin>): void {
  if (target.kind === 'name') ctx.origins.set(target.name, origins)
  else if (target.kind === 'tuple' || target.kind === 'list') for (const item of target.items) bindAll(ctx, item, origins)
}

function tryNode(ctx: Context, statement: Extract<Statement, { kind: 'try' }>): Attempt {
  const catches = statement.handlers.map((handler): Catch => {
    const span = handler.type ?? { start: handler.start, end: Math.min(handler.end, handler.start + 'except'.length) }
    return {
      ...at(ctx, span),
      takes: takesAll(ctx, handler.type) ? 'all' : 'some',
      recovers: recovers(ctx, statement, handler.body),
      body: statementNodes(ctx, handler.body),
    }
  })
  return {
    kind: 'attempt',
    ...at(ctx, { start: statement.start, end: Math.min(statement.end, statement.start + 'try'.length) }),
    body: statementNodes(ctx, statement.body),
    catches,
    otherwise: statementNodes(ctx, statement.otherwise),
    finally: statementNodes(ctx, statement.finally),
  }
}

/** Whether what catches an exception keeps the message somewhere, or gives a value that the `try` was to give. */
function recovers(ctx: Context, { body }: Extract<Statement, { kind: 'try' }>, caught: readonly Statement[]): boolean {
  const given = new Set<string>()
  for (const statement of body)
    walk(statement, (node) => {
      if (node.kind === 'assign') for (const target of node.targets) if (target.kind === 'name') given.add(target.name)
      return true
    })
  const holds = (node: Expression) =>
    [...originsOf(ctx, node)].some((origin) => origin === 'message' || origin === 'batch' || origin === 'value')
  let found = false
  for (const statement of caught)
    walk(statement, (node) => {
      if (node.kind === 'assign' && node.value)
        found ||= holds(node.value) || node.targets.some((target) => target.kind === 'name' && given.has(target.name))
      // a failure that is told to whoever called, and looks
      if (node.kind === 'return' && node.value && node.value.kind !== 'none') found ||= ctx.answered
      if (node.kind === 'call' && node.callee.kind === 'attribute' && KEEPS.has(node.callee.name))
        found ||= node.positional.some(holds)
      return !found
    })
  return found
}

const KEEPS = new Set(['append', 'add', 'appendleft', 'extend', 'insert'])

function takesAll(ctx: Context, type: Expression | undefined): boolean {
  if (!type) return true
  if (type.kind === 'tuple') return type.items.some((one) => takesAll(ctx, one))
  return type.kind === 'name' && ctx.modules.language.words.catchesAll(type.name)
}

const TOGETHER = /(?:^|\.)(?:atomic|begin|transaction)\(|(?:^|_|\.)(?:conn|connection|db)$/i

function withNodes(ctx: Context, statement: Extract<Statement, { kind: 'with' }>): readonly Node[] {
  const before: Node[] = []
  let together: Expression | undefined
  let waits: Expression | undefined
  for (const { context, target } of statement.items) {
    before.push(...expressionNodes(ctx, context, follow).filter((node) => node.kind !== 'unknown'))
    if (target) bindAll(ctx, target, originsOf(ctx, context))
    if (TOGETHER.test(at(ctx, context).text)) together = context
    if (context.kind === 'call' && joinsAtEnd(dottedName(ctx.scope, context.callee))) waits = context
  }
  const inside = statementNodes(ctx, statement.body)
  const body: readonly Node[] = waits ? [...inside, { kind: 'join', ...at(ctx, waits) }] : inside
  return together ? [...before, { kind: 'together', ...at(ctx, together), body }] : [...before, ...body]
}

/** What a function of the project does, where it is called with these arguments. */
export const follow: Follow = (ctx, call, info) => {
  const file = ctx.modules.load(info.path)
  if (!file) return []
  const origins = new Map<string, ReadonlySet<Origin>>()
  const names = parametersOf(info)
  call.positional.forEach((arg, i) => {
    const name = names[i]
    if (name !== undefined) origins.set(name, originsOf(ctx, arg))
  })
  for (const { name, value } of call.keywords) if (name !== undefined) origins.set(name, originsOf(ctx, value))
  const inner: Context = {
    ...ctx,
    scope: { file, info },
    stack: [...ctx.stack, info],
    origins,
    handed: new Set(),
    claims: new Map(),
  }
  if (isOpen(info.node)) return [unknown(ctx, call, 'what is called is meant to be overridden')]
  const body = statementNodes(inner, info.node.body)
  return acts(body) ? [{ kind: 'call', ...at(ctx, call), body }] : []
}

/** Nothing but a docstring, `pass`, `...` or `raise NotImplementedError`: somebody else gives it a body. */
function isOpen({ body }: FunctionDef): boolean {
  return body.every((statement) => {
    if (statement.kind === 'pass') return true
    if (statement.kind === 'expression') return statement.value.kind === 'string' || statement.value.kind === 'ellipsis'
    const raised =
      statement.kind === 'raise' ? (statement.value?.kind === 'call' ? statement.value.callee : statement.value) : undefined
    return raised?.kind === 'name' && raised.name === 'NotImplementedError'
  })
}

/** Anything that is more than a choice of ways through. */
function acts(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    switch (node.kind) {
      case 'jump':
        return node.to === 'raise'
      case 'branch':
        return node.on.kind === 'seen' || node.paths.some(({ body }) => acts(body))
      case 'attempt':
        return acts(node.body) || acts(node.otherwise) || acts(node.finally) || node.catches.some(({ body }) => acts(body))
      case 'loop':
      case 'together':
      case 'call':
        return acts(node.body)
      default:
        return true
    }
  })
}

/** Its parameters without `self`. */
function parametersOf({ node, cls }: FunctionInfo): readonly string[] {
  const names = (node satisfies FunctionDef).parameters
    .filter(({ type }) => type !== 'args' && type !== 'kwargs')
    .map(({ name }) => name)
  const isStatic = node.decorators.some((one) => one.kind === 'name' && one.name === 'staticmethod')
  return cls && !isStatic ? names.slice(1) : names
}
