import type { Asked, Broker, Configs, ConfigValue, Failure, Reach } from '../../model/cluster.ts'
import type { SocketGuard } from '../guard.ts'
import type { Access, Address, Deadline, Link } from '../link.ts'
import { LinkError, openLink } from '../link.ts'
import { describeConfigs } from '../wire/describe-configs.ts'
import { API } from '../wire/request.ts'
import { absent, known, refusal } from './asked.ts'

/** The broker settings that decide what is delivered. */
const SETTINGS = [
  'allow.everyone.if.no.acl.found',
  'auto.create.topics.enable',
  'broker.rack',
  'default.replication.factor',
  'group.coordinator.rebalance.protocols',
  'log.retention.ms',
  'min.insync.replicas',
  'num.partitions',
  'offsets.retention.minutes',
  'offsets.topic.num.partitions',
  'offsets.topic.replication.factor',
  'super.users',
  'transaction.max.timeout.ms',
  'transaction.partition.verification.enable',
  'transaction.state.log.min.isr',
  'transaction.state.log.num.partitions',
  'transaction.state.log.replication.factor',
  'transactional.id.expiration.ms',
  'unclean.leader.election.enable',
]

export const TOPIC_RESOURCE = 2
const BROKER_RESOURCE = 4

const INVALID_REQUEST = 42

/** A broker of the metadata. */
export interface Advertised extends Address {
  readonly id: number
  readonly rack: string | null
}

export interface Met {
  readonly broker: Broker
  /** Absent where nothing answers there, or another broker does. */
  readonly link?: Link
}

/**
 * Connects to a broker at the address it advertises and makes it say who it is: a broker refuses to describe the configuration of another.
 */
export async function meetBroker(advertised: Advertised, access: Access, guard: SocketGuard, deadline: Deadline): Promise<Met> {
  const { id, host, port, rack } = advertised
  const about = { id, host, port, rack }
  let link: Link
  try {
    link = await openLink({ host, port }, access, guard, deadline)
  } catch (error) {
    const reach: Reach = { kind: 'silent', failure: failureOf(error) }
    return { broker: { ...about, reach, configs: absent('the broker does not answer') } }
  }
  const { reach, configs } = await introduce(link, id)
  if (reach.kind === 'other' || reach.kind === 'silent') {
    await link.close()
    return { broker: { ...about, reach, configs } }
  }
  const atLeast = leastRelease(link)
  return { broker: { ...about, reach, configs, ...(atLeast === undefined ? {} : { atLeast }) }, link }
}

async function introduce(link: Link, id: number): Promise<{ reach: Reach; configs: Asked<Configs> }> {
  if (!link.speaks(describeConfigs)) {
    const reason = 'it does not describe configurations'
    return { reach: { kind: 'unconfirmed', reason }, configs: absent(reason) }
  }
  try {
    const { results } = await link.ask(describeConfigs, {
      resources: [{ type: BROKER_RESOURCE, name: String(id), keys: SETTINGS }],
    })
    const [result] = results
    if (!result) return { reach: { kind: 'unconfirmed', reason: 'it gave no answer' }, configs: absent('no answer') }
    if (result.error === 0) return { reach: { kind: 'itself' }, configs: known(configsOf(result.entries)) }
    const other = /expected:? (-?\d+)/i.exec(result.message ?? '')
    if (result.error === INVALID_REQUEST && other)
      return { reach: { kind: 'other', id: Number(other[1]) }, configs: absent('another broker answers there') }
    const configs = refusal<Configs>(result.error, 'DescribeConfigs on Cluster', result.message)
    const reason = configs.state === 'denied' ? `needs ${configs.needs}` : configs.state === 'absent' ? configs.reason : ''
    return { reach: { kind: 'unconfirmed', reason }, configs }
  } catch (error) {
    return { reach: { kind: 'silent', failure: failureOf(error) }, configs: absent('the broker does not answer') }
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof LinkError) return error.failure
  return { kind: 'other', reason: error instanceof Error ? error.message : String(error), hint: 'report it if it stays' }
}

const SOURCES: Readonly<Record<number, ConfigValue['source']>> = {
  1: 'topic',
  2: 'broker',
  3: 'cluster',
  4: 'static',
  5: 'default',
  8: 'group',
}

/** Settings by name. What the broker keeps secret it does not tell. */
export function configsOf(
  entries: readonly { readonly name: string; readonly value: string | null; readonly source: number }[],
): Configs {
  return Object.fromEntries(entries.map(({ name, value, source }) => [name, { value, source: SOURCES[source] ?? 'unknown' }]))
}

/** The release that brought a request: who speaks it is at least that new. Of the message definitions, by Kafka's tags. */
const BROUGHT_BY: readonly (readonly [number, string])[] = [
  [API.DescribeTopicPartitions, '3.8'],
  [API.ConsumerGroupDescribe, '3.7'],
  [API.ListTransactions, '3.0'],
  [API.DescribeCluster, '2.8'],
  [48, '2.6'],
  [46, '2.4'],
]

function leastRelease({ versions }: Link): string | undefined {
  return BROUGHT_BY.find(([key]) => versions.has(key))?.[1]
}
