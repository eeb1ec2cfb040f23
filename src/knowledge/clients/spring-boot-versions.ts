import { compareVersions } from '../../model/version.ts'
import type { History, Since } from '../history.ts'

/** Newest release of Spring Boot whose dependencies and configuration metadata were read. */
export const SPRING_BOOT_NEWEST = '4.1.2'

/**
 * What Spring Boot brings, by its own releases: `patch:kafka-clients/spring-kafka` of a minor release, where one of them changes. From
 * spring-boot-dependencies at every release 1.5.0 … 4.1.2; before 2.0.2, which does not manage kafka-clients, from spring-kafka's own pom.
 */
const MANAGED: Readonly<Record<string, string>> = {
  '1.5': '0:0.10.1.1/1.1.2 2:0.10.1.1/1.1.3 3:0.10.1.1/1.1.4 4:0.10.1.1/1.1.6 8:0.10.1.1/1.1.7 11:0.10.1.1/1.1.8',
  '2.0': '0:1.0.0/2.1.4 1:1.0.1/2.1.5 2:1.0.1/2.1.6 3:1.0.1/2.1.7 4:1.0.2/2.1.8 5:1.0.2/2.1.10 7:1.0.2/2.1.11 8:1.0.2/2.1.12',
  '2.1': `0:2.0.0/2.2.0 1:2.0.1/2.2.2 2:2.0.1/2.2.3 3:2.0.1/2.2.4 4:2.0.1/2.2.5 5:2.0.1/2.2.6 6:2.0.1/2.2.7 7:2.0.1/2.2.8 9:2.0.1/2.2.9
    10:2.0.1/2.2.11 12:2.0.1/2.2.12 14:2.0.1/2.2.13 15:2.0.1/2.2.14`,
  '2.2': `0:2.3.0/2.3.1 1:2.3.1/2.3.3 2:2.3.1/2.3.4 3:2.3.1/2.3.5 5:2.3.1/2.3.6 6:2.3.1/2.3.7 7:2.3.1/2.3.8 8:2.3.1/2.3.9 9:2.3.1/2.3.10
    10:2.3.1/2.3.11 11:2.3.1/2.3.12 12:2.3.1/2.3.13`,
  '2.3': `0:2.5.0/2.5.0 1:2.5.0/2.5.2 2:2.5.0/2.5.4 3:2.5.1/2.5.5 4:2.5.1/2.5.6 5:2.5.1/2.5.7 6:2.5.1/2.5.8 7:2.5.1/2.5.10 8:2.5.1/2.5.11
    10:2.5.1/2.5.12 11:2.5.1/2.5.13 12:2.5.1/2.5.14`,
  '2.4': `0:2.6.0/2.6.3 1:2.6.0/2.6.4 2:2.6.0/2.6.5 3:2.6.0/2.6.6 4:2.6.0/2.6.7 6:2.6.2/2.6.8 7:2.6.2/2.6.9 10:2.6.2/2.6.10 12:2.6.2/2.6.11
    13:2.6.3/2.6.12`,
  '2.5': `0:2.7.1/2.7.1 1:2.7.1/2.7.2 2:2.7.1/2.7.3 3:2.7.1/2.7.4 4:2.7.1/2.7.6 5:2.7.1/2.7.7 6:2.7.1/2.7.8 7:2.7.2/2.7.9 9:2.7.2/2.7.10
    10:2.7.2/2.7.11 11:2.7.2/2.7.12 13:2.7.2/2.7.13 14:2.7.2/2.7.14`,
  '2.6': `0:3.0.0/2.8.0 2:3.0.0/2.8.1 3:3.0.0/2.8.2 4:3.0.0/2.8.3 5:3.0.1/2.8.4 7:3.0.1/2.8.5 8:3.0.1/2.8.6 9:3.0.1/2.8.7 10:3.0.1/2.8.8
    12:3.0.2/2.8.9 13:3.0.2/2.8.10 14:3.0.2/2.8.11`,
  '2.7': '0:3.1.1/2.8.6 1:3.1.1/2.8.7 2:3.1.1/2.8.8 4:3.1.2/2.8.9 5:3.1.2/2.8.10 6:3.1.2/2.8.11',
  '3.0': `0:3.3.1/3.0.0 1:3.3.1/3.0.1 2:3.3.2/3.0.2 3:3.3.2/3.0.3 4:3.3.2/3.0.4 5:3.3.2/3.0.5 6:3.3.2/3.0.6 7:3.3.2/3.0.7 8:3.3.2/3.0.8
    9:3.3.2/3.0.9 10:3.3.2/3.0.10 11:3.3.2/3.0.11 12:3.3.2/3.0.12 13:3.3.2/3.0.13`,
  '3.1': `0:3.4.0/3.0.7 1:3.4.1/3.0.8 2:3.4.1/3.0.9 3:3.4.1/3.0.10 4:3.4.1/3.0.11 5:3.4.1/3.0.12 6:3.4.1/3.0.13 9:3.4.1/3.0.14
    10:3.4.1/3.0.15 11:3.4.1/3.0.16 12:3.4.1/3.0.17`,
  '3.2': `0:3.6.0/3.1.0 1:3.6.1/3.1.1 3:3.6.1/3.1.2 4:3.6.1/3.1.3 5:3.6.2/3.1.4 6:3.6.2/3.1.5 7:3.6.2/3.1.6 8:3.6.2/3.1.7 9:3.6.2/3.1.8
    10:3.6.2/3.1.9 12:3.6.2/3.1.10`,
  '3.3': `0:3.7.0/3.2.0 1:3.7.0/3.2.1 2:3.7.1/3.2.2 3:3.7.1/3.2.3 4:3.7.1/3.2.4 6:3.7.1/3.2.5 7:3.7.2/3.2.6 9:3.7.2/3.2.7 10:3.7.2/3.2.8
    12:3.7.2/3.2.9 13:3.7.2/3.2.10`,
  '3.4': `0:3.8.1/3.3.0 1:3.8.1/3.3.1 2:3.8.1/3.3.2 3:3.8.1/3.3.3 4:3.8.1/3.3.4 5:3.8.1/3.3.5 6:3.8.1/3.3.6 7:3.8.1/3.3.7 8:3.8.1/3.3.8
    9:3.8.1/3.3.9 10:3.8.1/3.3.10 12:3.8.1/3.3.11`,
  '3.5': `0:3.9.1/3.3.6 1:3.9.1/3.3.7 4:3.9.1/3.3.8 5:3.9.1/3.3.9 6:3.9.1/3.3.10 8:3.9.1/3.3.11 10:3.9.1/3.3.12 11:3.9.1/3.3.13
    12:3.9.2/3.3.14 14:3.9.2/3.3.15 15:3.9.2/3.3.16`,
  '4.0': `0:4.1.1/4.0.0 1:4.1.1/4.0.1 2:4.1.1/4.0.2 3:4.1.1/4.0.3 4:4.1.2/4.0.4 6:4.1.2/4.0.5 7:4.1.2/4.0.6 8:4.1.2/4.0.7
    9:4.1.2/4.0.8`,
  '4.1': '0:4.2.1/4.1.0 1:4.2.1/4.1.1 2:4.2.2/4.1.2',
}

