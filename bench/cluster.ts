import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../src/engine/report.ts'
import { startCluster } from '../test/kafka/cluster.ts'
import { kafkaLibraries } from '../test/kafka/libraries.ts'

export interface Size {
  readonly topics: number
  readonly groups: number
  readonly rounds: number
}

/**
 * Times an audit of a cluster of many topics and groups, whole process, beside one warm AdminClient that asks the same; then with twice the
 * groups. Prints a table.
 */
export async function benchCluster({ topics, groups, rounds }: Size, root: string): Promise<void> {
  const libraries = kafkaLibraries()
  if ('reason' in libraries) throw new Error(libraries.reason)
  const cluster = await startCluster({ heapMb: 1024 })
  const folder = mkdtempSync(join(tmpdir(), 'semcheck-bench-'))
  try {
    const [bootstrap] = cluster.bootstrap as [string]
    const java = (...args: string[]) => {
      const run = spawnSync(
        libraries.java,
        ['-Xmx512m', '-cp', libraries.classPath, join(root, 'bench/ClusterLoad.java'), ...args],
        {
          encoding: 'utf8',
        },
      )
      if (run.status !== 0) throw new Error(run.stderr)
      return run.stdout.trim().split('\n')
    }
    writeFileSync(join(folder, 'requirements.txt'), 'confluent-kafka==2.6.0\n')
    writeFileSync(join(folder, 'worker.py'), project(bootstrap))
    java('topics', bootstrap, '0', String(topics))
    row(['topics', 'groups', 'audit wall s', 'CPU s', 'peak MiB', 'requests', 'AdminClient warm s', 'audit ÷ AdminClient'])
    row(Array.from({ length: 8 }, () => '---'))
    for (const [from, to] of [
      [0, groups],
      [groups, 2 * groups],
    ] as const) {
      java('groups', bootstrap, String(from), String(to))
      const audits = Array.from({ length: rounds }, () => audit(root, folder, bootstrap))
      const warm = java('time', bootstrap, String(rounds + 3))
        .slice(3)
        .map(Number)
      const wall = median(audits.map((one) => one.wall))
      const admin = median(warm) / 1000
      const [first] = audits
      row([
        topics,
        to,
        wall.toFixed(2),
        median(audits.map((one) => one.cpu)).toFixed(2),
        Math.max(...audits.map((one) => one.peak)).toFixed(0),
        first?.requests ?? 0,
        admin.toFixed(2),
        (wall / admin).toFixed(2),
      ])
      if (to > groups) console.log(`\nRequests: ${first?.sent}`)
    }
  } finally {
    await cluster.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const row = (cells: readonly (string | number)[]) => console.log(`| ${cells.join(' | ')} |`)
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** Its own figures, as the process tells them at its end. */
const TOLD =
  'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();console.error("USED "+(u.userCPUTime+u.systemCPUTime)/1e6+" "+u.maxRSS/1024)})'

function audit(root: string, folder: string, bootstrap: string) {
  const from = performance.now()
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      TOLD,
      join(root, 'bin/semcheck.js'),
      'audit',
      folder,
      '--bootstrap-server',
      bootstrap,
      '-f',
      'json',
      '--show-requests',
    ],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  const wall = (performance.now() - from) / 1000
  const { cluster } = JSON.parse(run.stdout) as Report
  if (!cluster || cluster.problems.length > 0) throw new Error(JSON.stringify(cluster?.problems))
  const [, cpu, peak] = /USED (\S+) (\S+)/.exec(run.stderr) ?? []
  const requests = (cluster.requests ?? []).reduce((sum, { count }) => sum + count, 0)
  const sent = (cluster.requests ?? []).map(({ api, count }) => `${api} ×${count}`).join(', ')
  return { wall, cpu: Number(cpu), peak: Number(peak), requests, sent }
}

function project(bootstrap: string): string {
  return `from confluent_kafka import Consumer

consumer = Consumer({
    "bootstrap.servers": "${bootstrap}",
    "group.id": "group-1",
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
})
consumer.subscribe(["topic-1", "topic-2"])
`
}
