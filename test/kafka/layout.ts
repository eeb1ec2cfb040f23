import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstMetadata, formatNode } from './format.ts'
import type { Libraries } from './libraries.ts'
import { type NodeProcess, nodeProcess } from './node-process.ts'
import { freePorts } from './ports.ts'
import { properties } from './properties.ts'
import type { Secured, Security, User } from './security.ts'
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

/** The nodes of a cluster, none of which runs yet. */
export interface Layout {
  readonly places: readonly Place[]
  /** One for each place. */
  readonly nodes: readonly NodeProcess[]
  /** One of the nodes, or one apart. */
  readonly controller: NodeProcess
}

/** Chooses ports, and writes the configuration and the first data of every node. */
export async function layOut(folder: string, libraries: Libraries, secured: Secured, options: ClusterOptions): Promise<Layout> {
  const { places, controllerPlace } = await choosePlaces(options.brokers ?? 1)
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
  const controller =
    nodes.find(({ id }) => id === controllerPlace.id) ??
    node(controllerPlace.id, { ...controllerSettings(controllerPlace), ...secured.everyNode }, 160)
  return { places, nodes, controller }
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
