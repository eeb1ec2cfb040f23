import { type Comparison, compareConfluent, compareKafkajs } from './js-compare.ts'

export interface Row extends Comparison {
  readonly library: string
  readonly version: string
}

const CHECKS = {
  kafkajs: [compareKafkajs, ['1.5.0', '1.8.0', '1.12.0', '1.13.0', '1.16.0', '2.0.0', '2.2.4']],
  '@confluentinc/kafka-javascript': [compareConfluent, ['1.0.0', '1.4.0', '1.10.1']],
} as const

export type Library = keyof typeof CHECKS

/** Compares the profiles with the real packages. `probes` is the folder of the probes' scripts. */
export function runChecks(cache: string, probes: string, library?: Library, versions: readonly string[] = []): readonly Row[] {
  return Object.entries(CHECKS)
    .filter(([name]) => library === undefined || name === library)
    .flatMap(([name, [compare, usual]]) =>
      (versions.length > 0 ? versions : usual).map((version) => ({ library: name, version, ...compare(cache, probes, version) })),
    )
}

/** The Markdown table of docs/profiles.md. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ library, version, facts, disagreements }) => `| ${library} | ${version} | ${facts} | ${disagreements.length} |`,
  )
  return ['| library | version | facts compared | disagreements |', '| --- | --- | ---: | ---: |', ...lines].join('\n')
}
