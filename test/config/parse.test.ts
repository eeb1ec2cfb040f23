import { expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../src/config/config.ts'
import { ConfigError } from '../../src/config/error.ts'
import { parseConfig } from '../../src/config/parse.ts'

const KNOWN = { rules: ['auto-commit', 'offset-reset', 'weak-acks'], libraries: ['kafka-python', 'aiokafka'] }

const parse = (text: string) => parseConfig(text, 'semcheck.yaml', KNOWN)

function problems(text: string): string[] {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

test('everything a configuration may say', () => {
  const config = parse(`
exclude: [legacy/, "*.bak.py"]
includeTests: true
assume:
  kafka-python: 2.10
  aiokafka: "0.12.0"
rules:
  auto-commit: off
  weak-acks: warning
intents:
  - match: { group: "payments-*", topic: orders }
    semantics: exactly-once
    replay: forbidden
    downtime: 3d
  - match: { path: "metrics/**" }
    semantics: at-most-once
`)
  expect(config).toEqual({
    exclude: ['legacy/', '*.bak.py'],
    includeTests: true,
    // a version is text: 2.10 is not 2.1
    assume: { 'kafka-python': '2.10', aiokafka: '0.12.0' },
    rules: { 'auto-commit': 'off', 'weak-acks': 'warning' },
    intents: [
      {
        match: { group: 'payments-*', topic: 'orders' },
        semantics: 'exactly-once',
        replay: 'forbidden',
        downtime: 3 * 24 * 60 * 60 * 1000,
      },
      { match: { path: 'metrics/**' }, semantics: 'at-most-once' },
    ],
  })
})

test.each([[''], ['# nothing\n'], ['---\n'], ['{}'], ['null\n'], ['rules:\n  # auto-commit: off\nintents:\n']])(
  '%j is the default',
  (text) => {
    expect(parse(text)).toEqual(DEFAULT_CONFIG)
  },
)

test('each mistake is told at its place, with the nearest valid name', () => {
  expect(
    problems(`exclud: [a]
rules:
  auto-comit: off
  offset-reset: warn
  nothing-like-it: off
assume:
  kafka-pyton: 1
includeTests: maybe
intents:
  - match: { gruop: x }
    downtime: 3 days
    semantics: exactly-onc
  - semantics: exactly-once
  - match: {}
    replays: marked
`),
  ).toEqual([
    'semcheck.yaml:1:1: there is no key "exclud" (did you mean "exclude"?)',
    'semcheck.yaml:3:3: there is no rule "auto-comit" (did you mean "auto-commit"?)',
    'semcheck.yaml:4:17: rules.offset-reset: "warn" is not one of off, error, warning, info (did you mean "warning"?)',
    'semcheck.yaml:5:3: there is no rule "nothing-like-it" (see semcheck rules)',
    'semcheck.yaml:7:3: there is no library "kafka-pyton" (did you mean "kafka-python"?)',
    'semcheck.yaml:8:15: includeTests: expected true or false',
    'semcheck.yaml:10:14: there is no key "gruop" in intents[0].match (did you mean "group"?)',
    'semcheck.yaml:11:15: intents[0].downtime: a duration is a number with ms, s, m, h, d or w, such as 3d',
    'semcheck.yaml:12:16: intents[0].semantics: "exactly-onc" is not one of at-most-once, at-least-once, exactly-once (did you mean "exactly-once"?)',
    'semcheck.yaml:13:5: intents[1] has no "match"',
    'semcheck.yaml:14:12: intents[2].match: name a group, a topic or a path',
    'semcheck.yaml:15:5: there is no key "replays" in intents[2] (did you mean "replay"?)',
  ])
})

test.each([
  ['rules: [a\n', 'semcheck.yaml:2:1: '],
  ['- a\n', 'semcheck.yaml:1:1: expected a mapping'],
  ['just text', 'semcheck.yaml:1:1: expected a mapping'],
  ['exclude: legacy\n', 'semcheck.yaml:1:10: exclude: expected a list'],
  ['rules:\n  - auto-commit\n', 'semcheck.yaml:2:3: rules: expected a mapping'],
  ['includeTests: true\nincludeTests: false\n', 'semcheck.yaml:2:1: '],
  ['a: 1\n---\nb: 2\n', 'semcheck.yaml:2:1: '],
  [
    'intents: [{match: {group: g}, downtime: 99999999999999w}]',
    'semcheck.yaml:1:41: intents[0].downtime: this duration is too long',
  ],
])('%j is refused at its place', (text, beginning) => {
  const [first = '', ...rest] = problems(text)
  expect(first.slice(0, beginning.length)).toBe(beginning)
  expect(rest).toEqual([])
})

test('an alias bomb ends quickly in an error, not in memory', () => {
  const levels = Array.from(
    { length: 12 },
    (_, i) =>
      `l${i}: &l${i} [${Array(10)
        .fill(i === 0 ? 'x' : `*l${i - 1}`)
        .join(',')}]`,
  )
  expect(problems(`${levels.join('\n')}\nexclude: *l11\n`).length).toBeGreaterThan(0)
})
