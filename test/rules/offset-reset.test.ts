import { describe, expect, it } from 'vitest'
import rule from '../../rules/offset-reset.ts'
import type { Client } from '../../src/model/facts.ts'
import { at, byDefault, consumer, either, explicit, hidden, problem, run } from './facts.ts'

const LATEST = { 'auto.offset.reset': byDefault('latest') }

function only(...clients: Client[]) {
  const { findings, missing } = run(rule, clients)
  expect(missing).toEqual([])
  expect(findings).toHaveLength(1)
  return findings[0]!
}

describe('offset-reset', () => {
  it('flags the default at the construction and an explicit latest at its own line', () => {
    const absent = only(consumer({ variant: { settings: LATEST } }))
    expect(absent.location).toEqual(at(10))
    expect(absent.severity).toBe('warning')
    const written = only(consumer({ variant: { settings: { 'auto.offset.reset': explicit('latest') } } }))
    expect(written.location).toEqual(at(12))
    expect(written.message).toContain('group `billing`, without a committed offset, skips')
  })

  it.each(['at-least-once', 'exactly-once'] as const)('is an error where %s is declared', (semantics) => {
    expect(only(consumer({ intent: { match: {}, semantics }, variant: { settings: LATEST } })).severity).toBe('error')
  })

  it('stays a warning where at most once is declared', () => {
    expect(only(consumer({ intent: { match: {}, semantics: 'at-most-once' }, variant: { settings: LATEST } })).severity).toBe(
      'warning',
    )
  })

  it('says when the policy strikes, and that earliest reads everything again', () => {
    const found = only(consumer({ variant: { settings: LATEST } }))
    for (const cause of ['new group', 'partition added later', 'expired', 'out of range']) expect(found.why).toContain(cause)
    expect(found.fix).toContain('reads everything that is kept')
  })

  it('offers only what the version can do', () => {
    const plain = only(consumer({ variant: { settings: LATEST, capabilities: { resetNone: false, resetByDuration: false } } }))
    expect(plain.fix).not.toMatch(/none|by_duration/)
    const rich = only(consumer({ variant: { settings: LATEST, capabilities: { resetNone: true, resetByDuration: true } } }))
    expect(rich.fix).toMatch(/by_duration:P7D.*none/)
  })

  it('calls the policy of none `error` in librdkafka', () => {
    const found = only(consumer({ variant: { library: 'confluent-kafka', settings: LATEST } }))
    expect(found.fix).toContain("'auto.offset.reset': 'error'")
    expect(found.fix).not.toContain("'none'")
  })

  it('is silent on other policies, without a group, and for assigned or unused consumers', () => {
    const none = consumer({ group: { kind: 'absent' }, variant: { settings: { ...LATEST, 'group.id': byDefault(null) } } })
    for (const policy of ['earliest', 'none', 'by_duration:PT1H'])
      expect(run(rule, [consumer({ variant: { settings: { 'auto.offset.reset': explicit(policy) } } })]).findings).toEqual([])
    expect(
      run(rule, [
        none,
        consumer({ usage: 'assigns', variant: { settings: LATEST } }),
        consumer({ usage: 'none', variant: { settings: LATEST } }),
      ]),
    ).toEqual({ findings: [], missing: [] })
  })

  it('does not decide a hidden policy', () => {
    const { findings, missing } = run(rule, [consumer({ variant: { settings: { 'auto.offset.reset': hidden() } } })])
    expect(findings).toEqual([])
    expect(missing[0]).toMatchObject({ need: 'settings', kind: 'not-evaluated' })
  })

  it('keeps to auditors what only one branch does, or what a seek to an end settles', () => {
    expect(only(consumer({ variant: { settings: { 'auto.offset.reset': either('latest', 'earliest') } } })).confidence).toBe(
      'low',
    )
    const seeking = { method: 'seek_to_beginning', location: at(20), arguments: [] }
    expect(only(consumer({ calls: [seeking], variant: { settings: LATEST } })).confidence).toBe('low')
  })

  it('flags a value that is refused, group or not', () => {
    const refused = problem({
      key: 'auto.offset.reset',
      effect: 'raises',
      says: 'refused at the construction: Invalid value "none"',
    })
    const found = only(
      consumer({
        group: { kind: 'absent' },
        usage: 'none',
        variant: { problems: [refused], settings: { 'auto.offset.reset': hidden('the library refuses it') } },
      }),
    )
    expect(found).toMatchObject({ severity: 'error', location: at(15) })
    expect(found.message).toContain('Invalid value "none"')
  })

  it('flags a value that becomes another one', () => {
    const becomes = problem({
      key: 'auto.offset.reset',
      effect: 'replaced',
      says: '`beginning` is not known here and becomes none',
    })
    const found = only(consumer({ variant: { problems: [becomes], settings: { 'auto.offset.reset': explicit('none') } } }))
    expect(found.severity).toBe('error')
    expect(found.why).toContain('raises instead of starting')
  })
})
