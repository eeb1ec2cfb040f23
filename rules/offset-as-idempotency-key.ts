import type { DedupeKey, Handler, Node } from '../src/model/handler.ts'
import type { Location } from '../src/model/location.ts'
import { aboutStep, type Handled, handledBy, oncePerPlace } from '../src/rule/handled.ts'
import { defineRule } from '../src/rule/rule.ts'

const storing = (key: string) => ({
  'requirements.txt': 'confluent-kafka==2.6.0\nredis==5.0.0\n',
  'worker.py': `import json

from confluent_kafka import Consumer
from redis import Redis

redis = Redis()
consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
done = 0
while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    order = json.loads(message.value())
    redis.set(${key}, json.dumps(order))
    done += 1
    if done % 100 == 0:
        consumer.commit(asynchronous=False)
`,
})

export default defineRule({
  id: 'offset-as-idempotency-key',
  summary: 'what is stored or marked is named by the offset of its message',
  severities: ['error', 'warning'],
  needs: ['handler'],
  why: 'An offset counts within one partition: two partitions have the same ones, and one overwrites or hides the other. And it names a delivery, not a message: the same message produced twice, mirrored or replayed has another offset.',
  fix: 'Use an id that the producer gives the message: its business key, or an id in a header.',
  ignoreWhen: 'the topic has one partition for ever, and messages are never produced again.',
  references: ['https://kafka.apache.org/documentation/#intro_concepts_and_terms', 'KIP-98: exactly once delivery'],
  examples: { bad: storing("f'order:{message.offset()}'"), good: storing('f\'order:{order["id"]}\'') },
  *check(facts) {
    for (const handled of handledBy(facts)) yield* oncePerPlace(keysIn(handled.handler).flatMap((one) => judge(handled, one)))
  },
})

interface Keyed {
  readonly key: DedupeKey
  readonly location: Location
}

function keysIn({ body }: Handler): readonly Keyed[] {
  const found: Keyed[] = []
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if ((node.kind === 'effect' || node.kind === 'mark') && node.key) found.push({ key: node.key, location: node.location })
      if (node.kind === 'branch') {
        if (node.on.kind === 'seen' && node.on.key) found.push({ key: node.on.key, location: node.location })
        for (const path of node.paths) visit(path.body)
      } else if (node.kind === 'attempt') {
        for (const body of [node.body, ...node.catches.map((one) => one.body), node.otherwise, node.finally]) visit(body)
      } else if (node.kind === 'loop' || node.kind === 'call' || node.kind === 'together') visit(node.body)
    }
  }
  visit(body)
  return found
}

const OF_THE_LOG = new Set(['offset', 'partition', 'topic'])

function judge(handled: Handled, { key, location }: Keyed) {
  if (!key.from.includes('offset') || key.from.some((part) => !OF_THE_LOG.has(part))) return []
  const bare = !key.from.includes('partition')
  return [
    aboutStep(handled, {
      severity: bare ? 'error' : 'warning',
      confidence: 'high',
      message: bare
        ? `\`${key.text}\` names what is stored by the offset alone, which other partitions have too`
        : `\`${key.text}\` names a delivery, not a message`,
      why: bare
        ? 'A message of another partition with the same offset overwrites it, or is taken for it and skipped.'
        : 'A message that its producer wrote twice, or that was mirrored or replayed, has another offset and is not recognised.',
      fix: 'Take an id that the producer gives the message: a business key, or an id in a header.',
      location,
      key: key.text,
    }),
  ]
}
