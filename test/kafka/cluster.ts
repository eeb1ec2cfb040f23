import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClusterOptions, layOut } from './layout.ts'
import { kafkaLibraries, type Libraries } from './libraries.ts'
import { brokerIds } from './metadata.ts'
import type { NodeProcess } from './node-process.ts'
import { type Access, accessOf, secure } from './security.ts'
import type { Place } from './settings.ts'

export type { ClusterOptions } from './layout.ts'

export interface Broker extends NodeProcess, Place {}

export interface Cluster extends Access {
  readonly version: string
  /** `host:port` where the brokers listen. */
  readonly bootstrap: readonly string[]
  readonly brokers: readonly Broker[]
  /** The first broker where there is only one. */
  readonly controller: NodeProcess
  readonly folder: string
  /** The ids of the brokers that a running broker tells of. */
  registered(): Promise<readonly number[]>
  /** Resolves when these are the brokers that every running one tells of; a frozen one cannot be asked. */
  untilRegistered(ids: readonly number[]): Promise<void>
  /** Ends every process and removes the folder. */
  close(): Promise<void>
}

/** Starts Kafka on the loopback. Throws where it cannot be had: `kafkaLibraries` says why. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const libraries = await prepare(options.version, options.flags)
  const folder = options.detachedIn ?? mkdtempSync(join(tmpdir(), 'semcheck-kafka-'))
  try {
    return await startIn(folder, libraries, options)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    throw error
  }
}

/** Does what is done only once for a version. */
export async function prepare(version?: string, flags?: readonly string[]): Promise<Libraries> {
  const libraries = kafkaLibraries(version)
  if ('reason' in libraries) throw new Error(libraries.reason)
  if (!flags) await archiveClasses(libraries)
  return libraries
}

/**
 * Starts a broker once to write down the classes that it loads: every later start takes half the time. Two at the same time do no harm.
 */
async function archiveClasses({ version, archive }: Libraries): Promise<void> {
  if (existsSync(archive)) return
  const aside = `${archive}.${process.pid}`
  const cluster = await startCluster({ version, flags: [`-XX:ArchiveClassesAtExit=${aside}`] })
  try {
    await cluster.controller.stop()
    if (existsSync(aside)) renameSync(aside, archive)
  } finally {
    await cluster.close()
    rmSync(aside, { force: true })
  }
}

async function startIn(folder: string, libraries: Libraries, options: ClusterOptions): Promise<Cluster> {
  const secured = secure(folder, options.security ?? 'plaintext', options.users ?? [])
  const { places, nodes, controller } = await layOut(folder, libraries, secured, options)
  const all = [...new Set([controller, ...nodes])]

  const asked = () => places.filter((_, i) => nodes[i]!.pid !== undefined && !nodes[i]!.frozen)
  async function untilRegistered(ids: readonly number[]): Promise<void> {
    const wanted = [...ids].sort((a, b) => a - b).join()
    const deadline = Date.now() + 30_000
    for (const { internalPort } of asked())
      while ((await brokerIds(internalPort).catch(() => [])).join() !== wanted) {
        if (Date.now() > deadline) throw new Error(`the brokers are not ${wanted} after 30 s`)
        await sleep(50)
      }
  }

  async function close(): Promise<void> {
    await Promise.all(all.map((one) => one.kill()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }

  try {
    await Promise.all(all.map((one) => one.start()))
    await untilRegistered(places.map(({ id }) => id))
  } catch (error) {
    await close()
    throw error
  }

  const brokers = places.map((place, i) => brokerOf(place, nodes[i]!, () => untilRegistered(asked().map(({ id }) => id))))
  const bootstrap = places.map(({ host, port }) => `${host}:${port}`)
  return {
    version: libraries.version,
    bootstrap,
    brokers,
    controller: brokers.find(({ id }) => id === controller.id) ?? controller,
    folder,
    ...accessOf(folder, bootstrap, secured),
    async registered() {
      const [first] = asked()
      return first ? brokerIds(first.internalPort) : []
    },
    untilRegistered,
    close,
  }
}

function brokerOf(place: Place, node: NodeProcess, untilSeen: () => Promise<void>): Broker {
  return {
    ...place,
    config: node.config,
    log: node.log,
    get pid() {
      return node.pid
    },
    get frozen() {
      return node.frozen
    },
    start: async () => {
      await node.start()
      await untilSeen()
    },
    stop: node.stop,
    kill: node.kill,
    freeze: node.freeze,
    thaw: node.thaw,
  }
}
