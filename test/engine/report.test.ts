import { describe, expect, test } from 'vitest'
import { verdictOf } from '../../src/engine/exit.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { byDefault, client, explicit, variant } from '../rules/facts.ts'
import { documentOf, factsOf, finding, placeOf, reportOf, ruleSaying, WORKER, workerClient } from './shop.ts'

const TEXT = documentOf('b/app.properties', 'acks=1\nretries=0\nacks=0\n')
const OTHER = documentOf('a/app.properties', 'acks=1\n')

describe('order', () => {
  test('severity, path, line, column, rule, whatever order rules and findings come in', () => {
    const said = [
      finding(placeOf(TEXT, 'retries'), { severity: 'warning' }),
      finding(null, { severity: 'error' }),
      finding(placeOf(TEXT, 'acks=0')),
      finding(placeOf(TEXT, 'acks=1')),
      finding(placeOf(OTHER, 'acks=1')),
      finding(placeOf(OTHER, '1'), { severity: 'info' }),
    ]
    const order = (rules: Rule[]) =>
      reportOf(factsOf([TEXT, OTHER]), rules).findings.map(
        ({ severity, location, rule }) => `${severity} ${location?.path ?? '-'}:${location?.line ?? ''} ${rule}`,
      )
    const expected = [
      'error a/app.properties:1 one',
      'error b/app.properties:1 one',
      'error b/app.properties:1 two',
      'error b/app.properties:3 one',
      'error -: one',
      'warning b/app.properties:2 one',
      'info a/app.properties:1 one',
    ]
    const two = ruleSaying('two', finding(placeOf(TEXT, 'acks=1')))
    expect(order([ruleSaying('one', ...said), two])).toEqual(expected)
    expect(order([two, ruleSaying('one', ...said.reverse())])).toEqual(expected)
  })
})

describe('what is shown', () => {
  const rules = [
    ruleSaying(
      'one',
      finding(placeOf(TEXT, 'acks=1')),
      finding(placeOf(TEXT, 'acks=0'), { confidence: 'medium' }),
      finding(placeOf(TEXT, 'retries'), { confidence: 'low' }),
      finding(placeOf(TEXT, 'retries=0'), { persona: 'pedantic' }),
      finding(placeOf(TEXT, '0'), { persona: 'pedantic', confidence: 'low' }),
    ),
  ]
  test.each([
    ['default', 2, { pedantic: 1, lowConfidence: 2 }],
    ['pedantic', 3, { pedantic: 0, lowConfidence: 2 }],
    ['auditor', 5, { pedantic: 0, lowConfidence: 0 }],
  ] as const)('persona %s', (persona, shown, hidden) => {
    const report = reportOf(factsOf([TEXT]), rules, { persona })
    expect(report.findings).toHaveLength(shown)
    expect(report.summary.findings.error).toBe(shown)
    expect(report.summary.hidden).toEqual(hidden)
  })

  test('severities of the configuration replace those of findings; select and ignore choose rules', () => {
    const two = ruleSaying('two', finding(placeOf(TEXT, 'retries'), { severity: 'warning' }))
    const one = ruleSaying('one', finding(placeOf(TEXT, 'acks=1')))
    const ids = (judging: Parameters<typeof reportOf>[2]) =>
      reportOf(factsOf([TEXT]), [one, two], judging).findings.map(({ rule, severity }) => `${severity}[${rule}]`)
    expect(ids({ severities: { one: 'info' } })).toEqual(['warning[two]', 'info[one]'])
    expect(ids({ severities: { one: 'off' } })).toEqual(['warning[two]'])
    expect(ids({ select: ['one'] })).toEqual(['error[one]'])
    expect(ids({ select: ['one'], severities: { one: 'off' } })).toEqual(['error[one]'])
    expect(ids({ ignore: ['one'] })).toEqual(['warning[two]'])
  })

  test('a rule that throws ends alone, and what it found before stands', () => {
    const broken: Rule = {
      ...ruleSaying('broken'),
      *check() {
        yield finding(placeOf(TEXT, 'acks=1'))
        throw new TypeError('no such thing')
      },
    }
    const report = reportOf(factsOf([TEXT]), [broken, ruleSaying('whole', finding(placeOf(TEXT, 'retries')))])
    expect(report.findings.map(({ rule }) => rule)).toEqual(['broken', 'whole'])
    expect(report.failures).toEqual([{ rule: 'broken', message: 'no such thing' }])
    expect(report.complete).toBe(false)
  })

  test('what was not evaluated is kept, in the order of places', () => {
    const subject = { kind: 'client', id: 'c', name: 'c' } as const
    const missing = (line: string) =>
      ({ kind: 'not-evaluated', subject, need: 'version', reason: 'r', location: placeOf(TEXT, line) }) as const
    const report = reportOf(factsOf([TEXT]), [
      ruleSaying('b', missing('retries'), missing('acks=1')),
      ruleSaying('a', missing('retries'), { kind: 'not-evaluated', subject, need: 'topics', reason: 's' }),
    ])
    expect(report.notEvaluated.map(({ rule, location }) => `${rule} ${location?.line ?? '-'}`)).toEqual([
      'b 1',
      'a 2',
      'b 2',
      'a -',
    ])
    expect(report.summary.notEvaluated).toBe(4)
  })
})