interface Managed {
  readonly boot: string
  readonly kafkaClients: string
  readonly springKafka: string
}

const ROWS: readonly Managed[] = Object.entries(MANAGED).flatMap(([minor, changes]) =>
  changes.split(/\s+/).map((change) => {
    const [patch, libraries = ''] = change.split(':')
    const [kafkaClients = '', springKafka = ''] = libraries.split('/')
    return { boot: `${minor}.${patch}`, kafkaClients, springKafka }
  }),
)

function managedBy(boot: string): Managed {
  return ROWS.findLast((row) => compareVersions(row.boot, boot) <= 0) ?? (ROWS[0] as Managed)
}

/** The kafka-clients version that a release of Spring Boot brings, where the project does not override it. */
export function bootToKafkaClients(boot: string): string {
  return managedBy(boot).kafkaClients
}

/** The spring-kafka version that a release of Spring Boot brings, where the project does not override it. */
export function bootToSpringKafka(boot: string): string {
  return managedBy(boot).springKafka
}

/** `2.1.4.RELEASE`, `3.0.0-RC1`, `4.0.0-SNAPSHOT` by the number alone: milestones manage what their release does, or nearly. */
export function normaliseBootVersion(version: string): string {
  return /^v?(\d+(?:\.\d+)*)/.exec(version.trim())?.[1] ?? version
}

/** A history by kafka-clients version as one by Spring Boot version. */
export function bootHistory<T>(history: History<T>): History<T> {
  const bound: Since<T>[] = []
  let last: Since<T> | undefined
  for (const [i, { boot, kafkaClients }] of ROWS.entries()) {
    const entry = history.findLast(({ since }) => compareVersions(since, kafkaClients) <= 0)
    if (!entry || entry === last) continue
    last = entry
    const since = i === 0 ? '0' : boot
    bound.push({
      since,
      value: entry.value,
      citation: `${entry.citation}; Spring Boot ${boot} brings kafka-clients ${kafkaClients}`,
    })
  }
  return bound
}

/** The releases of Spring Boot at which it first reaches some releases of kafka-clients. */
export function bootReleases(kafkaReleases: readonly string[]): readonly string[] {
  const history = ['0', ...kafkaReleases].map((since) => ({ since, value: since, citation: '' }))
  return bootHistory(history)
    .map(({ since }) => since)
    .filter((since) => since !== '0')
}
