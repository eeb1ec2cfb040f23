import { expect } from 'vitest'
import type { Report } from '../../src/engine/report.ts'
import { folderWith, run } from '../cli/run.ts'

export interface Audited {
  readonly code: number
  readonly report: Report
  readonly err: string
  readonly ms: number
}

/** What may be sent: reading, and logging in. */
const READ_ONLY = [
  'ApiVersions',
  'ConsumerGroupDescribe',
  'DescribeAcls',
  'DescribeCluster',
  'DescribeConfigs',
  'DescribeGroups',
  'DescribeProducers',
  'DescribeTopicPartitions',
  'DescribeTransactions',
  'FindCoordinator',
  'ListGroups',
  'ListOffsets',
  'ListTransactions',
  'Metadata',
  'OffsetFetch',
  'SaslAuthenticate',
  'SaslHandshake',
]

/** Audits a project against a cluster by the real command line, `later` ms from now, and holds that it only read. */
export async function auditAgainst(
  files: Readonly<Record<string, string>>,
  connection: readonly string[],
  rest: readonly string[] = [],
  later = 0,
): Promise<Audited> {
  const folder = folderWith(files)
  const from = performance.now()
  const { code, out, err } = await run(folder, ['audit', '.', ...connection, '-f', 'json', '--show-requests', ...rest], {
    clock: () => performance.now(),
    now: new Date(Date.now() + later),
  })
  const report = JSON.parse(out) as Report
  const sent = report.cluster?.requests?.map(({ api }) => api) ?? []
  expect(sent.filter((api) => !READ_ONLY.includes(api))).toEqual([])
  return { code, report, err, ms: performance.now() - from }
}

/** `rule subject` of each finding, sorted. */
export function found({ report }: Audited): readonly string[] {
  return report.findings.map(({ rule, severity, subject }) => `${severity} ${rule} ${subject.kind} ${subject.name}`).sort()
}

/** Tries again what kafkajs gives up on while the internal topics are being made. */
export async function persistently<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

/** Waits for something that the cluster comes to by itself. */
export async function until(holds: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not so after ${milliseconds} ms`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
