import type { ClusterProblem } from '../../model/cluster.ts'
import { type Link, LinkError } from '../link.ts'
import type { WireRequest } from '../wire/request.ts'

/** The links to the brokers that answer, by node id, and what goes wrong on the way. */
export interface Reached {
  readonly links: ReadonlyMap<number, Link>
  readonly problems: ClusterProblem[]
}

/**
 * Asks one broker, in parts where the items are many: a request of bounded size each. A broker that fails is told once as a problem, and
 * the rest of its items go without an answer.
 */
export async function askInParts<Item, Input, Output>(
  reached: Reached,
  broker: number,
  request: WireRequest<Input, Output>,
  items: readonly Item[],
  size: number,
  input: (part: readonly Item[]) => Input,
): Promise<readonly Output[]> {
  const answers: Output[] = []
  for (let at = 0; at < items.length; at += size) {
    const answer = await ask(reached, broker, request, input(items.slice(at, at + size)))
    if (answer === undefined) break
    answers.push(answer)
  }
  return answers
}

/** Asks one broker; undefined where it is not there, or fails, which is told. */
export async function ask<Input, Output>(
  { links, problems }: Reached,
  broker: number,
  request: WireRequest<Input, Output>,
  input: Input,
): Promise<Output | undefined> {
  const link = links.get(broker)
  if (!link?.speaks(request)) return undefined
  try {
    return await link.ask(request, input)
  } catch (error) {
    problems.push(problemOf(`${request.api} of broker ${broker}`, error))
    return undefined
  }
}

export function problemOf(about: string, error: unknown): ClusterProblem {
  if (error instanceof LinkError) return { about, reason: error.failure.reason, hint: error.failure.hint }
  return { about, reason: error instanceof Error ? error.message : String(error), hint: 'run again; report it if it stays' }
}

/** The same question to several brokers at once, each answer with its broker. */
export async function askEach<Input, Output>(
  reached: Reached,
  brokers: Iterable<number>,
  request: WireRequest<Input, Output>,
  input: (broker: number) => Input,
): Promise<readonly { readonly broker: number; readonly answer: Output }[]> {
  const asked = await Promise.all(
    [...brokers].map(async (broker) => ({ broker, answer: await ask(reached, broker, request, input(broker)) })),
  )
  return asked.flatMap(({ broker, answer }) => (answer === undefined ? [] : [{ broker, answer }]))
}

/** Items by a key, in the order of the first of each. */
export function grouped<Key, Item>(items: Iterable<Item>, keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
