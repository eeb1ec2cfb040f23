import type { Entry, Mapping, Node } from '../../formats/syntax.ts'
import type { Deployment, EnvironmentEntry } from '../../model/deployment.ts'
import { unknown } from '../../model/value.ts'
import { codeFolder } from './code-folder.ts'
import { workersOf } from './connect.ts'
import { merge, NOTHING, type Recognised } from './declare.ts'
import { type ConfigDocument, folderOf, locationOf, resolvePath } from './document.ts'
import { dotenvEntries, isBrokers, lastOfEachName, mappedEntry, textValue } from './environment.ts'
import { type Lookup, substitute } from './placeholders.ts'
import type { Surroundings } from './surroundings.ts'
import { at, entryOf, isMapping, itemsOf, textOf } from './tree.ts'
import { readValue } from './values.ts'

/** Services of a compose file: image or build context, replicas and environment. Brokers and their like are no part of the project. */
export function recogniseCompose(document: ConfigDocument, surroundings: Surroundings): Recognised {
  const services = servicesOf(document)
  if (services.length === 0) return NOTHING
  const variables = lookupIn(dotenvBeside(document), surroundings)
  return merge(
    services.map(({ entry, service, all }) => {
      const resolve: Resolution = { document, surroundings, variables, services: all }
      const image = substituted(at(service, 'image'), variables)
      if (image !== undefined && CONNECT_IMAGE.test(image)) return connectService(entry, service, resolve)
      if (image !== undefined && INFRASTRUCTURE.test(image)) return NOTHING
      const deployment = deploymentOf(entry, service, image, resolve)
      return isBrokers(deployment.environment.map((e) => e.name)) ? NOTHING : { clients: [], deployments: [deployment] }
    }),
  )
}

/** Files that the document refers to and that must be parsed before it is recognised. */
export function composeReferences(document: ConfigDocument): readonly string[] {
  const services = servicesOf(document)
  if (services.length === 0) return []
  return [
    dotenvBeside(document),
    ...services.flatMap(({ service }) => envFiles(document, service, () => undefined).map((f) => f.path)),
  ].filter((path) => path !== undefined)
}

/** Images that are Kafka, what it stands on, or its tools; their variables are not a client's settings. */
const INFRASTRUCTURE =
  /(^|\/)(kafka|cp-kafka|cp-server|cp-zookeeper|cp-schema-registry|cp-ksqldb-[a-z]+|cp-enterprise-[a-z-]+|cp-kafka-rest|zookeeper|kafka-ui|kafdrop|akhq|cmak|redpanda|console|kafka-exporter|kafka-native)(:|@|$)/

const CONNECT_IMAGE = /(^|\/)(cp-kafka-connect(-base)?|cp-server-connect(-base)?)(:|@|$)/

interface Resolution {
  readonly document: ConfigDocument
  readonly surroundings: Surroundings
  readonly variables: Lookup
  readonly services: Mapping
}

function servicesOf({ format, roots }: ConfigDocument): readonly { entry: Entry; service: Mapping; all: Mapping }[] {
  if (format !== 'yaml' && format !== 'json') return []
  return roots.flatMap((root) => {
    const all = at(root, 'services')
    if (!isMapping(all)) return []
    return all.entries.flatMap((entry) => {
      const service = entry.value
      const runs = ['image', 'build', 'extends'].some((key) => entryOf(service, key) !== undefined)
      return isMapping(service) && runs ? [{ entry, service, all }] : []
    })
  })
}

function deploymentOf(entry: Entry, service: Mapping, image: string | undefined, resolve: Resolution): Deployment {
  const { document } = resolve
  const { environment, open } = environmentOf(service, resolve)
  const context = contextOf(document, service, resolve.variables) ?? builtElsewhere(entry.key, service, image, resolve)
  const replicas = replicasOf(document, service, resolve.variables)
  return {
    id: `${document.path}#compose:${entry.key}`,
    kind: 'compose',
    name: entry.key,
    location: locationOf(document, entry.keySpan),
    ...(context !== undefined ? { context } : {}),
    ...(image !== undefined ? { image } : {}),
    ...(replicas ? { replicas } : {}),
    environment,
    environmentOpen: open,
  }
}

function substituted(node: Node | undefined, variables: Lookup): string | undefined {
  const text = textOf(node)
  if (text === undefined) return undefined
  const { value } = substitute(text, 'compose', variables)
  return value.kind === 'known' ? String(value.value) : undefined
}

/** Folders that hold Dockerfiles of code that lies elsewhere. */
const DOCKER_FOLDER = /(^|\/)(\.?docker(files?)?|build|deploy(ments?)?|ops|infra|ci|\.devcontainer|images?)$/i

/** The folder whose code the image holds. A Dockerfile in a folder of the context tells more than the context, which may be the whole repository. */
function contextOf(document: ConfigDocument, service: Mapping, variables: Lookup): string | undefined {
  const build = at(service, 'build')
  const text = substituted(isMapping(build) ? (at(build, 'context') ?? undefined) : build, variables)
  if (build === undefined) return undefined
  const context = text === undefined ? undefined : resolvePath(document.folder, text)
  if (context === undefined) return undefined
  const dockerfile = substituted(at(build, 'dockerfile'), variables)
  const place = dockerfile === undefined ? undefined : resolvePath(context, dockerfile)
  const folder = place === undefined ? undefined : folderOf(place)
  if (folder === undefined || DOCKER_FOLDER.test(folder)) return context
  return context === '' || folder.startsWith(`${context}/`) ? folder : context
}

