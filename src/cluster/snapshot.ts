import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ClusterFacts } from '../model/cluster.ts'
import { ConnectionError } from './connection-error.ts'

const text = z.string()
const count = z.int()
const failure = z.strictObject({
  kind: z.enum([
    'dns',
    'refused',
    'timeout',
    'closed',
    'tls',
    'tls-name',
    'tls-untrusted',
    'protocol',
    'sasl',
    'too-old',
    'other',
  ]),
  reason: text,
  hint: text,
})

/** An answer in its three states. */
function asked<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('known'), value }),
    z.strictObject({ state: z.literal('denied'), needs: text.describe('The right that is missing') }),
    z.strictObject({ state: z.literal('absent'), reason: text, error: text.describe("Kafka's name of it").optional() }),
  ])
}

function listing<T extends z.ZodType>(item: T) {
  return z.strictObject({
    items: z.array(item),
    complete: z.boolean().describe('Every one that exists is among the items'),
    reason: text.optional(),
  })
}

const configs = z.record(
  text,
  z.strictObject({
    value: z.nullable(text),
    source: z.enum(['topic', 'broker', 'cluster', 'static', 'default', 'group', 'unknown']),
  }),
)

const broker = z.strictObject({
  id: count,
  host: text,
  port: count,
  rack: z.nullable(text),
  reach: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('itself') }),
    z.strictObject({ kind: z.literal('unconfirmed'), reason: text }),
    z.strictObject({ kind: z.literal('other'), id: z.nullable(count) }),
    z.strictObject({ kind: z.literal('silent'), failure }),
  ]),
  configs: asked(configs),
  loadingGroups: z.boolean().optional(),
  loadingTransactions: z.boolean().optional(),
  atLeast: text.optional(),
})

const partition = z.strictObject({
  id: count,
  leader: count,
  leaderEpoch: count,
  replicas: z.array(count),
  isr: z.array(count),
  offline: z.array(count),
  error: z.nullable(text),
  offsets: asked(z.strictObject({ start: count, highWatermark: count, lastStable: count })),
  expiring: z.array(z.strictObject({ within: count.describe('Milliseconds'), below: count })).optional(),
  open: asked(
    z.array(
      z.strictObject({
        producerId: count,
        producerEpoch: count,
        lastTimestamp: count,
        startOffset: count,
        coordinatorEpoch: count,
      }),
    ),
  ).optional(),
})

const topic = z.strictObject({
  name: text,
  internal: z.boolean(),
  error: z.nullable(text),
  partitions: z.array(partition),
  configs: asked(configs),
  allowed: z.array(text).optional(),
})

const assigned = z.array(z.strictObject({ topic: text, partitions: z.array(count) }))

const group = z.strictObject({
  id: text,
  type: z.enum(['classic', 'consumer', 'share', 'streams', 'unknown']),
  protocolType: text,
  named: z.boolean().describe('The project names it'),
  coordinator: asked(count),
  description: asked(
    z.strictObject({
      state: text,
      assignor: text,
      members: z.array(
        z.strictObject({
          id: text,
          instanceId: z.nullable(text),
          clientId: text,
          host: text,
          topics: z.array(text).optional(),
          assigned: assigned.optional(),
        }),
      ),
    }),
  ),
  offsets: asked(z.array(z.strictObject({ topic: text, partition: count, offset: count, unstable: z.boolean().optional() }))),
  allowed: z.array(text).optional(),
})

const transaction = z.strictObject({
  id: text,
  named: z.boolean().describe('The project names it'),
  coordinator: asked(count),
  description: asked(
    z.nullable(
      z.strictObject({
        state: text,
        producerId: count,
        producerEpoch: count,
        startedAt: count,
        timeout: count,
        partitions: assigned,
      }),
    ),
  ),
  epochs: z.array(z.strictObject({ at: count, epoch: count })).optional(),
})

const acl = z.strictObject({
  resource: z.enum(['topic', 'group', 'cluster', 'transactional-id', 'other']),
  name: text,
  pattern: z.enum(['literal', 'prefixed']),
  principal: text,
  host: text,
  operation: text,
  permission: z.enum(['allow', 'deny']),
})

/** The one description of a snapshot: it validates what is read, and `semcheck schema snapshot` prints it as JSON Schema. */
const snapshot = z.strictObject({
  schemaVersion: z.literal(1),
  takenAt: count.describe('Milliseconds since the epoch'),
  bootstrap: z.array(z.strictObject({ address: text, failure: failure.optional() })),
  clusterId: z.nullable(text),
  service: z.enum(['kafka', 'confluent-cloud', 'msk', 'msk-serverless', 'event-hubs', 'redpanda', 'warpstream', 'unknown']),
  features: z.record(text, count),
  principal: z.nullable(text),
  brokers: z.array(broker),
  topics: listing(topic),
  groups: listing(group),
  transactions: listing(transaction),
  acls: asked(z.array(acl)),
  problems: z.array(z.strictObject({ about: text, reason: text, hint: text })),
})

export function snapshotJsonSchema(): unknown {
  return { title: 'semcheck snapshot', ...z.toJSONSchema(snapshot) }
}

/** The text of a snapshot file. */
export function writeSnapshot(facts: ClusterFacts): string {
  return `${JSON.stringify(facts, null, 2)}\n`
}

/** Reads a snapshot file. Throws ConnectionError where it is none. */
export function readSnapshot(file: string): ClusterFacts {
  let bytes: string
  try {
    bytes = readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConnectionError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? error})`)
  }
  return parseSnapshot(bytes, file)
}

export function parseSnapshot(json: string, file: string): ClusterFacts {
  let plain: unknown
  try {
    plain = JSON.parse(json)
  } catch {
    throw new ConnectionError(`${file} is no JSON`, AGAIN)
  }
  const parsed = snapshot.safeParse(plain)
  if (parsed.success) return parsed.data as ClusterFacts
  const [issue] = parsed.error.issues
  throw new ConnectionError(`${file} is no snapshot of this version: ${issue?.path.join('.') || 'it'}: ${issue?.message}`, AGAIN)
}

const AGAIN = 'write it anew: semcheck snapshot --cluster client.properties -o cluster.json'
