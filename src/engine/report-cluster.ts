import type { Asked, ClusterFacts, Listing, SentRequest } from '../model/cluster.ts'
import type { ReportCluster, ReportListing } from './report.ts'

/** What of a cluster's facts the report tells: who was asked and how far; the rest is in the findings and in the snapshot. */
export function reportCluster(cluster: ClusterFacts, requests: readonly SentRequest[] | undefined): ReportCluster {
  const { clusterId, service, takenAt, principal, bootstrap, brokers, topics, groups, transactions, acls, problems } = cluster
  const noAcls = missing(acls)
  return {
    clusterId,
    service,
    takenAt: new Date(takenAt).toISOString(),
    principal,
    bootstrap,
    brokers: brokers.map(({ id, host, port, reach, configs, atLeast }) => {
      const noConfigs = missing(configs)
      return {
        id,
        address: `${host}:${port}`,
        reach,
        ...(noConfigs === undefined ? {} : { configs: noConfigs }),
        ...(atLeast === undefined ? {} : { atLeast }),
      }
    }),
    topics: told(topics),
    groups: told(groups),
    transactionalIds: told(transactions),
    ...(noAcls === undefined ? {} : { acls: noAcls }),
    problems,
    ...(requests ? { requests } : {}),
  }
}

function told({ items, complete, reason }: Listing<unknown>): ReportListing {
  return { seen: items.length, complete, ...(reason === undefined ? {} : { reason }) }
}

function missing(asked: Asked<unknown>): string | undefined {
  if (asked.state === 'known') return undefined
  return asked.state === 'denied' ? `needs ${asked.needs}` : asked.reason
}
