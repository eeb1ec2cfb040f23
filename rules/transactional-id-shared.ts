import type { ClusterFacts } from '../src/model/cluster.ts'
import type { Client, Facts } from '../src/model/facts.ts'
import type { Location } from '../src/model/location.ts'
import type { EffectiveSetting } from '../src/model/setting.ts'
import { belongs } from '../src/rule/cluster.ts'
import { leastConfidence } from '../src/rule/decide.ts'
import type { Confidence, Finding } from '../src/rule/finding.ts'
import { byKey, clusterRelation, inOneProject, isDemonstration, topicRelation } from '../src/rule/joins.ts'
import { tellSpan } from '../src/rule/moment.ts'
import { type Replicated, replicated } from '../src/rule/replicas.ts'
import { defineRule } from '../src/rule/rule.ts'
import { spellingOf } from '../src/rule/spelling.ts'
import { statedId, wantsOnePrefix } from '../src/rule/transactional.ts'

export default defineRule({
  id: 'transactional-id-shared',
  summary: 'two running producers use one transactional id and fence each other',
  severities: ['error', 'warning'],
  needs: ['settings', 'deployment', 'cluster.transactions'],
  why: 'The coordinator takes every producer with the same transactional id for the same one, restarted: each that starts fences the one before, whose next call fails with a fatal error and whose open transaction is aborted. Two replicas with one literal id keep throwing each other out.',
  fix: "Give each instance an id of its own that it keeps over restarts, such as one with the pod's ordinal.",
  ignoreWhen: 'the producers never run at the same time, as an active one and its standby.',
  references: [
    'https://kafka.apache.org/documentation/#producerconfigs_transactional.id',
    'KIP-98: exactly once delivery',
    'https://docs.spring.io/spring-kafka/reference/kafka/exactly-once.html',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'docker-compose.yml': `services:
  publisher:
    build: .
    deploy:
      replicas: 3
`,
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'orders',
})
producer.init_transactions()
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'docker-compose.yml': `services:
  publisher:
    build: .
`,
      'publisher.py': `from confluent_kafka import Producer

producer = Producer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'transactional.id': 'orders',
})
producer.init_transactions()
`,
    },
  },
  *check(facts) {
    const named = facts.clients.flatMap(withLiteralId)
    const told = new Set<string>()
    for (const found of shownByFiles(named, facts)) {
      // what is only guessed, the cluster may show
      if (found.confidence !== 'low') told.add(found.subject.id)
      yield found
    }
    const { cluster } = facts
    if (!cluster) return
    for (const [id, [first]] of byKey(named, (one) => one.id)) if (first && !told.has(id)) yield* byEpochs(first, cluster)
  },
})

function* shownByFiles(named: readonly Named[], facts: Facts): Generator<Finding> {
  for (const one of named) {
    const copies = replicated(one.client)
    if (copies) yield byReplicas(one, copies)
  }
  for (const sharers of byKey(named, (one) => one.id).values()) yield* byProducers(sharers, facts)
}

interface Named {
  readonly client: Client
  readonly id: string
  readonly effective: EffectiveSetting
  readonly location: Location
  /** "`transactional.id` orders", "`transaction-id-prefix` tx- (tx-0, tx-1, …)". */
  readonly told: string
}

/** A producer whose id, or prefix of ids, is one literal in every version it may be in. */
function withLiteralId(client: Client): readonly Named[] {
  const [first] = client.variants
  const stated = first && statedId(first)
  if (client.role !== 'producer' || !stated || stated.effective.value.kind !== 'known') return []
  const literal = stated.effective.value.value
  const agree = client.variants.every((variant) => {
    const value = statedId(variant)?.effective.value
    return value?.kind === 'known' && value.value === literal
  })
  if (!agree || !client.variants.some((v) => v.capabilities.transactions && !(stated.isPrefix && wantsOnePrefix(v)))) return []
  const { effective, isPrefix } = stated
  const location = 'location' in effective.origin && effective.origin.location ? effective.origin.location : client.location
  const id = String(literal)
  const told = `\`${spellingOf(first, effective.key, effective)}\` ${id}${isPrefix ? ` (${id}0, ${id}1, …)` : ''}`
  return [{ client, id, effective, location, told }]
}

