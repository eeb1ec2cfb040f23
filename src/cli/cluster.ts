import { resolve } from 'node:path'
import { parseDuration } from '../config/duration.ts'
import type { ClusterFacts, ClusterSource } from '../model/cluster.ts'
import { type Io, UsageError } from './io.ts'

export interface ConnectionFlags {
  /** A Kafka client properties file. */
  readonly cluster?: string
  readonly bootstrapServer?: string
  readonly timeout?: string
}

export interface ClusterFlags extends ConnectionFlags {
  readonly clusterSnapshot?: string
  readonly showRequests?: boolean
}

const BOOTSTRAP_VARIABLE = 'SEMCHECK_KAFKA_BOOTSTRAP_SERVERS'

/** For a whole look, where --timeout says nothing. */
const TIMEOUT_MS = 30_000

/** The cluster that the command line or the environment names: a snapshot, or who asks it; undefined where none is named. */
export async function clusterOf(flags: ClusterFlags, io: Io): Promise<ClusterFacts | ClusterSource | undefined> {
  const { clusterSnapshot } = flags
  if (clusterSnapshot !== undefined) {
    if (flags.cluster !== undefined || flags.bootstrapServer !== undefined)
      throw new UsageError('--cluster-snapshot stands in for a connection: leave out --cluster and --bootstrap-server')
    const { readSnapshot } = await import('../cluster/snapshot.ts')
    return usable(() => readSnapshot(resolve(io.cwd, clusterSnapshot)))
  }
  return namesCluster(flags, io) ? liveCluster(flags, io, flags.showRequests === true) : undefined
}

export function namesCluster({ cluster, bootstrapServer }: ConnectionFlags, { env }: Io): boolean {
  return cluster !== undefined || bootstrapServer !== undefined || (env[BOOTSTRAP_VARIABLE] ?? '') !== ''
}

/** Reads the connection at once, so that a mistake in it is told before anything else; connects when asked. */
export async function liveCluster(flags: ConnectionFlags, io: Io, showRequests: boolean): Promise<ClusterSource> {
  const timeout = flags.timeout === undefined ? TIMEOUT_MS : parseDuration(flags.timeout)
  if (timeout === undefined || timeout === 0)
    throw new UsageError(`--timeout ${flags.timeout}: write it as a number with ms, s or m, such as 30s`)
  const { readConnection } = await import('../cluster/connection-file.ts')
  const connection = await usable(() =>
    readConnection({
      ...(flags.cluster === undefined ? {} : { file: resolve(io.cwd, flags.cluster) }),
      ...(flags.bootstrapServer === undefined ? {} : { bootstrap: flags.bootstrapServer }),
      env: io.env,
      cwd: io.cwd,
    }),
  )
  return async (plan) => {
    const { lookAt } = await import('../cluster/look.ts')
    const progress = io.showsProgress ? progressLine(io) : undefined
    const { facts, requests } = await lookAt(connection, plan, {
      timeout,
      now: io.now,
      clock: io.clock,
      ...(progress ? { progress: progress.show } : {}),
    })
    progress?.clear()
    return showRequests ? { facts, requests } : { facts }
  }
}

async function usable<T>(read: () => T): Promise<T> {
  const { ConnectionError } = await import('../cluster/connection-error.ts')
  try {
    return read()
  } catch (error) {
    if (error instanceof ConnectionError) throw new UsageError(error.message, error.hint)
    throw error
  }
}

const CLEAR = '\r\u001b[K'

function progressLine(io: Io) {
  return {
    show: (doing: string) => io.stderr(`${CLEAR}semcheck: ${doing} …`),
    clear: () => io.stderr(CLEAR),
  }
}
