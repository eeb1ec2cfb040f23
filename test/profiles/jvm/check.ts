import { join } from 'node:path'
import { BOOT_CASES } from './boot-cases.ts'
import { compareBoot, probeBoot } from './boot-compare.ts'
import { CONNECT_CASES, compareConnect, probeConnect } from './connect-compare.ts'
import { KAFKA_CASES } from './kafka-cases.ts'
import { type Comparison, compareKafkaClients } from './kafka-compare.ts'
import { fetchKafkaClients, probeKafkaClients } from './kafka-probe.ts'
import { isInstalled } from './maven.ts'

/** The first and the last of every class of kafka-clients versions, and the newest. */
export const KAFKA_CLIENTS_VERSIONS: readonly string[] = [
  '0.10.0.1',
  '0.10.2.2',
  '0.11.0.3',
  '1.1.1',
  '2.0.1',
  '2.1.1',
  '2.2.2',
  '2.8.2',
  '3.0.0',
  '3.0.1',
  '3.0.2',
  '3.1.0',
  '3.1.1',
  '3.2.3',
  '3.7.2',
  '3.9.1',
  '4.0.0',
  '4.1.2',
  '4.2.2',
  '4.4.0',
]

export const SPRING_BOOT_VERSIONS: readonly string[] = [
  '2.1.18.RELEASE',
  '2.2.13.RELEASE',
  '2.3.12.RELEASE',
  '2.6.4',
  '2.7.18',
  '3.0.13',
  '3.5.16',
  '4.0.9',
  '4.1.2',
]

export const KAFKA_CONNECT_VERSIONS: readonly string[] = [
  '2.3.1',
  '2.8.2',
  '3.0.0',
  '3.0.1',
  '3.0.2',
  '3.1.0',
  '3.1.1',
  '3.9.1',
  '4.3.1',
]

/** One row of the table in docs/profiles.md. */
export interface Row extends Comparison {
  readonly library: string
  readonly version: string
}

/** True when the tools are there that the check needs; else says which is not. */
export function missingTool(): string | undefined {
  return ['java', 'javac', 'mvn'].find((tool) => !isInstalled(tool))
}

/** Compares the profile with the real jars of each version. `sources` is the folder of the probes' Java files. */
export function checkKafkaClients(cache: string, sources: string, versions: readonly string[]): readonly Row[] {
  fetchKafkaClients(cache, versions)
  return versions.map((version) => {
    const probed = probeKafkaClients(cache, join(sources, 'Probe.java'), version, KAFKA_CASES)
    return { library: 'kafka-clients', version, ...compareKafkaClients(version, KAFKA_CASES, probed) }
  })
}

export function checkSpringBoot(cache: string, sources: string, versions: readonly string[]): readonly Row[] {
  return versions.map((version) => {
    const probed = probeBoot(cache, join(sources, 'BootProbe.java'), version, BOOT_CASES)
    return { library: 'Spring Boot', version, ...compareBoot(version, BOOT_CASES, probed) }
  })
}

export function checkKafkaConnect(cache: string, sources: string, versions: readonly string[]): readonly Row[] {
  return versions.map((version) => {
    const probed = probeConnect(cache, join(sources, 'ConnectProbe.java'), version, CONNECT_CASES)
    return { library: 'Kafka Connect', version, ...compareConnect(version, CONNECT_CASES, probed) }
  })
}

/** The Markdown table of docs/profiles.md. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ library, version, facts, disagreements }) => `| ${library} | ${version} | ${facts} | ${disagreements.length} |`,
  )
  return ['| library | version | facts compared | disagreements |', '| --- | --- | ---: | ---: |', ...lines].join('\n')
}

const CHECKS = {
  'kafka-clients': [checkKafkaClients, KAFKA_CLIENTS_VERSIONS],
  'spring-boot': [checkSpringBoot, SPRING_BOOT_VERSIONS],
  'kafka-connect': [checkKafkaConnect, KAFKA_CONNECT_VERSIONS],
} as const

/** All checks, or those of one library, at the versions given or the usual ones. */
export function runChecks(cache: string, sources: string, library?: string, versions: readonly string[] = []): readonly Row[] {
  return Object.entries(CHECKS)
    .filter(([name]) => library === undefined || name === library)
    .flatMap(([, [check, usual]]) => check(cache, sources, versions.length > 0 ? versions : usual))
}