describe('fingerprints', () => {
  const prints = (text: string, ...pieces: string[]) => {
    const document = documentOf('a.properties', text)
    const rules = [ruleSaying('one', ...pieces.map((piece) => finding(placeOf(document, piece), { key: 'acks' })))]
    return reportOf(factsOf([document]), rules).findings.map((one) => one.fingerprint)
  }
  test('stay when lines move and words change', () => {
    expect(prints('\n\n  acks=1\n', 'acks=1')).toEqual(prints('acks=1\n', 'acks=1'))
    expect(prints('acks=1\n', 'acks=1')[0]).toMatch(/^[0-9a-f]{16}$/)
  })
  test('differ between equals, by their order, and between keys, rules and files', () => {
    const two = prints('acks=1\nacks=0\n', 'acks=1', 'acks=0')
    expect(new Set(two).size).toBe(2)
    expect(two[0]).toBe(prints('acks=1\n', 'acks=1')[0])
    const document = documentOf('a.properties', 'acks=1\n')
    const at = placeOf(document, 'acks=1')
    const all = reportOf(factsOf([document]), [
      ruleSaying('one', finding(at, { key: 'acks' }), finding(at, { key: 'retries' })),
      ruleSaying('two', finding(at, { key: 'acks' })),
    ]).findings.map((one) => one.fingerprint)
    expect(new Set(all).size).toBe(3)
  })
})

describe('clients', () => {
  test('settings that all versions agree on stand once, others with their versions', () => {
    const old = variant({
      title: 'kafka-python (version unknown)',
      from: '0',
      until: '2.0',
      settings: { acks: byDefault(1), retries: byDefault(0) },
    })
    const recent = variant({
      title: 'kafka-python (version unknown)',
      from: '2.0',
      settings: { acks: byDefault('all'), retries: byDefault(0) },
    })
    const report = reportOf(factsOf([], [client('producer', { variants: [old, recent] })]), [])
    expect(
      report.clients[0]?.settings.map(({ key, value, variants }) => [key, value.kind === 'known' && value.value, variants]),
    ).toEqual([
      ['acks', 1, [0]],
      ['acks', 'all', [1]],
      ['retries', 0, undefined],
    ])
  })

  test('their order is that of their places', () => {
    const at = (line: number) => ({ path: 'a.py', line, column: 1, endLine: line, endColumn: 2 })
    const report = reportOf(factsOf([], [client('producer', { location: at(9) }), client('consumer', { location: at(2) })]), [])
    expect(report.clients.map((one) => one.location.line)).toEqual([2, 9])
    expect(report.summary.clients).toEqual({ consumer: 1, producer: 1 })
  })
})

