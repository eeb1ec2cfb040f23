import { meaningOf } from '../../../../knowledge/clients/method-meanings.ts'
import type { DeclaredClient } from '../../../../model/client.ts'
import type { Handler, Node } from '../../../../model/handler.ts'
import { compareLocations, locate } from '../../../../model/location.ts'
import type { ModuleFile, Modules } from '../evaluate/modules.ts'
import { type FunctionInfo, plainName } from '../evaluate/symbols.ts'
import type { Expression, Statement } from '../syntax.ts'
import { forEachChild } from '../walk.ts'
import { type Callback, callbacksOf, decoratedOf } from './callbacks.ts'
import { type Context, type Origin, placeKey, type SeenCalls, seenCalls } from './context.ts'
import { functionOf } from './scope.ts'
import { statementNodes } from './statements.ts'

/** Steps of one handler: what is longer is not written to be followed by anybody. */
const MAX_STEPS = 600

/** A loop in which something is received, with the code around it. */
interface Turn {
  readonly file: ModuleFile
  readonly info?: FunctionInfo
  readonly loop: Extract<Statement, { kind: 'while' | 'for' }>
  /** What comes after the loop in the same body, and what its `try` does at last. */
  readonly after: readonly Statement[]
}

/** The handlers of the consumers that were found: each loop that receives. */
export function extractHandlers(modules: Modules, clients: readonly DeclaredClient[]): readonly Handler[] {
  const consumers = clients.filter(({ role }) => role === 'consumer')
  if (consumers.length === 0) return []
  const calls = seenCalls(clients)
  const receiving = new Set(
    consumers.flatMap((client) =>
      client.calls
        .filter(({ method }) => meaningOf(client.libraries[0] ?? '', 'consumer', method)?.kind === 'receive')
        .map(({ location }) => placeKey(location)),
    ),
  )
  const files = [...new Set(consumers.flatMap((client) => client.calls.map(({ location }) => location.path)))].sort()
  const receivers = new Set<FunctionInfo>()
  const turns: Turn[] = []
  const seen = new Set<Statement>()
  // a wrapper receives where it is called: its callers are looked at in turn
  for (let round = 0; round < 3; round++) {
    const known = receivers.size
    const among = round === 0 ? files : [...modules.loaded()].map(({ path }) => path).sort()
    for (const path of among) {
      const file = modules.load(path)
      if (!file) continue
      for (const turn of turnsOf(modules, file, receiving, receivers)) {
        if (seen.has(turn.loop)) continue
        seen.add(turn.loop)
        turns.push(turn)
      }
    }
    if (receivers.size === known) break
  }
  const handlers = turns.flatMap((turn) => handlerOf(modules, calls, turn) ?? [])
  const calledBack = merged(
    [...callbacksOf(modules, consumers), ...decoratedOf(modules, consumers)].map((callback) =>
      callbackHandler(modules, calls, callback),
    ),
  )
  return numbered([...handlers, ...calledBack])
}

/** The innermost loops of a file that receive, and the functions that receive outside of a loop. */
function turnsOf(
  modules: Modules,
  file: ModuleFile,
  receiving: ReadonlySet<string>,
  receivers: Set<FunctionInfo>,
): readonly Turn[] {
  const turns: Turn[] = []
  const names = new Set([...receivers].map(({ name }) => name))
  const isReceive = (node: Expression, info: FunctionInfo | undefined): boolean => {
    if (receiving.has(placeKey(locate(file.path, file.lines, node)))) return true
    if (node.kind !== 'call' || receivers.size === 0) return false
    // to find out what a method is called on costs more than to see that none of that name receives
    if (node.callee.kind === 'attribute' && !names.has(node.callee.name)) return false
    const callee = functionOf(modules, info ? { file, info } : { file }, node.callee)
    return callee !== undefined && receivers.has(callee)
  }
  const visit = (
    node: Statement | Expression,
    info: FunctionInfo | undefined,
    around: Pick<Turn, 'loop' | 'after'> | undefined,
    after: readonly Statement[],
  ): void => {
    if (node.kind === 'function') {
      const own = file.symbols.infoOf.get(node)
      visitBody(node.body, own, undefined, [])
      return
    }
    if (node.kind === 'lambda') return
    if (isReceive(node as Expression, info)) {
      if (around) turns.push({ file, ...(info ? { info } : {}), ...around })
      else if (info) receivers.add(info)
    }
    if (node.kind === 'while' || node.kind === 'for') {
      const here = { loop: node, after }
      // `for m in consumer` receives in each turn, `for m in consumer.consume()` once for all of them
      const head = node.kind === 'while' ? node.test : node.iterable
      if (node.kind === 'for' && head.kind !== 'name' && head.kind !== 'attribute') visit(head, info, around, after)
      else visit(head, info, here, after)
      visitBody(node.body, info, here, [])
      visitBody(node.otherwise, info, around, after)
      return
    }
    if (node.kind === 'try') {
      const last = [...node.finally, ...after]
      visitBody(node.body, info, around, last)
      for (const handler of node.handlers) visitBody(handler.body, info, around, last)
      visitBody(node.otherwise, info, around, last)
      visitBody(node.finally, info, around, after)
      return
    }
    forEachChild(node, (child) => visit(child, info, around, after))
  }
  const visitBody = (
    body: readonly Statement[],
    info: FunctionInfo | undefined,
    around: Pick<Turn, 'loop' | 'after'> | undefined,
    after: readonly Statement[],
  ) => {
    for (const [i, statement] of body.entries()) visit(statement, info, around, [...body.slice(i + 1), ...after])
  }
  visitBody(file.syntax.body, undefined, undefined, [])
  return turns
}

