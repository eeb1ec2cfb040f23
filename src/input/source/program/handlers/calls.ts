import { meaningOf } from '../../../../knowledge/clients/method-meanings.ts'
import type { Commit, Committed, Node, Produce } from '../../../../model/handler.ts'
import type { FunctionInfo } from '../evaluate/symbols.ts'
import type { Call, Expression } from '../syntax.ts'
import { walk } from '../walk.ts'
import { at, type Context, type SeenCall, seenAt, textOf } from './context.ts'
import { callbackNodes, payloadStep } from './given.ts'
import { joins } from './joins.ts'

import { originsOf } from './origins.ts'
import { rejects, tellsAround } from './promises.ts'
import { redisStep } from './redis.ts'
import { declaredType, dottedName, functionOf, isClass } from './scope.ts'
import { type Follow, onItsOwn, type Usage } from './usage.ts'

const MAX_DEPTH = 6

/** What one call does, after its arguments have been evaluated. */
export function callNodes(ctx: Context, call: Call, usage: Usage, follow: Follow): readonly Node[] {
  ctx.budget.steps--
  if (ctx.budget.steps <= 0) return ctx.budget.steps === 0 ? [unknown(ctx, call, 'the handler is too long to be followed')] : []
  const seen = seenAt(ctx, call)
  if (seen.length > 0) return clientNodes(ctx, call, usage, seen)
  if (ctx.modules.language.words.promises && rejects(ctx, call)) return [{ kind: 'jump', ...at(ctx, call), to: 'raise' }]
  const info = functionOf(ctx.modules, ctx.scope, call.callee)
  if (info) {
    if (ctx.stack.includes(info)) return [unknown(ctx, call, 'it calls itself')]
    if (ctx.stack.length >= MAX_DEPTH) return [unknown(ctx, call, `calls are followed ${MAX_DEPTH} deep`)]
    const nodes = follow({ ...ctx, answered: usage.result === 'used' }, call, info)
    if (nodes.length > 0 && runsApart(ctx, call, info)) return [{ kind: 'hand-off', ...at(ctx, call), to: 'pool', body: nodes }]
    return ctx.modules.language.words.promises && info.node.async && onItsOwn(usage) && nodes.length > 0
      ? [{ kind: 'hand-off', ...at(ctx, call), to: 'task', body: nodes }]
      : nodes
  }
  // the framework commits later, as it is told to: only it waits, and only it learns of a failure
  if (ctx.modules.language.words.acknowledges?.(call, calledOn(ctx, call)))
    return [{ kind: 'commit', ...at(ctx, call), mode: 'async', what: 'message', checked: true, limited: ctx.limited }]
  const payload = payloadStep(ctx, call, usage)
  if (payload) return payload
  return externalNodes(ctx, call, usage, follow)
}

/** A method that runs on a thread of its own, unless it is called on the object itself. */
function runsApart(ctx: Context, { callee }: Call, { node }: FunctionInfo): boolean {
  const { words } = ctx.modules.language
  if (!words.runsApart || callee.kind !== 'attribute' || (callee.object.kind === 'name' && callee.object.name === 'this'))
    return false
  return words.runsApart(node.decorators.map(decoratorName))
}

function decoratorName(decorator: Expression): string {
  const named = decorator.kind === 'call' ? decorator.callee : decorator
  return named.kind === 'name' || named.kind === 'attribute' ? named.name : ''
}

/** The declared type of what a method is called on, in languages that declare it. */
function calledOn({ modules, scope }: Context, { callee }: Call): string | undefined {
  return modules.language.words.typed && callee.kind === 'attribute' ? declaredType(scope, callee.object) : undefined
}

function externalNodes(ctx: Context, call: Call, usage: Usage, follow: Follow): readonly Node[] {
  const { words } = ctx.modules.language
  const method = call.callee.kind === 'attribute' ? call.callee.name : undefined
  const type = calledOn(ctx, call)
  const dotted = type === undefined ? dottedName(ctx.scope, call.callee) : `${type}.${method}`
  const wait = dotted === undefined ? undefined : words.waits(dotted, call)
  if (wait !== undefined) return [{ kind: 'wait', ...at(ctx, call), atMost: wait }]
  if (dotted !== undefined && words.exits(dotted)) return [{ kind: 'jump', ...at(ctx, call), to: 'raise' }]
  const receiver = call.callee.kind === 'attribute' ? textOf(ctx.scope.file, call.callee.object) : undefined
  const known = words.knownCall(call, dotted, receiver)
  const join: Node = { kind: 'join', ...at(ctx, call) }
  const handed = handOff(ctx, call, dotted, method, known !== undefined, follow)
  if (handed) return usage.awaited ? [...handed, join] : handed
  // coroutines that are given to it begin only there
  if (!words.promises && joins(call, dotted, usage.awaited))
    return usage.awaited ? [unknown(ctx, call, 'what it waits for is not followed'), join] : [join]
  const marked = redisStep(ctx, call)
  if (marked) return [marked]
  const inner = words.callsBack ? callbackNodes(ctx, call, method, usage, follow) : undefined
  if (known === 'harmless') return inner ?? []
  if (known) {
    // the far end does a request once that says which one it is
    const once = known.system === 'http' && hasIdempotencyKey(call) ? { idempotent: true } : {}
    const step: Node = { kind: 'effect', ...at(ctx, call), ...known, ...once }
    return words.promises && onItsOwn(usage) && !/Sync$/.test(method ?? '') && !tellsAround(ctx, call)
      ? [{ kind: 'hand-off', ...at(ctx, call), to: 'task', body: [step] }]
      : [step, ...(inner ?? [])]
  }
  if (inner) return inner
  // a method of the message itself reads it
  if (method !== undefined && call.callee.kind === 'attribute' && isMessage(ctx, call.callee.object)) return []
  if (call.callee.kind === 'name' && (/^[A-Z]/.test(call.callee.name) || isClass(ctx.scope, call.callee.name))) return []
  return [unknown(ctx, call, dotted === undefined ? 'what is called is not known' : `what ${dotted} does is not known`)]
}

