import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asLines, type KafkaCase } from './kafka-cases.ts'
import { compileProbe, fetchJars, jarPath, runProbe } from './maven.ts'

/** What a jar declares of one setting. `required` ones have no default. */
export interface DeclaredByJar {
  readonly type: string
  readonly default?: unknown
  readonly required?: boolean
}

/** What the real constructor did with one case. */
export interface Answer {
  readonly effective?: Readonly<Record<string, number | boolean | null>>
  readonly thrown?: readonly { readonly class: string; readonly message: string | null }[]
  readonly log: readonly string[]
}

export interface Probed {
  readonly declared: Readonly<Record<'producer' | 'consumer' | 'admin', Readonly<Record<string, DeclaredByJar>>>>
  readonly answers: readonly Answer[]
}

// 3.8.0 looks for zstd while it loads its configuration classes
const BESIDE = [
  'org.slf4j:slf4j-api:1.7.36',
  'org.slf4j:slf4j-simple:1.7.36',
  'com.github.luben:zstd-jni:1.5.6-4',
  'org.lz4:lz4-java:1.8.0',
  'org.xerial.snappy:snappy-java:1.1.10.5',
]

const artifactOf = (version: string) => `org.apache.kafka:kafka-clients:${version}`

/** Fetches the jars of all versions and what they need to load. */
export function fetchKafkaClients(cache: string, versions: readonly string[]): void {
  fetchJars(join(cache, 'jars'), [...BESIDE, ...versions.map(artifactOf)])
}

/** Runs the cases against one version. `source` is the path of Probe.java. */
export function probeKafkaClients(cache: string, source: string, version: string, cases: readonly KafkaCase[]): Probed {
  const classes = compileProbe(source, join(cache, 'classes'))
  const input = join(cache, 'kafka-cases.tsv')
  writeFileSync(input, `${asLines(cases)}\n`)
  const jars = [artifactOf(version), ...BESIDE].map((artifact) => jarPath(join(cache, 'jars'), artifact))
  const lines = runProbe('Probe', [classes, ...jars], input)
  const declared = { producer: {}, consumer: {}, admin: {} } as Record<string, Record<string, DeclaredByJar>>
  for (const line of lines)
    if (typeof line.declared === 'string') declared[line.declared] = line.settings as Record<string, DeclaredByJar>
  return {
    declared: declared as Probed['declared'],
    answers: lines.filter((line) => line.declared === undefined) as unknown as readonly Answer[],
  }
}
