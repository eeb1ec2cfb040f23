import { describe, expect, test } from 'vitest'
import { isExpired, parseIgnore, readIgnores } from '../../src/engine/ignores.ts'
import { documentOf, factsOf, finding, placeOf, reportOf, ruleSaying } from './shop.ts'

const RULES = ['auto-commit', 'offset-reset', 'weak-acks']

describe('the comment', () => {
  test('rules, last day and reason', () => {
    expect(parseIgnore('semcheck-ignore auto-commit, weak-acks until=2027-01-31 -- metrics only, see ADR 7', RULES)).toEqual({
      rules: ['auto-commit', 'weak-acks'],
      until: '2027-01-31',
      reason: 'metrics only, see ADR 7',
    })
    expect(parseIgnore('semcheck-ignore auto-commit -- a -- b', RULES)).toEqual({ rules: ['auto-commit'], reason: 'a -- b' })
  })

  test.each([
    ['semcheck-ignore auto-commit', 'it gives no reason: end it with " -- " and why the finding is accepted'],
    ['semcheck-ignore auto-commit --', 'it gives no reason after "--"'],
    ['semcheck-ignore -- because', 'it names no rule'],
    ['semcheck-ignore * -- because', '"*" is a wildcard, and there is none: name the rules'],
    ['semcheck-ignore auto-* -- because', '"auto-*" is a wildcard, and there is none: name the rules'],
    ['semcheck-ignore auto-comit -- because', 'there is no rule "auto-comit" (did you mean "auto-commit"?)'],
    ['semcheck-ignore auto-commit until=soon -- because', '"until=soon" is no day: write it as until=2027-01-31'],
    ['semcheck-ignore auto-commit until=2027-02-30 -- because', '"until=2027-02-30" is no day: write it as until=2027-01-31'],
    ['semcheck-ignore auto-commit by=me -- because', 'write it as "semcheck-ignore rule-a, rule-b until=2027-01-31 -- reason"'],
    ['semcheck: ignore auto-commit -- because', '"semcheck: ignore" is no directive: write "semcheck-ignore"'],
    ['semcheck-disable auto-commit -- because', '"semcheck-disable auto-commit" is no directive: write "semcheck-ignore"'],
    ['semcheck-ignore-file auto-commit -- x', '"semcheck-ignore-file auto-commit" is no directive: write "semcheck-ignore"'],
  ])('%s', (text, problem) => {
    expect(parseIgnore(text, RULES)).toBe(problem)
  })

  test('prose about semcheck is no directive', () => {
    const document = documentOf(
      'a.properties',
      '# semcheck reports this one\n# see semcheck-ignored.md\n# checked by semcheck\nacks=1\n',
    )
    const { ignores, invalid } = readIgnores([document], RULES)
    expect(ignores).toEqual([])
    expect(invalid).toEqual([])
  })

  test('it holds through its last day, in UTC', () => {
    const { ignores } = readIgnores([documentOf('a', '# semcheck-ignore weak-acks until=2027-01-31 -- r\nacks=1\n')], RULES)
    const [ignore] = ignores
    expect(isExpired(ignore!, new Date('2027-01-31T23:59:59Z'))).toBe(false)
    expect(isExpired(ignore!, new Date('2027-02-01T00:00:00Z'))).toBe(true)
  })
})

/** Statuses and engine findings of a text in which weak-acks reports the first `acks=1`, or the place given. */
function judge(text: string, place = 'acks=1', rest: Parameters<typeof finding>[1] = {}) {
  const document = documentOf('app.properties', text)
  const report = reportOf(factsOf([document]), [
    ruleSaying('weak-acks', finding(placeOf(document, place), rest)),
    ruleSaying('auto-commit'),
  ])
  return report.findings.map(
    (one) => `${one.location?.line} ${one.rule} ${one.status}${one.ignoreReason ? ` (${one.ignoreReason})` : ''}`,
  )
}