describe('secrets', () => {
  test('never stand in settings, messages, labels or reasons', () => {
    const location = placeOf(WORKER, 'sasl_plain_password="hunter2"')
    const rule = ruleSaying(
      'setting-rejected',
      finding(location, {
        message: '`sasl_plain_password` is "hunter2"',
        why: 'the library refuses hunter2',
        fix: 'not hunter2 but another',
        related: [{ label: 'here hunter2', location }],
        trace: [{ text: 'hunter2 is sent' }],
      }),
    )
    const report = reportOf(factsOf([WORKER], [workerClient()]), [rule])
    expect(JSON.stringify(report)).not.toContain('hunter2')
    expect(report.findings[0]?.message).toBe('`sasl_plain_password` is "‹redacted›"')
    expect(report.clients[0]?.settings.find(({ key }) => key === 'sasl.password')?.value).toEqual({ kind: 'redacted' })
  })

  test('of eight characters or more are taken out of text about other places too', () => {
    const document = documentOf('a.env', 'TOKEN=abcd1234efgh\nacks=1\n', ['abcd1234efgh'])
    const rule = ruleSaying('one', finding(placeOf(document, 'acks=1'), { message: 'acks beside abcd1234efgh' }))
    expect(reportOf(factsOf([document]), [rule]).findings[0]?.message).toBe('acks beside ‹redacted›')
  })

  test('are no part of the id by which findings and clients are joined', () => {
    const document = documentOf('compose.yml', 'PASSWORD: karapace1\n', ['karapace1'])
    const id = 'src/karapace1/worker.py#consumer:main:0'
    const subject = { kind: 'client', id, name: 'Consumer in worker.main' } as const
    const rule = ruleSaying('one', finding(placeOf(document, 'PASSWORD'), { subject }))
    const report = reportOf(factsOf([document], [{ ...client('consumer'), id }]), [rule])
    expect(report.clients[0]?.id).toBe(id)
    expect(report.findings[0]?.subject.id).toBe(id)
  })

  test('an unset password is no secret', () => {
    const bare = client('consumer', { variants: [variant({ settings: { 'sasl.password': byDefault(null) } })] })
    expect(reportOf(factsOf([], [bare]), []).clients[0]?.settings[0]?.value).toEqual({ kind: 'known', value: null })
  })
})

describe('exit', () => {
  const report = (severity: 'error' | 'warning' | 'info') =>
    reportOf(factsOf([TEXT]), [ruleSaying('one', finding(placeOf(TEXT, 'acks=1'), { severity }))])
  test.each([
    ['error', 'error', 1],
    ['warning', 'error', 0],
    ['warning', 'warning', 1],
    ['info', 'warning', 0],
    ['info', 'info', 1],
    ['error', 'never', 0],
  ] as const)('a finding of %s under --fail-on %s', (severity, failOn, code) => {
    expect(verdictOf(report(severity), { failOn, strict: false }).code).toBe(code)
  })

  test('incomplete is 3, findings win over it, strict counts every skipped file', () => {
    const skipped = (kind: 'unreadable' | 'template') => [{ path: 'x.yml', kind, reason: 'r' }]
    const unreadable = reportOf(factsOf([]), [], {}, skipped('unreadable'))
    expect(verdictOf(unreadable, { failOn: 'error', strict: false })).toEqual({
      code: 3,
      reason: 'the audit is incomplete: 1 file could not be read',
    })
    const template = reportOf(factsOf([]), [], {}, skipped('template'))
    expect(verdictOf(template, { failOn: 'error', strict: false }).code).toBe(0)
    expect(verdictOf(template, { failOn: 'error', strict: true }).code).toBe(3)
    const both = reportOf(factsOf([TEXT]), [ruleSaying('one', finding(placeOf(TEXT, 'acks=1')))], {}, skipped('unreadable'))
    expect(verdictOf(both, { failOn: 'error', strict: true }).code).toBe(1)
    expect(verdictOf(both, { failOn: 'never', strict: false }).code).toBe(3)
  })

  test('ignored and hidden findings do not count', () => {
    const hidden = reportOf(factsOf([TEXT]), [ruleSaying('one', finding(placeOf(TEXT, 'acks=1'), { confidence: 'low' }))])
    expect(verdictOf(hidden, { failOn: 'info', strict: false }).code).toBe(0)
    const document = documentOf('a', 'acks=1 # semcheck-ignore one -- reason\n')
    const ignored = reportOf(factsOf([document]), [ruleSaying('one', finding(placeOf(document, 'acks=1')))])
    expect(ignored.summary.ignored).toBe(1)
    expect(verdictOf(ignored, { failOn: 'info', strict: false }).code).toBe(0)
  })
})

test('the same input gives the same bytes', () => {
  const make = () =>
    JSON.stringify(reportOf(factsOf([WORKER], [workerClient()]), [ruleSaying('one', finding(placeOf(WORKER, 'BROKERS')))]))
  expect(make()).toBe(make())
  expect(make()).not.toMatch(/\d{4}-\d{2}-\d{2}T/)
})

test('explicit settings keep the project’s own spelling', () => {
  const one = client('consumer', {
    variants: [variant({ settings: { 'enable.auto.commit': explicit(false, { spelled: 'enable_auto_commit' }) } })],
  })
  expect(reportOf(factsOf([], [one]), []).clients[0]?.settings[0]).toMatchObject({
    key: 'enable.auto.commit',
    spelled: 'enable_auto_commit',
  })
})
