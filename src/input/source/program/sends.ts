import type { ClientCall, DeclaredClient } from '../../../model/client.ts'
import { type Location, locate } from '../../../model/location.ts'
import { ignoresError } from './callbacks.ts'
import type { ModuleFile, Modules } from './evaluate/modules.ts'
import { functionOf } from './handlers/scope.ts'
import type { Call } from './syntax.ts'
import type { SyntaxNode } from './walk.ts'
import { forEachChild } from './walk.ts'

type Outcome = Pick<ClientCall, 'result' | 'callback'>

/** Arguments that take a function which is told whether the message was delivered. */
const CALLBACKS = new Set(['on_delivery', 'callback'])

/** Tells of every call of a producer what becomes of its result, on which it hangs whether anybody learns that a message was not sent. */
export function withResults(modules: Modules, clients: readonly DeclaredClient[]): readonly DeclaredClient[] {
  const producers = clients.filter(({ role, calls }) => role === 'producer' && calls.length > 0)
  if (producers.length === 0) return clients
  const wanted = new Set(producers.flatMap(({ calls }) => calls.map(({ location }) => placeKey(location))))
  const results = new Map<string, Outcome>()
  for (const path of new Set(producers.flatMap(({ calls }) => calls.map(({ location }) => location.path)))) {
    const file = modules.load(path)
    if (file) collect(modules, file, file.syntax, [], wanted, results)
  }
  return clients.map((client) => {
    if (client.role !== 'producer') return client
    const calls = client.calls.map((call) => {
      const outcome = results.get(placeKey(call.location))
      return outcome ? { ...call, ...outcome } : call
    })
    return { ...client, calls }
  })
}

function placeKey({ path, line, column, endLine, endColumn }: Location): string {
  return `${path}:${line}:${column}:${endLine}:${endColumn}`
}

function collect(
  modules: Modules,
  file: ModuleFile,
  node: SyntaxNode,
  around: readonly SyntaxNode[],
  wanted: ReadonlySet<string>,
  results: Map<string, Outcome>,
): void {
  if (node.kind === 'call') {
    const key = placeKey(locate(file.path, file.lines, node))
    if (wanted.has(key)) results.set(key, { result: resultOf(around), ...callbackOf(modules, file, node, around) })
  }
  const inner = [node, ...around]
  forEachChild(node, (child) => collect(modules, file, child, inner, wanted, results))
}

/** Whether a delivery callback of the project is given that does nothing with the error. */
function callbackOf(modules: Modules, file: ModuleFile, call: Call, around: readonly SyntaxNode[]): Outcome {
  const given = call.keywords.find(({ name }) => name !== undefined && CALLBACKS.has(name))?.value
  if (!given) return {}
  const enclosing = around.find((node) => node.kind === 'function')
  const info = file.symbols.functions.find(({ node }) => node === enclosing)
  const called = functionOf(modules, info ? { file, info } : { file }, given)
  const callback = given.kind === 'lambda' ? given : called?.node
  return callback && ignoresError(callback, called?.cls !== undefined) ? { callback: 'deaf' } : {}
}

/** `around` is what a call stands in, innermost first. */
function resultOf(around: readonly SyntaxNode[]): ClientCall['result'] {
  const [first, second, ...rest] = around
  if (first?.kind === 'expression') return 'dropped'
  if (first?.kind === 'await') return second?.kind === 'expression' ? 'awaited' : second ? resultOf([second, ...rest]) : 'used'
  if (first?.kind === 'attribute' && second?.kind === 'call') {
    if (first.name === 'get' || first.name === 'result') return 'waited'
    if (
      first.name === 'add_errback' ||
      first.name === 'add_done_callback' ||
      first.name === 'catch' ||
      first.name === 'whenComplete'
    )
      return 'checked'
    if (first.name === 'then' || first.name === 'finally') return resultOf(rest)
    // a chain of callbacks goes on
    if (first.name === 'add_callback') return resultOf(rest)
  }
  return 'used'
}