describe('where it stands', () => {
  test('on the line above', () => {
    expect(judge('# semcheck-ignore weak-acks -- metrics\nacks=1\n')).toEqual(['2 weak-acks ignored (metrics)'])
  })

  test('at the end of the line', () => {
    expect(judge('acks=1 # semcheck-ignore weak-acks -- metrics\n')).toEqual(['1 weak-acks ignored (metrics)'])
  })

  test('above other comments that stand above the setting', () => {
    expect(judge('# semcheck-ignore weak-acks -- metrics\n# the old broker\nacks=1\n')).toEqual(['3 weak-acks ignored (metrics)'])
  })

  test('not further above, not below', () => {
    expect(judge('# semcheck-ignore weak-acks -- metrics\n\nacks=1\n')).toEqual([
      '3 weak-acks reported',
      '1 ignore-unused reported',
    ])
    expect(judge('acks=1\n# semcheck-ignore weak-acks -- metrics\n')).toEqual([
      '1 weak-acks reported',
      '2 ignore-unused reported',
    ])
  })

  test('of an absent key: above the construction, or after its last bracket', () => {
    const document = documentOf(
      'w.py',
      '# semcheck-ignore weak-acks -- m\np = Producer(\n  a=1,\n)\nq = Producer(\n) # semcheck-ignore weak-acks -- n\n',
    )
    const [first, second] = [placeOf(document, 'Producer(\n  a=1,\n)'), placeOf(document, 'Producer(\n)')]
    const setting = placeOf(document, 'a=1')
    const report = reportOf(factsOf([document]), [
      ruleSaying('weak-acks', finding(first), finding(second), finding(setting, { anchors: [first] })),
    ])
    expect(report.findings.map((one) => one.ignoreReason)).toEqual(['m', 'm', 'n'])
  })

  test('another rule, another file: nothing is silenced', () => {
    expect(judge('# semcheck-ignore auto-commit -- metrics\nacks=1\n')).toEqual([
      '2 weak-acks reported',
      '1 ignore-unused reported',
    ])
    const a = documentOf('a.properties', '# semcheck-ignore weak-acks -- m\nx=1\n')
    const b = documentOf('b.properties', '\nacks=1\n')
    const report = reportOf(factsOf([a, b]), [ruleSaying('weak-acks', finding(placeOf(b, 'acks=1')))])
    expect(report.findings.map((one) => one.rule)).toEqual(['weak-acks', 'ignore-unused'])
  })
})

describe('findings about ignores', () => {
  test('what cannot be read silences nothing and is told', () => {
    const document = documentOf('app.properties', '# semcheck-ignore weak-acks\nacks=1\n')
    const report = reportOf(factsOf([document]), [ruleSaying('weak-acks', finding(placeOf(document, 'acks=1')))])
    expect(report.findings.map(({ rule, status, message }) => [rule, status, message])).toEqual([
      ['weak-acks', 'reported', '`enable.auto.commit` is not set, and kafka-python 2.0.2 defaults to true'],
      [
        'ignore-invalid',
        'reported',
        'this ignore comment silences nothing: it gives no reason: end it with " -- " and why the finding is accepted',
      ],
    ])
  })

  test('past its day', () => {
    expect(judge('# semcheck-ignore weak-acks until=2026-11-22 -- metrics\nacks=1\n')).toEqual([
      '2 weak-acks reported',
      '1 ignore-expired reported',
    ])
    expect(judge('# semcheck-ignore weak-acks until=2026-11-23 -- metrics\nacks=1\n')).toEqual(['2 weak-acks ignored (metrics)'])
  })

  test('of two rules named, the one that finds nothing is told', () => {
    expect(judge('# semcheck-ignore weak-acks, auto-commit -- metrics\nacks=1\n')).toEqual([
      '2 weak-acks ignored (metrics)',
      '1 ignore-unused reported',
    ])
  })

  test('an ignore for a rule that was not run is not unused', () => {
    const document = documentOf('a.properties', '# semcheck-ignore weak-acks -- m\nacks=1\n')
    const rules = [ruleSaying('weak-acks', finding(placeOf(document, 'acks=1'))), ruleSaying('auto-commit')]
    expect(reportOf(factsOf([document]), rules, { ignore: ['weak-acks'] }).findings).toEqual([])
    expect(reportOf(factsOf([document]), rules, { severities: { 'weak-acks': 'off' } }).findings).toEqual([])
  })

  test('a hidden finding uses its ignore', () => {
    expect(judge('# semcheck-ignore weak-acks -- m\nacks=1\n', 'acks=1', { confidence: 'low' })).toEqual([])
  })

  test('they can be turned off and regraded like any rule', () => {
    const document = documentOf('a.properties', '# semcheck-ignore weak-acks -- m\nx=1\n')
    const rules = [ruleSaying('weak-acks')]
    expect(reportOf(factsOf([document]), rules, { severities: { 'ignore-unused': 'off' } }).findings).toEqual([])
    expect(reportOf(factsOf([document]), rules, { severities: { 'ignore-unused': 'error' } }).findings[0]?.severity).toBe('error')
    expect(reportOf(factsOf([document]), rules, { select: ['weak-acks'] }).findings).toEqual([])
  })
})
