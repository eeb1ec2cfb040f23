import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { franzGo } from '../../../src/knowledge/clients/franz-go.ts'
import { sarama } from '../../../src/knowledge/clients/sarama.ts'
import type { Profile } from '../../../src/knowledge/profile.ts'
import type { Literal } from '../../../src/model/value.ts'
import { compareVersions } from '../../../src/model/version.ts'
import { judge } from '../jvm/judge.ts'

type Case = Readonly<Record<string, Literal>>

interface Answer {
  readonly absent?: string
  readonly error?: string
  readonly read?: Readonly<Record<string, Literal>>
}

interface Row {
  readonly library: string
  readonly version: string
  readonly facts: number
  readonly disagreements: readonly string[]
}

const every = (choices: Readonly<Record<string, readonly (Literal | undefined)[]>>): readonly Case[] =>
  Object.entries(choices).reduce<readonly Case[]>(
    (cases, [key, values]) =>
      cases.flatMap((one) => values.map((value) => (value === undefined ? one : { ...one, [key]: value }))),
    [{}],
  )

/** Fields of sarama's Config whose defaults are compared. */
const FIELDS = {
  consumer: [
    'Consumer.Offsets.AutoCommit.Enable',
    'Consumer.Offsets.AutoCommit.Interval',
    'Consumer.Offsets.Initial',
    'Consumer.IsolationLevel',
    'Consumer.Group.Session.Timeout',
  ],
  producer: [
    'Producer.RequiredAcks',
    'Producer.Idempotent',
    'Producer.Transaction.Timeout',
    'Producer.Retry.Max',
    'Producer.Timeout',
    'Net.MaxOpenRequests',
  ],
} as const

const SARAMA_CASES = every({
  'Producer.RequiredAcks': [undefined, -1, 1, 0],
  'Producer.Idempotent': [undefined, true],
  'Net.MaxOpenRequests': [undefined, 1],
  'Producer.Retry.Max': [undefined, 0],
  'Producer.Transaction.ID': [undefined, 't'],
})

const FRANZ_CASES = {
  producer: every({
    RequiredAcks: [undefined, 'AllISRAcks', 'LeaderAck', 'NoAck'],
    DisableIdempotentWrite: [undefined, true],
    TransactionalID: [undefined, 't'],
  }),
  consumer: every({
    ConsumerGroup: ['g'],
    DisableAutoCommit: [undefined, true],
    AutoCommitMarks: [undefined, true],
    GreedyAutoCommit: [undefined, true],
  }),
}

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  sarama: ['1.27.2', '1.38.1', '1.43.3', '1.50.3', '1.60.1'],
  'franz-go': ['1.0.0', '1.6.0', '1.15.4', '1.18.1', '1.21.5'],
}

/** Every version of a library, or of both, held against its module. */
export function runChecks(
  cache: string,
  probes: string,
  library: string | undefined,
  versions: readonly string[],
): readonly Row[] {
  return Object.entries(VERSIONS).flatMap(([name, all]) => {
    if (library !== undefined && library !== name) return []
    return (versions.length > 0 ? versions : all).map((version) =>
      name === 'sarama' ? compareSarama(cache, probes, version) : compareFranz(cache, probes, version),
    )
  })
}

export function tableOf(rows: readonly Row[]): string {
  return [
    '| library | version | facts compared | disagreements |',
    '| --- | --- | ---: | ---: |',
    ...rows.map((row) => `| ${row.library} | ${row.version} | ${row.facts} | ${row.disagreements.length} |`),
  ].join('\n')
}

