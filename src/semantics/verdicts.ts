import type { Client, Facts, Variant } from '../model/facts.ts'
import type { Handler, Node } from '../model/handler.ts'
import { possibleLiterals } from '../model/value.ts'
import type { Verdict } from '../model/verdict.ts'
import { judge } from './judge.ts'

/** A consumer in a group with the handler it was judged with. */
export interface Judgement {
  readonly client: Client
  readonly handler: Handler
  readonly verdict: Verdict
}

const KNOWN = new WeakMap<Facts, readonly Judgement[]>()

/** The verdict on every consumer whose handler was seen, in the order of the handlers. A consumer without a group has nothing to commit. */
export function verdictsOf(facts: Facts): readonly Judgement[] {
  const before = KNOWN.get(facts)
  if (before) return before
  const judged = facts.handlers.flatMap((handler) =>
    handler.consumers.flatMap((id): Judgement[] => {
      const client = facts.clients.find((one) => one.id === id)
      if (!client || client.group.kind === 'absent') return []
      return [{ client, handler, verdict: verdictOf(client, handler, facts) }]
    }),
  )
  KNOWN.set(facts, judged)
  return judged
}

function verdictOf(client: Client, handler: Handler, facts: Facts): Verdict {
  const variant = client.variants.at(-1) as Variant
  const writers = producersIn(handler.body).flatMap((id) => facts.clients.find((one) => one.id === id)?.variants.at(-1) ?? [])
  return judge({
    consumer: client.id,
    handler,
    commit: variant.commit,
    // what a program marks is stored by it alone
    storesAlone: variant.commit.what !== 'marked' && !is(variant, 'enable.auto.offset.store', false),
    safeWrites: writers.every((writer) => is(writer, 'acks', 'all')),
    idempotentWrites: writers.every((writer) => is(writer, 'enable.idempotence', true)),
  })
}

function is({ settings }: Variant, key: string, wanted: string | boolean): boolean {
  const effective = settings.get(key)
  const literals = effective && possibleLiterals(effective.value)
  return literals !== undefined && literals.length === 1 && literals[0] === wanted
}

function producersIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) => {
    switch (node.kind) {
      case 'produce':
        return node.producer === undefined ? [] : [node.producer]
      case 'branch':
        return node.paths.flatMap(({ body }) => producersIn(body))
      case 'attempt':
        return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally].flatMap(producersIn)
      case 'loop':
      case 'call':
      case 'together':
        return producersIn(node.body)
      default:
        return []
    }
  })
}
