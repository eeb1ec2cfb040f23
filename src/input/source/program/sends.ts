import type { ClientCall, DeclaredClient } from '../../../model/client.ts'
import { type Location, locate } from '../../../model/location.ts'
import type { ModuleFile, Modules } from './evaluate/modules.ts'
import type { SyntaxNode } from './walk.ts'
import { forEachChild } from './walk.ts'

type Result = NonNullable<ClientCall['result']>

/** Tells of every call of a producer what becomes of its result, on which it hangs whether anybody learns that a message was not sent. */
export function withResults(modules: Modules, clients: readonly DeclaredClient[]): readonly DeclaredClient[] {
  const producers = clients.filter(({ role, calls }) => role === 'producer' && calls.length > 0)
  if (producers.length === 0) return clients
  const wanted = new Set(producers.flatMap(({ calls }) => calls.map(({ location }) => placeKey(location))))
  const results = new Map<string, Result>()
  for (const path of new Set(producers.flatMap(({ calls }) => calls.map(({ location }) => location.path)))) {
    const file = modules.load(path)
    if (file) collect(file, file.syntax, [], wanted, results)
  }
  return clients.map((client) => {
    if (client.role !== 'producer') return client
    const calls = client.calls.map((call) => {
      const result = results.get(placeKey(call.location))
      return result ? { ...call, result } : call
    })
    return { ...client, calls }
  })
}

function placeKey({ path, line, column, endLine, endColumn }: Location): string {
  return `${path}:${line}:${column}:${endLine}:${endColumn}`
}

function collect(
  file: ModuleFile,
  node: SyntaxNode,
  around: readonly SyntaxNode[],
  wanted: ReadonlySet<string>,
  results: Map<string, Result>,
): void {
  if (node.kind === 'call') {
    const key = placeKey(locate(file.path, file.lines, node))
    if (wanted.has(key)) results.set(key, resultOf(around))
  }
  const inner = [node, ...around]
  forEachChild(node, (child) => collect(file, child, inner, wanted, results))
}

/** `around` is what a call stands in, innermost first. */
function resultOf(around: readonly SyntaxNode[]): Result {
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