function handlerOf(modules: Modules, calls: SeenCalls, { file, info, loop, after }: Turn): Handler | undefined {
  const ctx = contextOf(modules, calls, file, info)
  const whole = statementNodes(ctx, [loop])
  const at = whole.findLastIndex(({ kind }) => kind === 'loop')
  const turn = whole[at]
  if (turn?.kind !== 'loop' || ctx.met.consumers.size === 0) return undefined
  const head = whole.slice(0, at)
  // `for m in consumer` receives at the head of each turn
  const receive: readonly Node[] = head.some(({ kind }) => kind === 'receive')
    ? head
    : loop.kind === 'for' && !receivesIn(turn.body)
      ? [{ kind: 'receive', location: turn.location, text: turn.text, hands: 'one' }]
      : []
  const body = [...(loop.kind === 'for' ? receive : head), ...turn.body]
  const rest = statementNodes({ ...ctx, budget: { steps: 100 } }, after)
  const scope = plainName(info?.qualified ?? '')
  return {
    id: `${file.path}#handler:${scope}`,
    consumers: [...ctx.met.consumers].sort(),
    name: `${modules.language.moduleName(file.path)}${scope === '' ? '' : `.${scope}`}`,
    shape: 'loop',
    location: locate(file.path, file.lines, loop.kind === 'for' ? loop.iterable : loop.test),
    body,
    after: rest,
    uncaught: 'ends',
    confidence: 'high',
  }
}

/** True where something is received in the loop itself: it then goes over something else, such as attempts. */
function receivesIn(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    switch (node.kind) {
      case 'receive':
        return true
      case 'branch':
        return node.paths.some(({ body }) => receivesIn(body))
      case 'attempt':
        return receivesIn(node.body)
      case 'loop':
      case 'call':
      case 'together':
        return receivesIn(node.body)
      default:
        return false
    }
  })
}

function contextOf(modules: Modules, calls: SeenCalls, file: ModuleFile, info: FunctionInfo | undefined): Context {
  return {
    modules,
    calls,
    scope: { file, ...(info ? { info } : {}) },
    stack: info ? [info] : [],
    origins: new Map<string, ReadonlySet<Origin>>(),
    handed: new Set(),
    claims: new Map(),
    met: { consumers: new Set(), producers: new Set() },
    budget: { steps: MAX_STEPS },
    answered: false,
    inBatch: false,
    limited: false,
  }
}

/** A handler that the client calls: it is handed one message, or several, each time. */
function callbackHandler(modules: Modules, calls: SeenCalls, { client, file, info, name, hands, around }: Callback): Handler {
  const ctx = contextOf(modules, calls, file, info)
  const first = info.node.parameters.find((parameter) => !(info.cls && parameter === info.node.parameters[0]))
  if (first) ctx.origins.set(first.name, new Set<Origin>([hands === 'one' ? 'message' : 'batch']))
  const location = locate(file.path, file.lines, info.node.nameSpan)
  const scope = plainName(info.name.startsWith(`${name}'`) && around ? around.qualified : info.qualified)
  return {
    id: `${file.path}#handler:${scope}`,
    consumers: [client.id],
    name: `${modules.language.moduleName(file.path)}${scope === '' ? '' : `.${scope}`}`,
    shape: 'callback',
    location,
    body: [
      { kind: 'receive', location, text: name, hands },
      { kind: 'call', location, text: name, body: statementNodes(ctx, info.node.body) },
    ],
    after: [],
    uncaught: 'framework',
    confidence: 'high',
  }
}

/** One handler for each function, whoever calls it. */
function merged(handlers: readonly Handler[]): readonly Handler[] {
  const byPlace = new Map<string, Handler>()
  for (const handler of handlers) {
    const key = placeKey(handler.location)
    const before = byPlace.get(key)
    byPlace.set(
      key,
      before ? { ...before, consumers: [...new Set([...before.consumers, ...handler.consumers])].sort() } : handler,
    )
  }
  return [...byPlace.values()]
}

function numbered(handlers: readonly Handler[]): readonly Handler[] {
  const counts = new Map<string, number>()
  return [...handlers]
    .sort((a, b) => compareLocations(a.location, b.location))
    .map((handler) => {
      const ordinal = counts.get(handler.id) ?? 0
      counts.set(handler.id, ordinal + 1)
      return { ...handler, id: `${handler.id}:${ordinal}` }
    })
}
