import type { Topics } from '../model/client.ts'
import type { Client } from '../model/facts.ts'
import type { Project } from '../model/project.ts'

/**
 * Whether two clients talk to one cluster. `same`: their bootstrap servers share a host that names one cluster everywhere;
 * `local`: they share one that means another machine on every machine (`localhost`, a compose service's name), so only within one project;
 * `unknown`: for at least one of them nothing is known, or both are local under different names.
 */
export type ClusterRelation = 'same' | 'local' | 'unknown' | 'different'

export function clusterRelation(a: Client, b: Client): ClusterRelation {
  if (a.cluster === undefined || b.cluster === undefined) return 'unknown'
  return relationOf(a.cluster.split(','), b.cluster.split(','), deployedTogether(a, b))
}

/** The same for two lists of `host:port`; `oneNetwork` when bare host names mean one machine for both. */
export function relationOf(left: readonly string[], right: readonly string[], oneNetwork: boolean): ClusterRelation {
  const shared = left.filter((host) => right.includes(host))
  if (shared.some((host) => !isLocal(host) || (!isLoopback(host) && oneNetwork))) return 'same'
  if (shared.length > 0) return 'local'
  // the same broker is `localhost:9092` from the host and `kafka:29092` from a container
  return left.every(isLocal) && right.every(isLocal) ? 'unknown' : 'different'
}

/** Services of one compose file or manifest share a network, in which a bare host name means one machine. */
function deployedTogether(a: Client, b: Client): boolean {
  const files = new Set(a.deployments.filter((d) => d.kind !== 'dotenv').map((d) => d.location.path))
  return b.deployments.some((d) => files.has(d.location.path))
}

/** A host without a domain (`kafka:9092`, `localhost`) or a loopback address: it names another cluster on every machine and network. */
function isLocal(server: string): boolean {
  const host = hostOf(server)
  return isLoopback(server) || !/[.:]/.test(host) || host === 'host.docker.internal'
}

function isLoopback(server: string): boolean {
  return /^(localhost$|127\.|0\.0\.0\.0$|::1$)/.test(hostOf(server))
}

function hostOf(server: string): string {
  return server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
}

/** The outermost folder with a manifest at or above a folder: modules of one build are one project. */
export function projectRoot(folder: string, projects: readonly Project[]): string {
  let root = folder
  for (const { path } of projects)
    if ((path === '' || folder === path || folder.startsWith(`${path}/`)) && path.length < root.length) root = path
  return root
}

export function inOneProject(a: Client, b: Client, projects: readonly Project[]): boolean {
  return projectRoot(a.folder, projects) === projectRoot(b.folder, projects)
}

/** Code that shows how a thing is done, each script on its own: nothing in it runs beside the rest. */
export function isDemonstration(path: string): boolean {
  return path
    .split('/')
    .some((part) => /^(examples?|samples?|demos?|tutorials?|quickstarts?|playground|snippets|exercises?)$/i.test(part))
}

/** `overlap`: both read or write a topic of the same name; `unknown`: for one of them the names are not all known. */
export type TopicRelation = 'overlap' | 'disjoint' | 'unknown'

export function topicRelation(a: Topics, b: Topics): TopicRelation {
  if (a.kind === 'known' && b.kind === 'known') return a.names.some((name) => b.names.includes(name)) ? 'overlap' : 'disjoint'
  return 'unknown'
}

/** The topics that two clients share by name. */
export function sharedTopics(a: Topics, b: Topics): readonly string[] {
  return a.kind === 'known' && b.kind === 'known' ? a.names.filter((name) => b.names.includes(name)) : []
}

/** Items by a common key, in the order of the first of each. */
export function byKey<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
