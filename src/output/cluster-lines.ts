import type { Report, ReportCluster, ReportListing } from '../engine/report.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'

/** The cluster that was asked, in the summary of the report for people. */
export function clusterLines({ cluster }: Report): readonly string[] {
  if (!cluster) return []
  const { brokers, topics, groups, transactionalIds, problems, bootstrap } = cluster
  const seen = [
    plural(brokers.length, 'broker'),
    counted(topics, 'topic'),
    counted(groups, 'group'),
    counted(transactionalIds, 'transactional id'),
  ]
  const failed = bootstrap.flatMap(({ address, failure }) => (failure ? [{ address, failure }] : []))
  return [
    `Cluster: ${cluster.clusterId === null ? 'not reached' : `${visible(cluster.clusterId)} · ${seen.join(', ')}`}${asWhom(cluster)}`,
    ...hiddenThings(cluster),
    ...(problems.length > 0
      ? problems.map(({ reason, hint }) => `  not reached: ${visible(reason)}${hint === '' ? '' : `; ${visible(hint)}`}`)
      : failed.map(({ failure }) => `  not used: ${visible(failure.reason)}; ${visible(failure.hint)}`)),
    ...requestLines(cluster),
  ]
}

const counted = ({ seen }: ReportListing, what: string) => plural(seen, what)

function asWhom({ principal }: ReportCluster): string {
  return principal === null ? '' : ` · asked as ${visible(principal)}`
}

/** Each reason once: what hides topics mostly hides groups too. */
function hiddenThings({ topics, groups, transactionalIds, clusterId }: ReportCluster): readonly string[] {
  if (clusterId === null) return []
  const reasons = [topics, groups, transactionalIds].flatMap(({ complete, reason }) => (complete || !reason ? [] : [reason]))
  return [...new Set(reasons)].map((reason) => `  not all seen: ${visible(reason)}`)
}

function requestLines({ requests }: ReportCluster): readonly string[] {
  if (!requests) return []
  const total = requests.reduce((sum, { count }) => sum + count, 0)
  const each = requests.map(({ api, version, count }) => `${api} v${version} ×${count}`)
  return [`  sent ${plural(total, 'request')}, none that changes anything: ${each.join(', ')}`]
}
