import { FAULTS } from '../model/verdict.ts'
import { CONFIDENCES, NEEDS, SEVERITIES } from '../rule/finding.ts'

type Schema = Readonly<Record<string, unknown>>

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const count = { type: 'integer', minimum: 0 } as const
const position = { type: 'integer', minimum: 1 } as const

/** A closed object: `required` unless the name ends in `?`. */
function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
  const entries = Object.entries(properties)
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  }
}

const list = (items: Schema, description?: string): Schema => ({
  type: 'array',
  items,
  ...(description === undefined ? {} : { description }),
})
const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` })
const oneOf = (values: readonly unknown[]): Schema => ({ enum: values })
const only = (value: unknown): Schema => ({ const: value })
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

const HOLDS_FOR = list(count, "The versions it holds for, as indices into the client's variants; absent where it holds for all")
const GENERATED_BY = ['random', 'time', 'process', 'host']
const literal = { type: ['string', 'number', 'boolean', 'null'] }

const DEFINITIONS: Readonly<Record<string, Schema>> = {
  location: object(
    { path: text, line: position, column: position, endLine: position, endColumn: position },
    'Lines and columns from 1, columns in UTF-16 units, the end exclusive. The path is relative to the root, with /.',
  ),
  related: object({ label: text, location: ref('location') }),
  severity: oneOf(SEVERITIES),
  confidence: oneOf(CONFIDENCES),
  subject: object({
    kind: oneOf(['client', 'topic', 'group', 'transactional-id', 'broker', 'key', 'file']),
    id: text,
    name: text,
  }),
  value: {
    description: 'What is known of a value; redacted where it is a secret',
    oneOf: [
      object({ kind: only('known'), value: literal }),
      object({ kind: only('list'), items: list(ref('value')) }),
      object({ kind: only('either'), values: list(literal) }),
      object({ kind: only('generated'), by: oneOf(GENERATED_BY), text }),
      object({ kind: only('object'), text }),
      object({ kind: only('unknown'), reason: text }),
      object({ kind: only('redacted') }),
    ],
  },
  origin: {
    description: 'Where an effective value comes from',
    oneOf: [
      object({ kind: only('explicit'), location: ref('location') }),
      object({
        kind: only('environment'),
        variable: text,
        location: ref('location'),
        from: { anyOf: [only('default'), ref('location')] },
      }),
      object({ kind: only('inherited'), from: text, location: ref('location') }),
      object({ kind: only('default'), library: text, version: text, citation: text }),
      object({ kind: only('derived'), because: text, says: text, 'location?': ref('location'), citation: text }),
      object({ kind: only('unknown'), reason: text, 'location?': ref('location') }),
    ],
  },
  setting: object({
    key: text,
    'spelled?': text,
    value: ref('value'),
    origin: ref('origin'),
    confidence: ref('confidence'),
    'variants?': HOLDS_FOR,
  }),
  range: object({ 'from?': text, 'until?': text }),
  dependency: object({
    ecosystem: oneOf(['pypi', 'maven', 'npm', 'go']),
    name: text,
    specifier: text,
    versions: list(ref('range')),
    strength: oneOf(['lock', 'pin', 'range', 'none']),
    'version?': text,
    location: ref('location'),
  }),
  evidence: {
    description: 'How a library version is known',
    oneOf: [
      object({ kind: oneOf(['exact', 'range']), dependency: ref('dependency') }),
      object({ kind: only('assumed'), version: text }),
      object({ kind: only('unknown'), reason: text }),
    ],
  },
  commit: object(
    {
      when: oneOf(['never', 'on-poll', 'background', 'after-handler', 'on-delivery']),
      what: oneOf(['position', 'stored', 'resolved', 'marked']),
      onClose: flag,
      onRevoke: flag,
      loses: oneOf(['yes', 'on-exception', 'no']),
      says: text,
      citation: text,
      'variants?': HOLDS_FOR,
    },
    'When the client commits by itself, and what',
  ),
  variant: object(
    { library: text, title: text, from: text, 'until?': text, evidence: ref('evidence') },
    'A library version class the client may be in',
  ),
  topics: {
    oneOf: [
      object({ kind: only('known'), names: list(text), location: ref('location') }),
      object({ kind: only('pattern'), pattern: text, location: ref('location') }),
      object({ kind: only('unknown'), reason: text, 'anew?': only(true) }),
    ],
  },
  group: {
    oneOf: [
      object({ kind: only('named'), id: text, 'location?': ref('location') }),
      object({ kind: only('absent') }),
      object({ kind: only('generated'), by: oneOf(GENERATED_BY), text, location: ref('location') }),
      object({ kind: only('framework'), says: text }),
      object({ kind: only('unknown'), reason: text }),
    ],
  },
  intent: object({
    match: object({ 'group?': text, 'topic?': text, 'path?': text }),
    'semantics?': oneOf(['at-most-once', 'at-least-once', 'exactly-once']),
    'replay?': oneOf(['tolerated', 'marked', 'forbidden']),
    'downtime?': { ...count, description: 'Milliseconds' },
  }),
  client: object({
    id: text,
    role: oneOf(['consumer', 'producer']),
    name: text,
    language: text,
    location: ref('location'),
    related: list(ref('related')),
    confidence: ref('confidence'),
    variants: list(ref('variant')),
    commits: list(ref('commit')),
    topics: ref('topics'),
    usage: oneOf(['subscribes', 'assigns', 'none', 'unknown']),
    group: ref('group'),
    'cluster?': text,
    'intent?': ref('intent'),
    deployments: list(object({ kind: text, name: text, location: ref('location') })),
    complete: { ...flag, description: 'Nothing unseen can be among the settings' },
    gaps: list(object({ reason: text, location: ref('location'), overrides: flag })),
    settings: list(ref('setting')),
  }),
  finding: object({
    rule: text,
    severity: ref('severity'),
    confidence: ref('confidence'),
    status: oneOf(['reported', 'ignored']),
    'ignoreReason?': text,
    subject: ref('subject'),
    message: text,
    why: text,
    fix: text,
    location: nullable(ref('location')),
    related: list(ref('related')),
    'trace?': list(object({ text, 'location?': ref('location') }), 'Timeline that proves it, step by step'),
    fingerprint: { ...text, description: 'Stays when lines move' },
  }),
  notEvaluated: object({
    rule: text,
    subject: ref('subject'),
    need: oneOf(NEEDS),
    reason: text,
    location: nullable(ref('location')),
  }),
  skipped: object({
    path: text,
    'line?': position,
    kind: oneOf(['unreadable', 'binary', 'too-large', 'encoding', 'syntax', 'template', 'symlink-loop', 'too-deep', 'limit']),
    reason: text,
    'hint?': text,
  }),
  wayThere: object({
    trace: list(object({ text, 'location?': ref('location') }), 'The shortest way there'),
    assumptions: list(text),
    uncertain: { ...flag, description: 'It takes a step that could not be followed' },
  }),
  pipeline: object({
    consumer: { ...text, description: 'Id of the client' },
    handler: object({ name: text, location: ref('location') }),
    guarantee: oneOf(['at-most-once', 'at-least-once', 'exactly-once-effect', 'exactly-once-in-kafka', 'none', 'unknown']),
    'weakest?': text,
    assumptions: list(text),
    exhaustive: { ...flag, description: 'The search was not cut at its bounds' },
    faults: list(
      object({ fault: oneOf(FAULTS), 'lost?': ref('wayThere'), 'duplicated?': ref('wayThere'), 'stuck?': ref('wayThere') }),
      'By fault, what can become of a message',
    ),
  }),
  connectionFailure: object({ kind: text, reason: text, hint: text }),
  failure: object({ rule: text, message: text }, 'A rule that failed: a defect of semcheck'),
}

const REACH = {
  description: 'What the address that a broker advertises leads to',
  oneOf: [
    object({ kind: only('itself') }),
    object({ kind: only('unconfirmed'), reason: text }),
    object({ kind: only('other'), id: nullable({ type: 'integer' }) }),
    object({ kind: only('silent'), failure: ref('connectionFailure') }),
  ],
}

const LISTING = object({ seen: count, complete: flag, 'reason?': text }, 'How many were seen, and whether that is all of them')

const CLUSTER = object(
  {
    clusterId: nullable(text),
    service: text,
    takenAt: { ...text, description: 'ISO 8601, UTC' },
    principal: nullable(text),
    bootstrap: list(object({ address: text, 'failure?': ref('connectionFailure') })),
    brokers: list(object({ id: { type: 'integer' }, address: text, reach: REACH, 'configs?': text, 'atLeast?': text })),
    topics: LISTING,
    groups: LISTING,
    transactionalIds: LISTING,
    'acls?': text,
    problems: list(object({ about: text, reason: text, hint: text }), 'What makes the audit incomplete'),
    'requests?': list(object({ api: text, version: count, count }), 'Every request that was sent'),
  },
  'The cluster that was asked, and how far; only where one was',
)

/** The JSON report as JSON Schema (draft 2020-12). Closed: a field that is not described here is never written. */
export const REPORT_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'semcheck report',
  ...object({
    schemaVersion: only(1),
    tool: object({ name: text, version: text }),
    root: only('.'),
    complete: flag,
    summary: object({
      findings: object({ error: count, warning: count, info: count }, 'Reported ones'),
      hidden: object({ pedantic: count, lowConfidence: count }, 'Left out by the persona'),
      ignored: count,
      notEvaluated: count,
      clients: object({ consumer: count, producer: count }),
      keyWrites: count,
      files: { ...count, description: 'Chosen for reading' },
      rules: { ...count, description: 'Run' },
    }),
    projects: list(object({ path: text, manifests: list(text), dependencies: list(ref('dependency')) })),
    clients: list(ref('client')),
    pipelines: list(ref('pipeline'), 'Consumers whose handler was followed'),
    'cluster?': CLUSTER,
    findings: list(ref('finding'), 'By severity, path, line, column and rule'),
    notEvaluated: list(ref('notEvaluated'), 'Questions that could not be answered: never a pass'),
    skipped: list(ref('skipped'), 'Files not read, or only in part'),
    failures: list(ref('failure')),
  }),
  $defs: DEFINITIONS,
}