/** The context of the service that builds this service's image, or else the folder of its name. */
function builtElsewhere(name: string, service: Mapping, image: string | undefined, resolve: Resolution): string | undefined {
  if (at(service, 'build') !== undefined) return undefined
  for (const { value } of resolve.services.entries)
    if (image !== undefined && at(value, 'build') !== undefined && substituted(at(value, 'image'), resolve.variables) === image)
      return contextOf(resolve.document, value as Mapping, resolve.variables)
  return codeFolder(name, image, resolve.surroundings)
}

function replicasOf(document: ConfigDocument, service: Mapping, variables: Lookup): Deployment['replicas'] {
  const mode = entryOf(at(service, 'deploy'), 'mode')
  if (mode && textOf(mode.value)?.startsWith('global'))
    return { value: unknown('one per node'), location: locationOf(document, mode.span) }
  const entry = entryOf(at(service, 'deploy'), 'replicas') ?? entryOf(service, 'scale')
  if (!entry) return undefined
  const { value } = readValue(entry.value, 'compose', variables)
  const number = value.kind === 'known' && /^\d+$/.test(String(value.value)) ? Number(value.value) : undefined
  return {
    value: number === undefined ? unknown('not a literal number') : { kind: 'known', value: number },
    location: locationOf(document, entry.span),
  }
}

/** env_file first, then the block itself, then nothing: as compose applies them. */
function environmentOf(
  service: Mapping,
  resolve: Resolution,
  depth = 0,
): { environment: readonly EnvironmentEntry[]; open: boolean } {
  const { document, surroundings, variables, services } = resolve
  let open = service.open === true
  const entries: EnvironmentEntry[] = []
  const base = extended(service, services)
  if (base === 'elsewhere' || depth > 8) open = true
  else if (base) {
    const inherited = environmentOf(base, resolve, depth + 1)
    entries.push(...inherited.environment)
    open ||= inherited.open
  }
  for (const { path, required } of envFiles(document, service, variables)) {
    const file = path === undefined ? undefined : surroundings.document(path)
    if (file) entries.push(...dotenvEntries(file))
    else if (required) open = true
  }
  const block = at(service, 'environment')
  if (isMapping(block)) {
    open ||= block.open === true
    entries.push(...block.entries.map((entry) => blockEntry(document, entry, variables)))
  }
  if (block?.kind === 'sequence') {
    open ||= block.open === true
    for (const item of block.items) {
      const listed = listedEntry(document, item, variables)
      if (listed) entries.push(listed)
      else open = true
    }
  }
  return { environment: lastOfEachName(entries), open }
}

/** A name without a value takes the shell's, which `.env` does not set. */
function blockEntry(document: ConfigDocument, entry: Entry, variables: Lookup): EnvironmentEntry {
  const passedThrough = entry.value.kind === 'scalar' && entry.value.value === null && !entry.value.templated
  return passedThrough ? shellEntry(document, entry.key, entry.span, variables) : mappedEntry(document, entry, variables)
}

function listedEntry(document: ConfigDocument, item: Node, variables: Lookup): EnvironmentEntry | undefined {
  const text = textOf(item)
  if (item.kind !== 'scalar' || text === undefined) return undefined
  const equals = text.indexOf('=')
  if (equals < 0) return shellEntry(document, text.trim(), item.span, variables)
  const value = textValue({ ...item, value: text.slice(equals + 1) }, variables)
  return { name: text.slice(0, equals).trim(), value, location: locationOf(document, item.span) }
}

function shellEntry(document: ConfigDocument, name: string, span: Node['span'], variables: Lookup): EnvironmentEntry {
  const text = variables(name)
  const value = text === undefined ? unknown(`${name} comes from the shell`) : substitute(text, 'compose', variables).value
  return { name, value, location: locationOf(document, span) }
}

function extended(service: Mapping, services: Mapping): Mapping | 'elsewhere' | undefined {
  const extension = at(service, 'extends')
  if (extension === undefined) return undefined
  if (at(extension, 'file') !== undefined) return 'elsewhere'
  const base = at(services, textOf(extension) ?? textOf(at(extension, 'service')) ?? '')
  return isMapping(base) && base !== service ? base : 'elsewhere'
}

function envFiles(
  document: ConfigDocument,
  service: Mapping,
  variables: Lookup,
): readonly { path: string | undefined; required: boolean }[] {
  const node = at(service, 'env_file')
  const items = node?.kind === 'sequence' ? itemsOf(node) : node ? [node] : []
  return items.map((item) => {
    const text = substituted(isMapping(item) ? at(item, 'path') : item, variables)
    const required = !isMapping(item) || textOf(at(item, 'required')) !== 'false'
    return { path: text === undefined ? undefined : resolvePath(document.folder, text), required }
  })
}

function dotenvBeside({ folder }: ConfigDocument): string {
  return folder === '' ? '.env' : `${folder}/.env`
}

function lookupIn(path: string, surroundings: Surroundings): Lookup {
  const file = surroundings.document(path)
  const texts = new Map<string, string>()
  for (const { name, value } of file ? dotenvEntries(file) : [])
    if (value.kind === 'known') texts.set(name, String(value.value).replaceAll('$', '$$$$'))
  return (name) => texts.get(name)
}

/** A Connect image takes its worker's settings as CONNECT_ variables: `CONNECT_CONSUMER_MAX_POLL_RECORDS` is `consumer.max.poll.records`. */
function connectService(entry: Entry, service: Mapping, { document }: Resolution): Recognised {
  const block = at(service, 'environment')
  if (!isMapping(block)) return NOTHING
  const entries = block.entries
    .filter(({ key }) => key.startsWith('CONNECT_'))
    .map((e) => ({ ...e, key: e.key.slice('CONNECT_'.length).toLowerCase().replaceAll('_', '.') }))
  const scope = `compose.${entry.key}.`
  return { clients: workersOf(document, entries, scope, locationOf(document, entry.keySpan)), deployments: [] }
}
