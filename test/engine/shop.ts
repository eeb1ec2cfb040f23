import { assembleReport, type Judging } from '../../src/engine/assemble.ts'
import type { Report } from '../../src/engine/report.ts'
import type { Comment } from '../../src/formats/syntax.ts'
import type { Document, Skipped } from '../../src/model/document.ts'
import type { Client, Facts } from '../../src/model/facts.ts'
import { type Location, locate } from '../../src/model/location.ts'
import type { Finding, NotEvaluated } from '../../src/rule/finding.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { lineStarts } from '../../src/text/lines.ts'
import { byDefault, client, explicit, variant } from '../rules/facts.ts'

/** A document whose `#` comments are read as such; `secret` texts are its secrets. */
export function documentOf(path: string, text: string, secrets: readonly string[] = []): Document {
  const comments: Comment[] = [...text.matchAll(/#(.*)/g)].map((match) => ({
    text: (match[1] ?? '').trim(),
    span: { start: match.index, end: match.index + match[0].length },
  }))
  const spans = secrets.map((secret) => ({ start: text.indexOf(secret), end: text.indexOf(secret) + secret.length }))
  return { path, format: 'properties', text, lines: lineStarts(text), comments, secrets: spans }
}

/** The place of the first (or nth) occurrence of a piece of text. */
export function placeOf(document: Document, piece: string, nth = 0): Location {
  let start = document.text.indexOf(piece)
  for (let i = 0; i < nth; i++) start = document.text.indexOf(piece, start + 1)
  if (start < 0) throw new Error(`no "${piece}" in ${document.path}`)
  return locate(document.path, document.lines, { start, end: start + piece.length })
}

export function finding(location: Location | null, rest: Partial<Finding> = {}): Finding {
  return {
    kind: 'finding',
    subject: { kind: 'client', id: `${location?.path ?? 'cluster'}#consumer`, name: 'KafkaConsumer in worker' },
    severity: 'error',
    confidence: 'high',
    message: '`enable.auto.commit` is not set, and kafka-python 2.0.2 defaults to true',
    why: 'Offsets are committed inside the next poll.',
    fix: 'Turn it off and commit after the work.',
    location,
    related: [],
    ...rest,
  }
}

/** A rule that says what it is told to say. */
export function ruleSaying(id: string, ...said: readonly (Finding | NotEvaluated)[]): Rule {
  return {
    id,
    summary: `summary of ${id}`,
    severities: ['error', 'warning'],
    needs: ['settings'],
    why: `why of ${id}`,
    fix: `fix of ${id}`,
    ignoreWhen: `ignore of ${id}`,
    references: ['KIP-447'],
    examples: { bad: { 'a.py': 'bad' }, good: { 'a.py': 'good' } },
    check: () => said,
  }
}

export function factsOf(documents: readonly Document[], clients: readonly Client[] = []): Facts {
  return {
    projects: [],
    clients,
    handlers: [],
    keyWrites: [],
    deployments: [],
    intents: [],
    documents: new Map(documents.map((document) => [document.path, document])),
  }
}

export function reportOf(
  facts: Facts,
  rules: readonly Rule[],
  judging: Partial<Judging> = {},
  skipped: readonly Skipped[] = [],
): Report {
  return assembleReport(
    { facts, skipped, files: facts.documents.size },
    {
      rules,
      select: [],
      ignore: [],
      severities: {},
      persona: 'default',
      now: new Date('2026-11-23T12:00:00Z'),
      ...judging,
    },
  )
}

export const WORKER = documentOf(
  'orders/worker.py',
  `from kafka import KafkaConsumer

BROKERS = "kafka-1:9092"

def run():
    consumer = KafkaConsumer(
        "orders",
        group_id="billing",
        sasl_plain_password="hunter2",
        auto_offset_reset="earliest",
    )
    for message in consumer:
        handle(message)
`,
  ['"hunter2"'],
)

/** One consumer in WORKER, at kafka-python 2.0.2. */
export function workerClient(): Client {
  const call = WORKER.text.slice(WORKER.text.indexOf('KafkaConsumer('), WORKER.text.indexOf('    for message'))
  const own = (piece: string) => ({ kind: 'explicit' as const, location: placeOf(WORKER, piece) })
  return client('consumer', {
    id: 'orders/worker.py#consumer:run:0',
    name: 'KafkaConsumer in run',
    location: placeOf(WORKER, call.trimEnd()),
    topics: { kind: 'known', names: ['orders'], location: placeOf(WORKER, '"orders"') },
    group: { kind: 'named', id: 'billing', location: placeOf(WORKER, 'group_id="billing"') },
    variants: [
      variant({
        settings: {
          'auto.offset.reset': {
            ...explicit('earliest', { spelled: 'auto_offset_reset' }),
            origin: own('auto_offset_reset="earliest"'),
          },
          'enable.auto.commit': byDefault(true),
          'sasl.password': {
            ...explicit('hunter2', { spelled: 'sasl_plain_password' }),
            origin: own('sasl_plain_password="hunter2"'),
          },
        },
      }),
    ],
  })
}
