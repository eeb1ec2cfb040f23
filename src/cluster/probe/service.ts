import type { Service } from '../../model/cluster.ts'

const HOSTS: readonly (readonly [RegExp, Service])[] = [
  [/\.confluent\.cloud$/, 'confluent-cloud'],
  [/\.kafka-serverless\.[\w-]+\.amazonaws\.com(\.cn)?$/, 'msk-serverless'],
  [/\.kafka\.[\w-]+\.amazonaws\.com(\.cn)?$/, 'msk'],
  [/\.servicebus\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)$/, 'event-hubs'],
  [/\.warpstream\.com$/, 'warpstream'],
]

/** Whose Kafka it is, by the names of its hosts and of the cluster; `kafka` where its internals show, else `unknown`. */
export function serviceOf(hosts: readonly string[], clusterId: string | null, topics: readonly string[]): Service {
  for (const [pattern, service] of HOSTS) if (hosts.some((host) => pattern.test(host.toLowerCase()))) return service
  if (clusterId?.startsWith('redpanda.')) return 'redpanda'
  if (topics.some((name) => name.startsWith('kafka_internal/'))) return 'redpanda'
  return topics.includes('__consumer_offsets') || topics.includes('__cluster_metadata') ? 'kafka' : 'unknown'
}