const IDEMPOTENCY_KEY = /^(?:x-)?idempotency[-_]?key$/i

/** True for a request with an idempotency key: as an argument, or among the headers where they are written in the call. */
function hasIdempotencyKey(call: Call): boolean {
  let found = call.keywords.some(({ name }) => name !== undefined && IDEMPOTENCY_KEY.test(name))
  for (const arg of [...call.positional, ...call.keywords.map(({ value }) => value)])
    walk(arg, (node) => {
      if (node.kind === 'dict')
        found ||= node.entries.some(({ key }) => key?.kind === 'string' && IDEMPOTENCY_KEY.test(key.value))
      return !found
    })
  return found
}

function isMessage(ctx: Context, node: Expression): boolean {
  return originsOf(ctx, node).has('message')
}

export function unknown(ctx: Context, node: Expression, why: string): Node {
  return { kind: 'unknown', ...at(ctx, node), why, mayAct: true }
}

function handOff(
  ctx: Context,
  call: Call,
  dotted: string | undefined,
  method: string | undefined,
  isKnown: boolean,
  follow: Follow,
): readonly Node[] | undefined {
  const { words } = ctx.modules.language
  const starts = dotted === undefined ? undefined : words.starts(dotted)
  const body: readonly Node[] = [{ kind: 'unknown', ...at(ctx, call), why: 'what is handed over is not followed', mayAct: true }]
  if (starts) return [{ kind: 'hand-off', ...at(ctx, call), to: starts, body: startedBody(ctx, call, follow) ?? body }]
  const to = method === undefined ? undefined : words.handsOn(method)
  if (!to || (to === 'queue' && isKnown)) return undefined
  const carries = [...call.positional, ...call.keywords.map(({ value }) => value)].some((arg) => originsOf(ctx, arg).size > 0)
  return carries ? [{ kind: 'hand-off', ...at(ctx, call), to, body }] : undefined
}

/** What a function of the project does that is started by its name, with what it is given. */
function startedBody(ctx: Context, call: Call, follow: Follow): readonly Node[] | undefined {
  const [callee, ...positional] = call.positional
  const info = callee && functionOf(ctx.modules, ctx.scope, callee)
  if (!callee || !info || ctx.stack.includes(info) || ctx.stack.length >= MAX_DEPTH) return undefined
  return follow(ctx, { ...call, callee, positional }, info)
}

function clientNodes(ctx: Context, call: Call, usage: Usage, seen: readonly SeenCall[]): readonly Node[] {
  const [first] = seen
  if (!first) return []
  for (const { client } of seen) ctx.met[client.role === 'consumer' ? 'consumers' : 'producers'].add(client.id)
  const { client } = first
  const { method } = first.call
  const meaning = meaningOf(client.libraries[0] ?? '', client.role, method)
  if (!meaning) return []
  const here = at(ctx, call)
  switch (meaning.kind) {
    case 'receive':
      return [{ kind: 'receive', ...here, hands: takesOne(call, meaning.hands) }]
    case 'commit':
      return [commitOf(ctx, call, meaning, usage)]
    case 'store':
      return [{ kind: 'store', ...here, what: storedBy(ctx, call) }]
    case 'seek':
      return [{ kind: 'seek', ...here, to: method === 'seek_to_committed' ? 'committed' : 'message' }]
    case 'produce':
      return [produceOf(ctx, call, meaning.mode, usage, first)]
    case 'flush':
      return [
        {
          kind: 'flush',
          ...here,
          producer: client.id,
          complete: call.positional.length === 0 && call.keywords.length === 0 ? true : usage.result !== 'dropped',
        },
      ]
    case 'close':
      return [{ kind: 'close', ...here, what: client.role }]
    // what is called back is read where it stands
    case 'runs':
    case 'listens':
      return []
    case 'send-offsets':
      return [{ kind: 'send-offsets', ...here, producer: client.id, metadata: meaning.metadata }]
    default:
      return [{ kind: meaning.kind, ...here, producer: client.id }]
  }
}

