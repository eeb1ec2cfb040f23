import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { firstMetadata, formatNode } from './format.ts'
import { kafkaLibraries, type Libraries } from './libraries.ts'
import { brokerIds } from './metadata.ts'
import { type NodeProcess, nodeProcess } from './node-process.ts'
import { freePorts } from './ports.ts'
import { properties } from './properties.ts'
import { type Access, accessOf, type Secured, type Security, secure, type User } from './security.ts'
import { brokerSettings, type ControllerPlace, controllerSettings, type Place } from './settings.ts'

export interface ClusterOptions {
  /** Of Kafka; the newest when left out. */
  readonly version?: string
  /** One broker is its own controller; of more, any can go, because the controller is a process of its own. */
  readonly brokers?: number
  readonly security?: Security
  /** Beside the super user `admin`. */
  readonly users?: readonly User[]
  readonly brokerConfig?: Readonly<Record<string, string>>
  readonly perBroker?: (broker: Place) => Readonly<Record<string, string>>
  /** The `host:port` that a broker tells to clients, where it is not its own. */
  readonly advertise?: (broker: Place, brokers: readonly Place[]) => string
  /** Further arguments of `kafka-storage format`, such as `--feature`. */
  readonly format?: readonly string[]
  readonly heapMb?: number
  /** A folder that stays, for processes that live on; without it all ends with this process. */
  readonly detachedIn?: string
  /** Further arguments of the JVMs. */
  readonly flags?: readonly string[]
}

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
  const libraries = kafkaLibraries(options.version)
  if ('reason' in libraries) throw new Error(libraries.reason)
  if (!options.flags) await archiveClasses(libraries)
  const folder = options.detachedIn ?? mkdtempSync(join(tmpdir(), 'semcheck-kafka-'))
  try {
    return await startIn(folder, libraries, options)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    throw error
  }
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
  const { places, controllerPlace } = await choosePlaces(options.brokers ?? 1)
  const secured = secure(folder, options.security ?? 'plaintext', options.users ?? [])
  const records = await firstMetadata(libraries, [...secured.format, ...(options.format ?? [])])

  const node = (id: number, settings: Readonly<Record<string, string>>, heapMb: number): NodeProcess => {
    const home = join(folder, `node-${id}`)
    mkdirSync(home, { recursive: true })
    formatNode(join(home, 'data'), id, id === controllerPlace.id ? records : undefined)
    const config = join(home, 'server.properties')
    writeFileSync(config, properties({ 'log.dirs': join(home, 'data'), ...settings }))
    const { flags, detachedIn } = options
    return nodeProcess({ id, config, log: join(home, 'log'), libraries, heapMb, folder, flags, detached: !!detachedIn })
  }

  const nodes = places.map((place) =>
    node(place.id, settingsOf(place, places, controllerPlace, libraries.version, secured, options), options.heapMb ?? 256),
  )
  const apart = places.some(({ id }) => id === controllerPlace.id)
    ? undefined
    : node(controllerPlace.id, { ...controllerSettings(controllerPlace), ...secured.everyNode }, 160)
  const all = apart ? [apart, ...nodes] : nodes

  const asked = () => places.filter((_, i) => nodes[i]!.pid !== undefined && !nodes[i]!.frozen)
  async function untilRegistered(ids: readonly number[], deadline = Date.now() + 30_000): Promise<void> {
    const wanted = [...ids].sort((a, b) => a - b).join()
    for (const { internalPort } of asked())
      while ((await brokerIds(internalPort).catch(() => [])).join() !== wanted) {
        if (Date.now() > deadline) throw new Error(`the brokers are not ${wanted} after 30 s`)
        await sleep(50)
      }
  }

  const close = async () => {
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

  const brokers = places.map((place, i) => brokerOf(place, nodes[i]!, async () => untilRegistered(asked().map(({ id }) => id))))
  const bootstrap = places.map(({ host, port }) => `${host}:${port}`)
  return {
    version: libraries.version,
    bootstrap,
    brokers,
    controller: apart ?? brokers[0]!,
    folder,
    ...accessOf(folder, bootstrap, secured),
    registered: async () => {
      const [first] = asked()
      return first ? brokerIds(first.internalPort) : []
    },
    untilRegistered,
    close,
  }
}

async function choosePlaces(count: number): Promise<{ places: readonly Place[]; controllerPlace: ControllerPlace }> {
  const [controllerPort, ...ports] = await freePorts(1 + 2 * count)
  const places = Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    host: '127.0.0.1',
    port: ports[2 * i]!,
    internalPort: ports[2 * i + 1]!,
  }))
  return { places, controllerPlace: { id: count === 1 ? 1 : 100, port: controllerPort! } }
}

function settingsOf(
  place: Place,
  places: readonly Place[],
  controller: ControllerPlace,
  version: string,
  secured: Secured,
  options: ClusterOptions,
): Readonly<Record<string, string>> {
  const advertised = options.advertise?.(place, places) ?? `${place.host}:${place.port}`
  return {
    ...brokerSettings(version, place, places.length, controller, secured.protocol, advertised),
    ...secured.everyNode,
    ...secured.brokers,
    ...options.brokerConfig,
    ...options.perBroker?.(place),
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
