import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fetchClassPath, isInstalled } from '../profiles/jvm/maven.ts'

/** The broker that tests run against, and the last of the line before, which many still have. */
export const NEWEST = '4.4.0'
export const LAST_OF_3 = '3.9.2'

/** What it takes to run Kafka. */
export interface Libraries {
  readonly version: string
  /** The folder in the cache of this version: `lib/` with the jars, and what was made from them. */
  readonly folder: string
  readonly java: string
  readonly classPath: string
  /** Where the JVM keeps its loaded classes for the next start; bound to the JVM that wrote it. */
  readonly archive: string
}

export interface Unavailable {
  readonly reason: string
}

/** Where Kafka is kept between runs: `SEMCHECK_KAFKA_CACHE`, or in the user's cache. */
export function cacheFolder(): string {
  return process.env.SEMCHECK_KAFKA_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'semcheck')
}

const known = new Map<string, Libraries | Unavailable>()

/** Kafka's own jars, fetched by Maven at the first call; or why they cannot be had. */
export function kafkaLibraries(version: string = NEWEST): Libraries | Unavailable {
  const found = known.get(version) ?? find(version)
  known.set(version, found)
  return found
}

function find(version: string): Libraries | Unavailable {
  const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java'
  const { status, stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' })
  if (status !== 0) return { reason: 'java is not installed' }
  const major = Number(/version "(\d+)/.exec(stderr)?.[1])
  if (!(major >= 17)) return { reason: `Kafka needs Java 17, this is ${major}` }
  const folder = join(cacheFolder(), `kafka-${version}`)
  if (!existsSync(join(folder, 'lib'))) {
    if (!isInstalled('mvn')) return { reason: 'mvn is not installed, and Kafka is not in the cache' }
    try {
      fetch(version, folder)
    } catch (error) {
      return { reason: `Kafka ${version} cannot be fetched: ${(error as Error).message}` }
    }
  }
  // in a fixed order, because the archive of classes holds for one class path
  const jars = readdirSync(join(folder, 'lib')).sort()
  const jvm = createHash('sha256').update(stderr).digest('hex').slice(0, 12)
  return {
    version,
    folder,
    java,
    classPath: jars.map((jar) => join(folder, 'lib', jar)).join(delimiter),
    archive: join(folder, `classes-${jvm}.jsa`),
  }
}

/** Kafka declares only the facade of its logging; 3.9 wants Log4j 1, and 4 wants Log4j 2. */
function artifacts(version: string): readonly string[] {
  const kafka = `org.apache.kafka:kafka_2.13:${version}`
  return version.startsWith('3.')
    ? [kafka, 'org.slf4j:slf4j-reload4j:1.7.36', 'ch.qos.reload4j:reload4j:1.2.25']
    : [kafka, 'org.apache.logging.log4j:log4j-slf4j-impl:2.25.4', 'org.apache.logging.log4j:log4j-core:2.25.4']
}

const LOG4J_1 = `log4j.rootLogger=INFO, out
log4j.appender.out=org.apache.log4j.ConsoleAppender
log4j.appender.out.layout=org.apache.log4j.PatternLayout
log4j.appender.out.layout.ConversionPattern=[%d] %p %m (%c{1})%n
`
const LOG4J_2 = `rootLogger.level=INFO
rootLogger.appenderRef.out.ref=out
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=[%d] %p %m (%c{1})%n
`

/** Fetches aside and moves into place, so that an interrupted fetch leaves nothing and a second one at the same time does no harm. */
function fetch(version: string, folder: string): void {
  mkdirSync(cacheFolder(), { recursive: true })
  const aside = mkdtempSync(`${folder}-`)
  try {
    fetchClassPath(aside, undefined, artifacts(version))
    writeFileSync(join(aside, 'log4j.properties'), LOG4J_1)
    writeFileSync(join(aside, 'log4j2.properties'), LOG4J_2)
    renameSync(aside, folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(join(folder, 'lib'))) throw error
  }
}

/** The JVM's arguments before the main class: small, quick to start. */
export function jvmFlags(libraries: Libraries, heapMb: number): readonly string[] {
  return [
    `-Xmx${heapMb}m`,
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    '-Xlog:disable',
    '-Xlog:all=error:stderr',
    `-Dlog4j.configuration=file:${join(libraries.folder, 'log4j.properties')}`,
    `-Dlog4j2.configurationFile=${join(libraries.folder, 'log4j2.properties')}`,
    ...(existsSync(libraries.archive) ? [`-XX:SharedArchiveFile=${libraries.archive}`] : []),
  ]
}