/** `poll(max_records=1)` hands over one. */
function takesOne(call: Call, hands: 'one' | 'several'): 'one' | 'several' {
  const most = call.keywords.find(({ name }) => name === 'max_records' || name === 'num_messages')?.value
  return most?.kind === 'number' && most.value === 1 ? 'one' : hands
}

/** The arguments that carry something. */
function dataOf(ctx: Context, call: Call): readonly Expression[] {
  const { isContext } = ctx.modules.language.words
  return isContext ? call.positional.filter((argument) => !isContext(argument)) : call.positional
}

const keyword = (call: Call, name: string) => call.keywords.find((one) => one.name === name)?.value

function commitOf(
  ctx: Context,
  call: Call,
  { mode, what, message }: { mode: Commit['mode']; what: Committed; message?: Committed },
  usage: Usage,
): Commit {
  const asynchronous = keyword(call, 'asynchronous') ?? keyword(call, 'async')
  const waits = mode === 'sync' && !(ctx.modules.language.words.promises && onItsOwn(usage))
  const isSync = asynchronous?.kind === 'boolean' ? !asynchronous.value : waits
  const [only, ...further] = dataOf(ctx, call)
  // `commitAsync(callback)`: a function is no offsets
  const told = !isSync && only && further.length === 0 && functionOf(ctx.modules, ctx.scope, only) ? only : undefined
  const explicit = keyword(call, 'message') ?? keyword(call, 'offsets') ?? (told ? undefined : only)
  const callback = told ?? keyword(call, 'callback') ?? (mode === 'async' && further.length > 0 ? further[0] : undefined)
  return {
    kind: 'commit',
    ...at(ctx, call),
    mode: isSync ? 'sync' : 'async',
    what: explicit && explicit.kind !== 'none' ? explicitlyCommitted(ctx, call, explicit, message) : what,
    checked: isSync ? true : callback !== undefined || usage.result === 'used',
    limited: ctx.limited,
  }
}

/** `commit(message=m)` commits past it; offsets commit what they say: `m.offset + 1` past it, `m.offset` before it. */
function explicitlyCommitted(ctx: Context, call: Call, explicit: Expression, given: Committed = 'message'): Committed {
  if (keyword(call, 'message') === explicit) return 'message'
  if (explicit.kind === 'name' && originsOf(ctx, explicit).has('message')) return given
  if (!originsOf(ctx, explicit).has('offset')) return 'other'
  const { start, end } = (explicit.kind === 'name' && lastValue(ctx, explicit.name, call)) || explicit
  const text = ctx.scope.file.text.slice(start, end)
  return /offset[^+;{}]{0,12}\+\s*1n?\b/.test(text) ? 'message' : 'own'
}

/** What a variable was last given before the call, in the text of the function. */
function lastValue(ctx: Context, name: string, call: Call): Expression | undefined {
  let found: Expression | undefined
  for (const statement of ctx.scope.info?.node.body ?? ctx.scope.file.syntax.body)
    walk(statement, (node) => {
      if (node.kind === 'assign' && node.value && node.end <= call.start)
        if (node.targets.some((target) => target.kind === 'name' && target.name === name)) found = node.value
      return undefined
    })
  return found
}

function storedBy(ctx: Context, call: Call): Committed {
  const explicit = keyword(call, 'message') ?? keyword(call, 'offsets') ?? dataOf(ctx, call)[0]
  return explicit ? explicitlyCommitted(ctx, call, explicit) : 'position'
}

const DEAD_LETTER = /dead[-_.]?letter|(?:^|[-_.])dl[qt](?:$|[-_.])|(?:^|[-_.])(?:error|failed|retry|poison|invalid)s?(?:$|[-_.])/i

function produceOf(ctx: Context, call: Call, mode: Produce['mode'], usage: Usage, { client }: SeenCall): Produce {
  const topic = keyword(call, 'topic') ?? call.positional[0]
  const name = topic?.kind === 'string' ? topic.value : undefined
  const callback =
    keyword(call, 'callback') ??
    keyword(call, 'on_delivery') ??
    // a function that is written in the call
    call.positional.find((one) => one.kind === 'name' && one.name.includes("'"))
  const alone = ctx.modules.language.words.promises && onItsOwn(usage)
  const waited = usage.result === 'chained' && usage.method === 'get'
  const told = usage.result === 'chained' && (usage.method === 'add_errback' || usage.method === 'add_callback')
  return {
    kind: 'produce',
    ...at(ctx, call),
    producer: client.id,
    mode: waited ? 'awaited' : alone ? 'buffered' : mode,
    checked:
      (mode === 'awaited' && !alone) ||
      usage.caught === true ||
      waited ||
      told ||
      callback !== undefined ||
      configured(client) ||
      (usage.result === 'used' ? 'unknown' : false),
    ...(name === undefined ? {} : { topic: name }),
    deadLetter: DEAD_LETTER.test(name ?? (topic ? textOf(ctx.scope.file, topic) : '')),
  }
}

/** confluent-kafka takes a delivery callback for all messages among the settings. */
function configured({ options }: SeenCall['client']): boolean {
  return options.settings.some(({ key }) => key === 'on_delivery' || key === 'dr_cb' || key === 'delivery.report.only.error')
}