function byReplicas(one: Named, copies: Replicated): Finding {
  return finding(one, {
    confidence: leastConfidence(copies.confidence, one.effective.confidence, one.client.confidence),
    message: `${one.told} is the same in all ${copies.replicas} replicas of ${copies.deployment.name}`,
    related: [{ label: `${copies.replicas} replicas`, location: copies.location }],
  })
}

/** One finding per id: at the first producer, with the others beside it. */
function* byProducers(sharers: readonly Named[], facts: Facts): Generator<Finding> {
  for (const [i, one] of sharers.entries()) {
    const others = sharers.slice(i + 1).flatMap((other) => {
      const confidence = contention(one.client, other.client, facts)
      return confidence ? [{ other, confidence }] : []
    })
    const surest = (['high', 'medium', 'low'] as const).find((c) => others.some((o) => o.confidence === c))
    if (!surest) continue
    const shown = others.filter((o) => o.confidence === surest).map((o) => o.other)
    yield finding(one, {
      confidence: leastConfidence(surest, one.effective.confidence, one.client.confidence),
      message: `${one.told} is also that of ${shown.map((o) => `${o.client.name} (${o.location.path})`).join(', ')}`,
      related: shown.map((o) => ({ label: `the same id in ${o.client.name}`, location: o.location })),
    })
    return
  }
}

/** Each producer that starts raises the epoch: twice within seconds, and two of them throw each other out. */
function* byEpochs(one: Named, cluster: ClusterFacts): Generator<Finding> {
  const confidence = belongs(one.client, cluster)
  // from version 2 on, every transaction raises it (KIP-890)
  if (!confidence || (cluster.features['transaction.version'] ?? 0) >= 2) return
  const epochs = cluster.transactions.items.find(({ id }) => id === one.id)?.epochs ?? []
  const [first, last] = [epochs[0], epochs.at(-1)]
  if (!first || !last || last.epoch - first.epoch < 2) return
  yield finding(one, {
    severity: 'warning',
    confidence: leastConfidence('medium', confidence, one.effective.confidence, one.client.confidence),
    message: `${one.told} was taken over ${last.epoch - first.epoch} times within ${tellSpan(last.at - first.at)}, by its producer epoch`,
    related: [],
    fix: 'Find out whether two producers use the id, and give each its own; or whether one starts over and over, and why it fails.',
  })
}

/** How sure it is that two producers with one id run side by side; undefined where they may well be variants of one program. */
function contention(a: Client, b: Client, facts: Facts): Confidence | undefined {
  const relation = clusterRelation(a, b)
  if (relation === 'different') return undefined
  if (isDemonstration(a.location.path) || isDemonstration(b.location.path)) return undefined
  if (a.location.path === b.location.path) return 'low'
  const oneProject = inOneProject(a, b, facts.projects)
  if (relation !== 'same' && !oneProject) return undefined
  if (a.folder !== b.folder) return relation === 'same' ? 'high' : 'medium'
  // scripts of one folder that write the same topics are most often two versions of one program
  if (topicRelation(a.topics, b.topics) !== 'disjoint') return 'low'
  return relation === 'same' ? 'high' : relation === 'unknown' ? 'medium' : 'low'
}

type Statement = Pick<Finding, 'confidence' | 'message' | 'related'> & Partial<Pick<Finding, 'severity' | 'fix'>>

function finding(one: Named, rest: Statement): Finding {
  const { client, id, location } = one
  return {
    kind: 'finding',
    subject: { kind: 'transactional-id', id, name: id },
    severity: 'error',
    why: 'Each producer that starts with the id fences the one before: its transaction is aborted, its next call fails for good, and once it restarts it fences the other in turn.',
    fix: "Give every instance its own id and let it keep it over restarts, for example from the environment with the pod's ordinal.",
    ...rest,
    location,
    related: [{ label: client.name, location: client.location }, ...rest.related],
    anchors: [client.location],
    key: id,
  }
}
