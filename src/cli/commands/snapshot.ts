import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { planOf } from '../../audit.ts'
import { writeSnapshot } from '../../cluster/snapshot.ts'
import { type ConnectionFlags, liveCluster, namesCluster } from '../cluster.ts'
import { type Io, UsageError } from '../io.ts'
import { targetsOf } from '../paths.ts'
import { auditOptions, type InputFlags } from './audit.ts'

export interface SnapshotFlags extends ConnectionFlags, InputFlags {
  readonly output?: string
}

/** `semcheck snapshot`: what the cluster says of the things that the paths name, for audits where it cannot be reached. */
export async function snapshotCommand(paths: readonly string[], flags: SnapshotFlags, io: Io): Promise<number> {
  if (!namesCluster(flags, io))
    throw new UsageError('no cluster is named', 'pass --cluster client.properties or --bootstrap-server host:port')
  const ask = await liveCluster(flags, io, false)
  const plan = await planOf(await auditOptions(targetsOf(paths, io.cwd), flags, io))
  const { facts } = await ask(plan)
  for (const { reason, hint } of facts.problems) io.stderr(`semcheck: ${reason}${hint === '' ? '' : `\n  ${hint}`}\n`)
  if (facts.brokers.length === 0) return INCOMPLETE
  const text = writeSnapshot(facts)
  if (flags.output === undefined) io.stdout(text)
  else write(resolve(io.cwd, flags.output), flags.output, text)
  return facts.problems.length > 0 ? INCOMPLETE : 0
}

const INCOMPLETE = 3

function write(path: string, named: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`${named}: cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
