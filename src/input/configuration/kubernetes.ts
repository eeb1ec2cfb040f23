import type { ConfigFormat, Entry, Mapping, Node, Scalar } from '../../formats/syntax.ts'
import type { Deployment, EnvironmentEntry } from '../../model/deployment.ts'
import { known, unknown, type Value } from '../../model/value.ts'
import { lookUp } from '../../text/table.ts'
import { codeFolder } from './code-folder.ts'
import { NOTHING, type Recognised } from './declare.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { isBrokers, lastOfEachName } from './environment.ts'
import { oncePerFolder, type Surroundings } from './surroundings.ts'
import { at, entryOf, isMapping, itemsOf, plainScalar, textOf } from './tree.ts'

/** Workloads of Kubernetes manifests: one deployment for each container, with its replicas and environment. */
export function recogniseKubernetes(document: ConfigDocument, surroundings: Surroundings): Recognised {
  const resources = resourcesOf(document)
  if (!resources.some((resource) => lookUp(WORKLOADS, textOf(at(resource, 'kind')) ?? '') !== undefined)) return NOTHING
  const maps = configMapsOf(surroundings.siblings)
  return { clients: [], deployments: resources.flatMap((resource) => workload(document, resource, maps, surroundings)) }
}

const KINDS_READ =
  /^[ \t]*(?:-[ \t]+)?["']?kind["']?:[ \t]*["']?(?:Deployment|DeploymentConfig|StatefulSet|ReplicaSet|DaemonSet|Job|CronJob|Pod|ConfigMap|Secret|KafkaConnect|KafkaConnector|KafkaMirrorMaker2)\b/m

/** True for a text that holds resources, none of which is read: custom resources are large, and parsing is what costs. */
export function isOtherManifest(text: string): boolean {
  return /^["']?apiVersion["']?:/m.test(text) && !KINDS_READ.test(text)
}

/** The resources of a manifest, those inside a `List` or an OpenShift `Template` included. */
function resourcesOf({ format, roots }: ConfigDocument): readonly Node[] {
  if (format !== 'yaml' && format !== 'json') return []
  return roots.flatMap((root) => {
    const kind = textOf(at(root, 'kind'))
    if (kind === undefined || at(root, 'apiVersion') === undefined) return []
    return kind === 'List' ? itemsOf(at(root, 'items')) : kind === 'Template' ? itemsOf(at(root, 'objects')) : [root]
  })
}

interface PodPlace {
  readonly pod: readonly string[]
  readonly replicas: readonly string[]
}

const WORKLOADS: Readonly<Record<string, PodPlace>> = {
  Deployment: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  DeploymentConfig: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  StatefulSet: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  ReplicaSet: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'replicas'] },
  DaemonSet: { pod: ['spec', 'template', 'spec'], replicas: [] },
  Job: { pod: ['spec', 'template', 'spec'], replicas: ['spec', 'parallelism'] },
  CronJob: {
    pod: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
    replicas: ['spec', 'jobTemplate', 'spec', 'parallelism'],
  },
  Pod: { pod: ['spec'], replicas: [] },
}

function workload(document: ConfigDocument, resource: Node, maps: ConfigMaps, surroundings: Surroundings): readonly Deployment[] {
  const kind = textOf(at(resource, 'kind')) ?? ''
  const place = lookUp(WORKLOADS, kind)
  const named = entryOf(at(resource, 'metadata'), 'name')
  if (!place) return []
  const pod = at(resource, ...place.pod)
  const containers = itemsOf(at(pod, 'containers')).filter(isMapping)
  const name = textOf(named?.value) ?? 'unnamed'
  const replicas = replicasOf(document, kind, resource, place)
  return containers.flatMap((container, i) => {
    const image = textOf(at(container, 'image'))
    const title = containers.length === 1 ? name : `${name}/${textOf(at(container, 'name')) ?? i}`
    const { environment, open } = environmentOf(document, container, maps)
    if (isBrokers(environment.map((e) => e.name))) return []
    const context = codeFolder(name, image, surroundings)
    const deployment: Deployment = {
      id: `${document.path}#kubernetes:${kind}/${title}`,
      kind: 'kubernetes',
      name: title,
      location: locationOf(document, named?.span ?? container.span),
      ...(context !== undefined ? { context } : {}),
      ...(image !== undefined ? { image } : {}),
      ...(replicas ? { replicas } : {}),
      environment,
      environmentOpen: open || (isMapping(pod) && pod.open === true),
    }
    return [deployment]
  })
}

