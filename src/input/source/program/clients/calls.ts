import type { TopicNames } from '../evaluate/events.ts'
import type { Argument, Frame, Machine } from '../evaluate/frame.ts'
import type { here } from '../evaluate/heap.ts'
import type { ClientKind } from './kind.ts'
import { patternIn, topicsIn } from './topics.ts'

/** Method names of all clients: for objects whose class derives from a client that is not known here. */
export const ANY_METHOD = {
  subscribe: new Set(['subscribe']),
  assign: new Set(['assign', 'incremental_assign']),
  send: new Set(['send', 'send_and_wait', 'produce']),
}

/** `publisher("t")`, but `publish(message, "t")` and `publish_batch(…, topic="t")`. */
function publishedTopics(
  m: Machine,
  frame: Frame,
  name: string,
  args: readonly Argument[],
  location: ReturnType<typeof here>,
): TopicNames {
  const positional = args.filter((arg) => arg.name === undefined && !arg.spread)
  const at = name === 'publisher' ? 0 : name === 'publish_batch' ? -1 : 1
  const topic = args.find((arg) => arg.name === 'topic') ?? positional[at]
  return topic ? topicsIn(m, frame, [topic.value], topic.location) : { kind: 'unknown', reason: 'topics are passed on', location }
}

export function topicsOfCall(
  m: Machine,
  frame: Frame,
  kind: ClientKind | undefined,
  name: string,
  args: readonly Argument[],
  location: ReturnType<typeof here>,
): TopicNames | undefined {
  const methods = kind?.methods ?? ANY_METHOD
  const first =
    args.find((arg) => arg.name === undefined && !arg.spread) ?? args.find((arg) => arg.name === 'topics' || arg.name === 'topic')
  if (methods.subscribe.has(name)) {
    const pattern = args.find((arg) => arg.name === 'pattern')
    if (pattern) return patternIn(frame, pattern.value, pattern.location)
    return first
      ? topicsIn(m, frame, [first.value], first.location)
      : { kind: 'unknown', reason: 'topics are passed on', location }
  }
  if (kind?.framework === 'faststream' && methods.send.has(name)) return publishedTopics(m, frame, name, args, location)
  if (methods.send.has(name))
    return first
      ? topicsIn(m, frame, [first.value], first.location)
      : { kind: 'unknown', reason: 'topics are passed on', location }
  // faust: `app.topic("orders")` names what its agents read and write.
  if (kind?.framework === 'faust' && name === 'topic')
    return topicsIn(
      m,
      frame,
      args.filter((arg) => arg.name === undefined).map((arg) => arg.value),
      location,
    )
  return undefined
}