function compareSarama(cache: string, probes: string, version: string): Row {
  const module = compareVersions(version, '1.40.0') < 0 ? 'github.com/Shopify/sarama' : 'github.com/IBM/sarama'
  const paths = [...FIELDS.consumer, ...FIELDS.producer].join(' ')
  const answers = probe(
    cache,
    probes,
    'sarama',
    { module, version, importPath: module, replaced: { PATHS: paths } },
    SARAMA_CASES,
  )
  const disagreements: string[] = []
  let facts = 0
  const [defaults] = answers
  for (const role of ['consumer', 'producer'] as const) {
    const { settings } = judge(sarama, role, version, role === 'consumer' ? { 'group.id': 'g' } : {})
    for (const field of FIELDS[role]) {
      const real = defaults?.read?.[field]
      if (real === undefined) continue
      facts++
      const setting = sarama.canonical(field) as string
      const reading = sarama.read(setting, real === 'true' ? true : real === 'false' ? false : real, role, version)
      const ours = settings.get(setting)?.value
      if (reading.kind !== 'value' || JSON.stringify(reading.value) !== JSON.stringify(ours))
        disagreements.push(`${field} is ${JSON.stringify(real)}, the profile says ${JSON.stringify(ours)}`)
    }
  }
  const refused = compareErrors(sarama, 'producer', version, SARAMA_CASES, answers)
  return { library: 'sarama', version, facts: facts + refused.facts, disagreements: [...disagreements, ...refused.disagreements] }
}

function compareFranz(cache: string, probes: string, version: string): Row {
  const module = 'github.com/twmb/franz-go'
  const where = { module, version, importPath: `${module}/pkg/kgo`, replaced: {} }
  const rows = (['producer', 'consumer'] as const).map((role) =>
    compareErrors(franzGo, role, version, FRANZ_CASES[role], probe(cache, probes, 'franz-go', where, FRANZ_CASES[role])),
  )
  return {
    library: 'franz-go',
    version,
    facts: rows.reduce((sum, { facts }) => sum + facts, 0),
    disagreements: rows.flatMap(({ disagreements }) => disagreements),
  }
}

function compareErrors(
  profile: Profile,
  role: 'consumer' | 'producer',
  version: string,
  cases: readonly Case[],
  answers: readonly Answer[],
): Pick<Row, 'facts' | 'disagreements'> {
  const disagreements: string[] = []
  let facts = 0
  for (const [i, one] of cases.entries()) {
    const answer = answers[i]
    if (!answer || answer.absent !== undefined) continue
    facts++
    const raises = judge(profile, role, version, one).problems.filter(({ effect }) => effect === 'raises')
    if (raises.length > 0 !== (answer.error !== undefined))
      disagreements.push(
        `${JSON.stringify(one)}: the library ${answer.error === undefined ? 'takes it' : `says "${answer.error}"`}, the profile ${raises.length > 0 ? `says "${raises[0]?.says}"` : 'takes it'}`,
      )
    else if (
      answer.error !== undefined &&
      !raises.some(({ says }) => says.includes((answer.error as string).replace(/^.*?\((.*)\)$/, '$1')))
    )
      disagreements.push(`${JSON.stringify(one)}: the library says "${answer.error}", the profile "${raises[0]?.says}"`)
  }
  return { facts, disagreements }
}

/** Runs the program of a library with a version of its module. */
function probe(
  cache: string,
  probes: string,
  name: string,
  {
    module,
    version,
    importPath,
    replaced,
  }: { module: string; version: string; importPath: string; replaced: Readonly<Record<string, string>> },
  cases: readonly Case[],
): readonly Answer[] {
  const folder = join(cache, `${name}-${version}`)
  mkdirSync(folder, { recursive: true })
  const source = Object.entries({ IMPORT: importPath, ...replaced }).reduce(
    (text, [word, value]) => text.replace(word, value),
    readFileSync(join(probes, `${name}.go.txt`), 'utf8'),
  )
  writeFileSync(join(folder, 'main.go'), source)
  writeFileSync(join(folder, 'go.mod'), `module probe\n\ngo 1.21\n\nrequire ${module} v${version}\n`)
  const run = (args: readonly string[], input = '') =>
    spawnSync('go', args, { cwd: folder, input, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod' } })
  const tidy = run(['mod', 'tidy'])
  const { stdout, stderr, status } = run(['run', '.'], JSON.stringify(cases))
  if (status !== 0) throw new Error(`${name} ${version} does not run: ${tidy.stderr}${stderr}`)
  return JSON.parse(stdout)
}
