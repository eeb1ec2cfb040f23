import type { Handler, Node } from '../model/handler.ts'
import type { Location } from '../model/location.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import type { Style } from '../text/style.ts'

export interface HandlerListing {
  readonly style: Style
  /** A path relative to the root as it is shown. */
  readonly fromHere: (path: string) => string
  /** The names of clients by id. */
  readonly names: ReadonlyMap<string, string>
}

/** Each consumer's handler, step by step: what it was understood to do, and what it was not. */
export function handlerList(handlers: readonly Handler[], listing: HandlerListing): string {
  return handlers.map((handler) => `${handlerLines(handler, listing).join('\n')}\n`).join('\n')
}

function handlerLines(handler: Handler, listing: HandlerListing): readonly string[] {
  const { style, names } = listing
  const of = handler.consumers.map((id) => names.get(id) ?? id).join(', ')
  const unknowns = countUnknown(handler.body)
  return [
    `${style.bold(visible(handler.name))}  ${place(handler.location, listing)}`,
    `  of ${visible(of)}${unknowns > 0 ? ` · ${plural(unknowns, 'step')} not followed` : ''}`,
    ...nodeLines(handler.body, listing, 1),
    ...(handler.after.length > 0 ? ['  when the loop is left:', ...nodeLines(handler.after, listing, 2)] : []),
  ]
}

function countUnknown(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind === 'unknown') return sum + 1
    return sum + insideOf(node).reduce((inner, body) => inner + countUnknown(body), 0)
  }, 0)
}

function insideOf(node: Node): readonly (readonly Node[])[] {
  switch (node.kind) {
    case 'branch':
      return node.paths.map(({ body }) => body)
    case 'attempt':
      return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally]
    case 'loop':
    case 'together':
    case 'call':
      return [node.body]
    default:
      return []
  }
}

function place({ path, line, column }: Location, { fromHere, style }: HandlerListing): string {
  return style.dim(`${visible(fromHere(path))}:${line}:${column}`)
}

function nodeLines(nodes: readonly Node[], listing: HandlerListing, depth: number): readonly string[] {
  return nodes.flatMap((node) => linesOf(node, listing, depth))
}

function linesOf(node: Node, listing: HandlerListing, depth: number): readonly string[] {
  const pad = '  '.repeat(depth)
  const line = (what: string) => `${pad}${what}  ${listing.style.dim(visible(node.text))}  ${place(node.location, listing)}`
  const inside = (body: readonly Node[]) => nodeLines(body, listing, depth + 1)
  const part = (title: string, body: readonly Node[]) => (body.length > 0 ? [`${pad}${title}`, ...inside(body)] : [])
  switch (node.kind) {
    case 'branch':
      return [
        line(node.on.kind === 'seen' && node.on.claim ? 'claim' : 'if'),
        ...node.paths.flatMap(({ label, body }) =>
          body.length > 0 ? [`${pad}  ${label}:`, ...nodeLines(body, listing, depth + 2)] : [`${pad}  ${label}: nothing`],
        ),
      ]
    case 'attempt':
      return [
        line('try'),
        ...inside(node.body),
        ...node.catches.flatMap((one) => [
          `${pad}${one.takes === 'all' ? 'catch all' : 'catch some'}  ${listing.style.dim(visible(one.text))}  ${place(one.location, listing)}`,
          ...inside(one.body),
        ]),
        ...part('else', node.otherwise),
        ...part('finally', node.finally),
      ]
    case 'loop':
      return [line(`loop over ${node.over}${node.bound === undefined ? '' : ` (at most ${node.bound})`}`), ...inside(node.body)]
    case 'together':
    case 'call':
      return [line(node.kind), ...inside(node.body)]
    case 'jump':
      return [`${pad}-> ${node.to}  ${place(node.location, listing)}`]
    default:
      return [line(describe(node))]
  }
}

function describe(node: Exclude<Node, { kind: 'branch' | 'attempt' | 'loop' | 'together' | 'call' | 'jump' }>): string {
  switch (node.kind) {
    case 'receive':
      return `receive ${node.hands}`
    case 'effect':
      return `effect (${[node.system, ...(node.idempotent === true ? ['idempotent'] : []), ...(node.durable === true ? [] : ['not durable at once'])].join(', ')})`
    case 'mark':
    case 'unmark':
      return `${node.kind} (${node.store}, time to live ${typeof node.ttl === 'number' ? `${node.ttl} ms` : node.ttl})`
    case 'produce':
      return `produce (${[node.mode, node.checked === true ? 'checked' : node.checked === false ? 'unchecked' : 'perhaps checked', ...(node.deadLetter ? ['dead letter'] : [])].join(', ')})`
    case 'store':
      return `store ${node.what}`
    case 'commit':
      return `commit ${node.mode} ${node.what}${node.limited ? ' (not each time)' : ''}`
    case 'hand-off':
      return `hand off to a ${node.to}`
    case 'seek':
      return `seek to ${node.to}`
    case 'close':
      return `close ${node.what}`
    case 'wait':
      return node.atMost === 'unknown' ? 'wait' : `wait ${node.atMost} ms`
    case 'unknown':
      return `unknown (${node.why})`
    default:
      return node.kind
  }
}