function replicasOf(document: ConfigDocument, kind: string, resource: Node, place: PodPlace): Deployment['replicas'] {
  const kindEntry = entryOf(resource, 'kind')
  if (kind === 'DaemonSet' && kindEntry) return { value: unknown('one per node'), location: locationOf(document, kindEntry.span) }
  const last = place.replicas.at(-1)
  const entry = last === undefined ? undefined : entryOf(at(resource, ...place.replicas.slice(0, -1)), last)
  if (!entry) return undefined
  const value = plainScalar(entry.value)?.value
  return {
    value: typeof value === 'number' ? known(value) : unknown('a template decides'),
    location: locationOf(document, entry.span),
  }
}

type ConfigMaps = ReadonlyMap<
  string,
  { readonly document: ConfigDocument; readonly entries: readonly Entry[]; readonly open: boolean }
>

/** ConfigMaps of the manifests in one folder, by name. */
const configMapsOf = oncePerFolder((documents): ConfigMaps => {
  const maps = new Map<string, { document: ConfigDocument; entries: readonly Entry[]; open: boolean }>()
  for (const document of documents)
    for (const resource of resourcesOf(document)) {
      const name = textOf(at(resource, 'metadata', 'name'))
      const data = at(resource, 'data')
      if (textOf(at(resource, 'kind')) !== 'ConfigMap' || name === undefined || !isMapping(data)) continue
      maps.set(name, { document, entries: data.entries, open: data.open === true })
    }
  return maps
})

function environmentOf(
  document: ConfigDocument,
  container: Mapping,
  maps: ConfigMaps,
): { environment: readonly EnvironmentEntry[]; open: boolean } {
  const from = at(container, 'envFrom')
  const block = at(container, 'env')
  let open = container.open === true || isOpen(from) || isOpen(block)
  const entries: EnvironmentEntry[] = []
  for (const source of itemsOf(from)) {
    // Secrets hold credentials; that one of them also sets how a client delivers is not to be expected
    if (at(source, 'secretRef') !== undefined) continue
    const map = maps.get(textOf(at(source, 'configMapRef', 'name')) ?? '')
    const prefix = textOf(at(source, 'prefix')) ?? ''
    if (!map) open = true
    else {
      open ||= map.open
      for (const entry of map.entries)
        entries.push({
          name: prefix + entry.key,
          value: literal(entry.value),
          location: locationOf(map.document, entry.span),
        })
    }
  }
  for (const item of itemsOf(block)) {
    const name = textOf(at(item, 'name'))
    if (name === undefined) open = true
    else entries.push({ name, ...variable(document, item, maps) })
  }
  return { environment: lastOfEachName(entries), open }
}

function isOpen(node: Node | undefined): boolean {
  if (node === undefined) return false
  return node.kind === 'scalar' ? node.templated === true : node.open === true
}

