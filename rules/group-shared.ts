import type { Client, Facts } from '../src/model/facts.ts'
import { capConfidence } from '../src/rule/across.ts'
import type { Confidence, Finding, Severity } from '../src/rule/finding.ts'
import { strangersInGroups } from '../src/rule/group-members.ts'
import { byKey, clusterRelation, inOneProject, isDemonstration, sharedTopics, topicRelation } from '../src/rule/joins.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'group-shared',
  summary: 'two applications use one consumer group',
  severities: ['error', 'warning'],
  needs: ['settings', 'topics', 'cluster.groups'],
  why: 'A group divides the partitions of its topics among all its members. Two applications in one group each see only some of the messages, and each commits for the other; even with different topics, every restart of one stops the other for a rebalance, and some clients hand out partitions of topics that a member never asked for.',
  fix: 'Give every application its own group id.',
  ignoreWhen: 'the two are one application on the way from one repository or language to another, with the same handler.',
  references: [
    'https://kafka.apache.org/documentation/#intro_consumers',
    'https://kafka.apache.org/documentation/#consumerconfigs_group.id',
  ],
  examples: {
    bad: {
      'billing/requirements.txt': 'confluent-kafka==2.6.0\n',
      'billing/worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'workers',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
      'shipping/requirements.txt': 'confluent-kafka==2.6.0\n',
      'shipping/worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'workers',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        dispatch(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
    good: {
      'billing/requirements.txt': 'confluent-kafka==2.6.0\n',
      'billing/worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
      'shipping/requirements.txt': 'confluent-kafka==2.6.0\n',
      'shipping/worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'shipping',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        dispatch(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
  },
  *check(facts) {
    const named = facts.clients.filter(
      (c) => c.role === 'consumer' && c.group.kind === 'named' && c.usage !== 'none' && c.usage !== 'assigns',
    )
    const groups = byKey(named, groupId)
    const told = new Set<string>()
    for (const [id, members] of groups) {
      const found = worst(members, facts)
      if (!found) continue
      told.add(id)
      yield finding(id, found)
    }
    if (facts.cluster) yield* strangersInGroups(facts, facts.cluster, told)
  },
})

const groupId = (client: Client) => (client.group.kind === 'named' ? client.group.id : '')

interface Sharing {
  readonly one: Client
  readonly other: Client
  readonly severity: Severity
  readonly confidence: Confidence
  readonly topics: readonly string[]
}

const RANK = { high: 2, medium: 1, low: 0, error: 2, warning: 1, info: 0 } as const

/** One finding per group: the gravest pair, of those the surest. */
function worst(group: readonly Client[], facts: Facts): Sharing | undefined {
  // of clients that any other compares with alike, one: a group of thousands has few kinds
  const members = [...byKey(group, kindOf).values()].map(([first]) => first as Client)
  let found: Sharing | undefined
  for (const [i, one] of members.entries())
    for (const other of members.slice(i + 1)) {
      const sharing = sharingOf(one, other, facts)
      if (!sharing) continue
      const rank = (s: Sharing) => RANK[s.confidence] * 3 + RANK[s.severity]
      if (!found || rank(sharing) > rank(found)) found = sharing
    }
  return found
}

function kindOf({ folder, cluster, topics, location, variants }: Client): string {
  const names = topics.kind === 'known' ? [...topics.names].sort() : topics.kind
  return JSON.stringify([folder, cluster, names, isDemonstration(location.path), variants.map((v) => v.library)])
}

function sharingOf(one: Client, other: Client, facts: Facts): Sharing | undefined {
  const cluster = clusterRelation(one, other)
  const topics = topicRelation(one.topics, other.topics)
  if (cluster === 'different' || topics === 'unknown') return undefined
  if (isDemonstration(one.location.path) || isDemonstration(other.location.path)) return undefined
  if (cluster !== 'same' && !inOneProject(one, other, facts.projects)) return undefined
  const likely = capConfidence(one.confidence, other.confidence)
  const pair = { one, other, topics: sharedTopics(one.topics, other.topics) }
  if (sharesAssignments(one) && sharesAssignments(other) && topics === 'disjoint')
    return { ...pair, severity: 'error', confidence: capConfidence(likely, cluster === 'same' ? 'high' : 'medium') }
  // consumers of one folder are one application: its replicas, its handlers, or versions of one program
  if (one.folder === other.folder) return undefined
  if (topics === 'overlap')
    return { ...pair, severity: 'error', confidence: capConfidence(likely, cluster === 'same' ? 'high' : 'medium') }
  return cluster === 'same' ? { ...pair, severity: 'warning', confidence: likely } : undefined
}

/** kafkajs' leader hands out the partitions of its own topics to every member, whatever that member subscribed to. */
const sharesAssignments = (client: Client) => client.variants.every((v) => v.library === 'kafkajs')

function finding(id: string, { one, other, severity, confidence, topics }: Sharing): Finding {
  const where = one.group.kind === 'named' ? (one.group.location ?? one.location) : one.location
  const elsewhere = other.group.kind === 'named' ? (other.group.location ?? other.location) : other.location
  const apart = topics.length === 0
  return {
    kind: 'finding',
    subject: { kind: 'group', id, name: id },
    severity,
    confidence,
    message: apart
      ? `group \`${id}\` is also used by ${other.name} (${elsewhere.path}), which reads other topics`
      : `group \`${id}\` is also used by ${other.name} (${elsewhere.path}), and both read ${topics.join(', ')}`,
    why: !apart
      ? 'The group divides the partitions between the two: each application sees only a part of the messages, and commits its part as done for the other.'
      : severity === 'error'
        ? "kafkajs hands out partitions by the leader's subscription: a member is given topics it does not handle, and partitions of its own may be given to nobody."
        : 'Each restart or slow handler of one stops the other for a rebalance, and lag and offsets of the two can no longer be told apart.',
    fix: 'Give each of the two its own group id.',
    location: where,
    related: [
      { label: one.name, location: one.location },
      { label: `the same group in ${other.name}`, location: elsewhere },
    ],
    anchors: [one.location],
    key: id,
  }
}
