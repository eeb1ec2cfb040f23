import type { ClusterFacts } from '../src/model/cluster.ts'
import type { Client, Facts, Variant } from '../src/model/facts.ts'
import type { Judgement } from '../src/rule/across.ts'
import { belongs } from '../src/rule/cluster.ts'
import { decide, leastConfidence } from '../src/rule/decide.ts'
import type { Confidence } from '../src/rule/finding.ts'
import { clusterRelation, inOneProject, isDemonstration, sharedTopics, topicRelation } from '../src/rule/joins.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { writersOf } from '../src/rule/open-transactions.ts'
import { aboutSetting, tellDecided, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { writeSetting } from '../src/rule/spelling.ts'
import { isTransactional } from '../src/rule/transactional.ts'

const KEY = 'isolation.level'

export default defineRule({
  id: 'read-uncommitted',
  summary: 'a consumer reads records of transactions that are open or aborted',
  severities: ['warning', 'error'],
  needs: ['settings', 'version', 'topics', 'cluster.transactions'],
  why: 'A transaction only hides what it aborts from consumers that read committed records alone. Java, kafka-python and aiokafka read everything unless told otherwise; librdkafka and kafkajs read committed records by default.',
  fix: 'Read committed records only, on every consumer of a topic that is written in transactions.',
  ignoreWhen:
    'the consumer must see records at once and drops what turns out to be aborted, or reads only topics that no transaction writes.',
  references: ['https://kafka.apache.org/documentation/#consumerconfigs_isolation.level', 'KIP-98: exactly once delivery'],
  examples: {
    bad: {
      'requirements.txt': 'kafka-python==2.3.2\n',
      'publisher.py': `from kafka import KafkaProducer

producer = KafkaProducer(
    bootstrap_servers='kafka.example.com:9092',
    transactional_id='orders-0',
    enable_idempotence=True,
    acks='all',
)
producer.init_transactions()
producer.begin_transaction()
producer.send('orders', b'{}')
producer.commit_transaction()
`,
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
    auto_offset_reset='earliest',
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
    good: {
      'requirements.txt': 'kafka-python==2.3.2\n',
      'publisher.py': `from kafka import KafkaProducer

producer = KafkaProducer(
    bootstrap_servers='kafka.example.com:9092',
    transactional_id='orders-0',
    enable_idempotence=True,
    acks='all',
)
producer.init_transactions()
producer.begin_transaction()
producer.send('orders', b'{}')
producer.commit_transaction()
`,
      'worker.py': `from kafka import KafkaConsumer

consumer = KafkaConsumer(
    'orders',
    bootstrap_servers='kafka.example.com:9092',
    group_id='billing',
    enable_auto_commit=False,
    auto_offset_reset='earliest',
    isolation_level='read_committed',
)
for message in consumer:
    charge(message.value)
    consumer.commit()
`,
    },
  },
  *check(facts) {
    const writers = facts.clients.filter(isTransactional)
    const sources = new Map<Client, readonly Source[]>()
    for (const client of facts.clients)
      if (client.role === 'consumer' && client.usage !== 'none') {
        const own = sourcesOf(client, writers, facts)
        const seen = own[0] && own[0].confidence !== 'low' ? [] : seenSources(client, facts.cluster)
        sources.set(client, seen.length > 0 ? seen : own)
      }
    const readers = [...sources.keys()].filter((client) => sources.get(client)?.length)
    yield* judgeClients(readers, (client, variant) => judge(client, variant, sources.get(client) ?? []))
  },
})

interface Source {
  /** Absent where only the cluster shows that somebody writes in transactions. */
  readonly writer?: Client
  readonly name: string
  readonly confidence: Confidence
  readonly topics: readonly string[]
}

/** The transactional producers whose records the consumer reads, the surest alone. */
function sourcesOf(client: Client, writers: readonly Client[], facts: Facts): readonly Source[] {
  const all = writers.flatMap((writer) => {
    const confidence = sureness(client, writer, facts)
    return confidence ? [{ writer, name: writer.name, confidence, topics: sharedTopics(client.topics, writer.topics) }] : []
  })
  const surest = (['high', 'medium', 'low'] as const).find((c) => all.some((s) => s.confidence === c))
  return all.filter((s) => s.confidence === surest)
}

/** Transactions of others that the cluster shows in the topics that the consumer reads. */
function seenSources(client: Client, cluster: ClusterFacts | undefined): readonly Source[] {
  const confidence = cluster && belongs(client, cluster)
  if (!cluster || !confidence || client.topics.kind !== 'known') return []
  const names = new Map<string, Set<string>>()
  for (const topic of client.topics.names)
    for (const writer of writersOf(cluster, topic)) names.set(writer, (names.get(writer) ?? new Set()).add(topic))
  return [...names].map(([name, topics]) => ({ name, confidence, topics: [...topics] }))
}

function sureness(client: Client, writer: Client, facts: Facts): Confidence | undefined {
  const topics = topicRelation(client.topics, writer.topics)
  const cluster = clusterRelation(client, writer)
  if (topics === 'disjoint' || cluster === 'different') return undefined
  if (topics === 'overlap' && cluster === 'same') return 'high'
  if (!inOneProject(client, writer, facts.projects)) return undefined
  if (topics === 'overlap') return cluster === 'local' ? 'high' : 'medium'
  // an application that both reads and writes mostly writes other topics than it reads
  return client.folder === writer.folder || isDemonstration(client.location.path) ? 'low' : 'medium'
}

function judge(client: Client, variant: Variant, sources: readonly Source[]): Judgement {
  const confidence = (sources[0] as Source).confidence
  const effective = setting(variant, KEY)
  if (!variant.capabilities.readCommitted) return cannot(client, variant, sources, confidence)
  const decision = decide(effective, (value) => value === 'read_uncommitted')
  if (!effective || decision.kind === 'clear') return undefined
  if (decision.kind === 'undecided') return confidence === 'low' ? undefined : undecided(decision.reason)
  return aboutSetting(client, effective, {
    severity: severityOf(client, sources),
    confidence: leastConfidence(confidence, decision.confidence),
    message: `${tellDecided(client, variant, effective, decision)}, and ${tellSources(sources)}`,
    why: 'The consumer acts on records of transactions that are still open, and on those that are then aborted and written again: their effects happen twice, or should not have happened.',
    fix: `Set \`${writeSetting(client, variant, KEY, 'read_committed', effective)}\`.`,
    related: writersShown(sources),
  })
}

function cannot(client: Client, variant: Variant, sources: readonly Source[], confidence: Confidence): Judgement {
  return {
    severity: severityOf(client, sources),
    confidence,
    message: `${variant.title} cannot read committed records only, and ${tellSources(sources)}`,
    why: 'The consumer acts on records of transactions that are still open, and on those that are then aborted and written again.',
    fix: 'Move to a version that has an isolation level and set it to read_committed.',
    location: client.location,
    related: writersShown(sources),
    key: KEY,
  }
}

function severityOf(client: Client, sources: readonly Source[]) {
  const exactly = [client, ...sources.map((s) => s.writer)].some((c) => c?.intent?.semantics === 'exactly-once')
  return exactly ? 'error' : 'warning'
}

function tellSources(sources: readonly Source[]): string {
  const topics = [...new Set(sources.flatMap((s) => s.topics))]
  const names = [...new Set(sources.map((s) => s.name))].slice(0, 3).join(', ')
  return topics.length > 0
    ? `${names} writes ${topics.join(', ')} in transactions`
    : `${names} in the same project writes in transactions`
}

const writersShown = (sources: readonly Source[]) =>
  sources
    .slice(0, 3)
    .flatMap(({ writer }) => (writer ? [{ label: 'the transactional producer', location: writer.location }] : []))