function variable(document: ConfigDocument, item: Node, maps: ConfigMaps): Pick<EnvironmentEntry, 'value' | 'location'> {
  const given = entryOf(item, 'value')
  if (given) return { value: expanded(given.value), location: locationOf(document, given.span) }
  const from = entryOf(item, 'valueFrom')
  const location = locationOf(document, from?.keySpan ?? item.span)
  if (from === undefined) return { value: known(''), location }
  const field = textOf(at(from.value, 'fieldRef', 'fieldPath'))
  if (field !== undefined && /^(metadata\.(name|uid)|status\.podIPs?)$/.test(field))
    return { value: { kind: 'generated', by: 'host', text: field }, location }
  const reference = at(from.value, 'configMapKeyRef')
  const map = maps.get(textOf(at(reference, 'name')) ?? '')
  const key = textOf(at(reference, 'key'))
  const entry = map?.entries.find((e) => e.key === key)
  if (map && entry) return { value: literal(entry.value), location: locationOf(map.document, entry.span) }
  const secret = at(from.value, 'secretKeyRef') !== undefined
  return { value: unknown(secret ? 'it comes from a Secret' : 'it comes from a source that was not read'), location }
}

/** Kubernetes itself substitutes `$(OTHER)`; OpenShift templates substitute `${PARAMETER}`. */
function expanded(node: Node): Value {
  const value = literal(node)
  if (value.kind !== 'known' || typeof value.value !== 'string') return value
  if (/\$\([A-Za-z_]\w*\)/.test(value.value)) return unknown('it refers to another variable')
  if (/\$\{\{?[A-Za-z_]\w*\}/.test(value.value)) return unknown('a template parameter decides')
  return value
}

/** Environment variables are strings, whatever YAML makes of them. */
function literal(node: Node): Value {
  if (node.kind !== 'scalar') return unknown('not a plain value')
  if (node.templated) return unknown('a template decides')
  return known(node.value === null ? '' : String(node.value))
}

/** A file kept in a ConfigMap, or in a Secret's plain part. */
export interface EmbeddedFile {
  readonly name: string
  /** What tells it from others in the same manifest. */
  readonly scope: string
  readonly format: ConfigFormat
  readonly text: Scalar
}

const EMBEDDED: readonly { readonly name: RegExp; readonly format: ConfigFormat }[] = [
  { name: /\.(properties|config)$/, format: 'properties' },
  { name: /\.ya?ml$/, format: 'yaml' },
  { name: /\.json$/, format: 'json' },
  { name: /\.(conf|ini)$/, format: 'ini' },
]

/** Dashboards and the like are embedded in ConfigMaps too, and large. */
const NAMES_A_CLIENT =
  /bootstrap|connector\.class|group[._-]?id|auto[._-]?offset|enable[._-]?auto|isolation|transaction|spring[.:]|\backs\b|idempotence/i

/** Files that ConfigMaps (and Secrets' `stringData`) of a manifest embed. */
export function embeddedFiles(document: ConfigDocument): readonly EmbeddedFile[] {
  return resourcesOf(document).flatMap((resource) => {
    const kind = textOf(at(resource, 'kind'))
    const data = kind === 'ConfigMap' ? at(resource, 'data') : kind === 'Secret' ? at(resource, 'stringData') : undefined
    if (!isMapping(data)) return []
    const name = textOf(at(resource, 'metadata', 'name')) ?? 'unnamed'
    return data.entries.flatMap(({ key, value }) => {
      const format = EMBEDDED.find((e) => e.name.test(key))?.format
      if (format === undefined || value.kind !== 'scalar' || typeof value.value !== 'string') return []
      if (!NAMES_A_CLIENT.test(value.value)) return []
      return [{ name: key, scope: `${kind}/${name}/${key}/`, format, text: value }]
    })
  })
}

/** True when a workload takes variables from ConfigMaps, which may stand in another manifest of the folder. */
export function refersToConfigMaps(document: ConfigDocument): boolean {
  return resourcesOf(document).some((resource) => {
    const place = lookUp(WORKLOADS, textOf(at(resource, 'kind')) ?? '')
    return (
      place !== undefined &&
      itemsOf(at(resource, ...place.pod, 'containers')).some(
        (container) =>
          itemsOf(at(container, 'envFrom')).length > 0 ||
          itemsOf(at(container, 'env')).some((item) => at(item, 'valueFrom', 'configMapKeyRef') !== undefined),
      )
    )
  })
}
