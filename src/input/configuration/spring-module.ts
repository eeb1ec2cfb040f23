import type { FileSource } from '../files.ts'

/** What can be asked of the files around an application's configuration. */
export type ModuleFiles = Pick<FileSource, 'open' | 'exists' | 'isFolder' | 'filesIn' | 'foldersIn'>

const RESOURCES = /(?:^|\/)src\/main\/resources(?:\/config)?$/
const LANGUAGES = ['java', 'kotlin', 'groovy', 'scala']
const SOURCE = /\.(?:java|kts?|groovy|scala)$/
const BUILD_FILES = ['pom.xml', 'build.gradle', 'build.gradle.kts']
/** More than a module whose code is only looked at for this is worth. */
const MOST_FILES = 400

/** Any trace of code that takes in messages: listeners, containers, consumers, reactive receivers, streams, bindings, integration flows. */
const TAKES_IN =
  /Kafka\w*(?:Listener|Consumer|Receiver|Handler|Stream)|(?:Listener|Consumer|Receiver)\w*(?:Factory|Container|Options|Properties|Customizer)|ConsumerRecord|MessageListener|StreamListener|StreamsBuilder|EnableBinding|IntegrationFlow|ReplyingKafkaTemplate|consumerFactory/

/** Frameworks that take messages in without naming Kafka in the code, or that hide which code does. */
const HIDES = /spring-cloud-(?:stream|bus|function)|spring-integration|camel|kafka-streams|axon|micronaut|quarkus|akka|pekko/

/** Publishers whose libraries bring no listeners of their own. */
const KNOWN_PUBLISHER =
  /^(?:org\.springframework(?:\.\w+)*|org\.apache\.(?:kafka|avro|commons)|com\.fasterxml\.jackson(?:\.\w+)*|org\.projectlombok|io\.micrometer|io\.confluent|org\.postgresql|com\.h2database|com\.mysql|mysql|org\.mapstruct|org\.junit(?:\.\w+)*|junit|org\.testcontainers|org\.flywaydb|org\.liquibase|org\.slf4j|ch\.qos\.logback|org\.springdoc|io\.swagger(?:\.\w+)*|jakarta\.\w+|javax\.\w+|org\.mockito|org\.assertj|org\.hibernate(?:\.\w+)*|com\.google\.guava|com\.google\.code\.gson)$/

/**
 * Whether the code of a Spring Boot module takes in messages. False only where the module's own code is all there is: nothing in it listens,
 * and its build names no library that might. Undefined where that cannot be said.
 */
export function takesInMessages(files: ModuleFiles, resources: string): boolean | undefined {
  const module = RESOURCES.test(resources) ? resources.replace(RESOURCES, '') : undefined
  if (module === undefined) return undefined
  const below = (path: string) => (module === '' ? path : `${module}/${path}`)
  const roots = LANGUAGES.map((language) => below(`src/main/${language}`)).filter((folder) => files.isFolder(folder))
  const sources = sourcesIn(files, roots)
  if (sources === undefined || sources.length === 0) return undefined
  for (const path of sources) if (TAKES_IN.test(files.open(path)?.text ?? '')) return true
  const builds = buildsOf(files, module).map((path) => files.open(path)?.text ?? '')
  return builds.length > 0 && builds.every((build) => isSelfContained(build, builds)) ? false : undefined
}

/** The build files of a module and of the folders above it, which may add to its libraries; none where the module itself has none. */
function buildsOf(files: ModuleFiles, module: string): readonly string[] {
  const parts = module === '' ? [] : module.split('/')
  const folders = [module, ...parts.map((_, i) => parts.slice(0, i).join('/')).reverse()]
  const [own = [], ...above] = folders.map((folder) =>
    BUILD_FILES.map((name) => (folder === '' ? name : `${folder}/${name}`)).filter((path) => files.exists(path)),
  )
  return own.length === 0 ? [] : [...own, ...above.flat()]
}

function sourcesIn(files: ModuleFiles, roots: readonly string[]): readonly string[] | undefined {
  const { filesIn, foldersIn } = files
  if (!filesIn || !foldersIn) return undefined
  const found: string[] = []
  const open = [...roots]
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const here = folder
    found.push(...filesIn(here).flatMap((name) => (SOURCE.test(name) ? [`${here}/${name}`] : [])))
    open.push(...foldersIn(here).map((name) => `${here}/${name}`))
    if (found.length + open.length > MOST_FILES) return undefined
  }
  return found
}

/** True when every library that a build names is one of a known publisher; catalogues and other modules of the project are not. */
function isSelfContained(build: string, all: readonly string[]): boolean {
  if (HIDES.test(build)) return false
  const parent = /<parent>([\s\S]*?)<\/parent>/.exec(build)?.[1]
  if (parent !== undefined && !/<groupId>\s*org\.springframework\.boot\s*</.test(parent)) {
    const name = /<artifactId>\s*[^<]+?\s*<\/artifactId>/.exec(parent)?.[0]
    if (name === undefined || !all.some((other) => other !== build && other.includes(name))) return false
  }
  if (build.includes('<project')) {
    const dependencies = [...build.matchAll(/<dependency>([\s\S]*?)<\/dependency>/g)]
    return dependencies.every(([, text = '']) => KNOWN_PUBLISHER.test(/<groupId>\s*([^<\s]+)/.exec(text)?.[1] ?? ''))
  }
  const lines = build
    .split('\n')
    .filter((line) => /^\s*(?:implementation|api|compile|compileOnly|runtimeOnly|annotationProcessor)\b/.test(line))
  return lines.every((line) => KNOWN_PUBLISHER.test(/["']([\w.-]+):[\w.-]+/.exec(line)?.[1] ?? ''))
}
