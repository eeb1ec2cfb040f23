import { describe, expect, it } from 'vitest'
import rule from '../../rules/auto-commit.ts'
import type { Client } from '../../src/model/facts.ts'
import { at, byDefault, consumer, either, explicit, fromVariable, hidden, problem, run, variant } from './facts.ts'
import { judgedSource } from './handlers.ts'

const ON = { 'enable.auto.commit': byDefault(true) }

function only(...clients: Client[]) {
  const { findings, missing } = run(rule, clients)
  expect(missing).toEqual([])
  expect(findings).toHaveLength(1)
  return findings[0]!
}

function silent(...clients: Client[]) {
  expect(run(rule, clients)).toEqual({ findings: [], missing: [] })
}

describe('auto-commit', () => {
  it('flags the default at the construction, with the group beside it', () => {
    const found = only(consumer({ variant: { settings: ON } }))
    expect(found.location).toEqual(at(10))
    expect(found.message).toContain('`enable_auto_commit` is not set and kafka-python 2.0.2 defaults to True')
    expect(found.message).toContain('group `billing`')
    expect(found.related).toContainEqual({ label: 'group `billing`', location: at(9) })
    expect(found.confidence).toBe('high')
  })

  it('flags an explicit true at its own line and lets an ignore stand at the construction', () => {
    const found = only(
      consumer({ variant: { settings: { 'enable.auto.commit': explicit(true, { spelled: 'enable_auto_commit' }) } } }),
    )
    expect(found.location).toEqual(at(12))
    expect(found.anchors).toEqual([at(10)])
    expect(found.message).toContain('`enable_auto_commit` is True')
  })

  it.each([
    ['yes', 'error'],
    ['on-exception', 'warning'],
    ['no', 'info'],
  ] as const)('takes its severity from what the library loses: %s is %s', (loses, severity) => {
    const found = only(consumer({ variant: { settings: ON, commit: { loses, says: 'It commits on a timer.' } } }))
    expect(found.severity).toBe(severity)
    expect(found.why).toContain('It commits on a timer.')
  })

  it('is milder where at most once is declared, and says that this is not met either', () => {
    const intent = { match: { group: 'billing' }, semantics: 'at-most-once' } as const
    const found = only(consumer({ intent, variant: { settings: ON, commit: { loses: 'yes' } } }))
    expect(found.severity).toBe('warning')
    expect(found.why).toContain('At most once is declared')
  })

  it('is silent where it is off, has no group, never subscribes or commits nothing', () => {
    silent(
      consumer({ variant: { settings: { 'enable.auto.commit': explicit(false) } } }),
      consumer({ variant: { settings: { ...ON, 'group.id': byDefault(null) } }, group: { kind: 'absent' } }),
      consumer({ usage: 'assigns', variant: { settings: ON } }),
      consumer({ usage: 'none', variant: { settings: ON } }),
      consumer({ variant: { settings: ON, commit: { when: 'never' } } }),
      consumer(),
    )
  })

  it("is silent where offsets are stored by hand, which is the library's own at-least-once", () => {
    silent(consumer({ variant: { settings: { ...ON, 'enable.auto.offset.store': explicit(false) } } }))
  })

  it('does not add to a refusal of the key as it is spelled', () => {
    silent(consumer({ variant: { settings: ON, problems: [problem({ key: 'enable_auto_commit' })] } }))
  })

  it.each([
    ['on-poll', 'inside the next poll'],
    ['background', 'on a timer'],
    ['after-handler', 'the handler has returned'],
    ['on-delivery', 'before the handler runs'],
  ] as const)('says when it commits: %s', (when, words) => {
    expect(only(consumer({ variant: { settings: ON, commit: { when } } })).message).toContain(words)
  })

  it('is not misled by a stored-offset setting that is left at its default', () => {
    const settings = { ...ON, 'enable.auto.offset.store': byDefault(true) }
    expect(only(consumer({ variant: { settings } })).confidence).toBe('high')
  })

  it.each([
    ['0.5.48', undefined, 'Set `auto_commit=False`; FastStream then commits after the handler.'],
    ['0.6.1', byDefault(null), 'Move to faststream 0.6.3 or later'],
    ['0.7.4', byDefault(null), 'Set `ack_policy=AckPolicy.NACK_ON_ERROR`'],
  ] as const)('names the switch that FastStream %s has', (version, policy, fix) => {
    const settings = { ...ON, ...(policy ? { ack_policy: policy } : {}) }
    const found = only(consumer({ variant: { library: 'faststream-kafka', title: `FastStream ${version}`, version, settings } }))
    expect(found.fix).toContain(fix)
    expect(found.message.startsWith(policy ? '`ack_policy` is not set' : '`auto_commit` is not set')).toBe(true)
  })

  it('does not decide what the option set hides', () => {
    const { findings, missing } = run(rule, [
      consumer({ variant: { settings: { 'enable.auto.commit': hidden() } } }),
      consumer({
        variant: { settings: { ...ON, 'group.id': hidden() } },
        group: { kind: 'unknown', reason: 'options come from a parameter' },
      }),
      consumer({ variant: { settings: { 'enable.auto.commit': explicit(true), 'enable.auto.offset.store': hidden() } } }),
    ])
    expect(findings).toEqual([])
    expect(missing.map((m) => m.need)).toEqual(['settings', 'settings', 'settings'])
    expect(missing[0]?.reason).toContain('options come from a parameter')
  })

  it('says nothing of a hidden setting in a consumer that is surely in no group', () => {
    silent(consumer({ variant: { settings: { 'enable.auto.commit': hidden(), 'group.id': explicit(null) } } }))
  })

  it('takes a group from the environment as a group, with medium confidence', () => {
    expect(only(consumer({ variant: { settings: { ...ON, 'group.id': fromVariable('GROUP') } } })).confidence).toBe('medium')
  })

  it('lowers its confidence for a fallback of the environment, and names the variable', () => {
    const found = only(consumer({ variant: { settings: { 'enable.auto.commit': fromVariable('AUTO_COMMIT', true) } } }))
    expect(found.confidence).toBe('medium')
    expect(found.message).toContain('AUTO_COMMIT')
  })

  it('shows a value that a condition may turn on only to auditors', () => {
    const found = only(consumer({ variant: { settings: { 'enable.auto.commit': either(true, false) } } }))
    expect(found.confidence).toBe('low')
    expect(found.message).toContain('False on another')
  })

  it('is at most medium where it is not seen how the consumer is used', () => {
    expect(only(consumer({ usage: 'unknown', variant: { settings: ON } })).confidence).toBe('medium')
  })

  it('names the boundary where library versions differ', () => {
    const { findings, missing } = run(rule, [
      consumer({
        variants: [
          variant({ from: '0', until: '2.3', settings: { ...ON, 'group.id': explicit('billing') } }),
          variant({ from: '2.3', settings: { 'enable.auto.commit': byDefault(false), 'group.id': explicit('billing') } }),
        ],
      }),
    ])
    expect(findings).toEqual([])
    expect(missing).toHaveLength(1)
    expect(missing[0]?.need).toBe('version')
    expect(missing[0]?.reason).toContain('before 2.3')
  })
})

describe('where the handler was seen', () => {
  const worker = (loop: string) =>
    `import requests\nfrom kafka import KafkaConsumer\nconsumer = KafkaConsumer("orders", group_id="g", auto_offset_reset="earliest")\n${loop}`
  const loop = 'for message in consumer:\n    requests.put("http://pay/1", data=message.value)\n'
  const judged = async (text: string) =>
    (await judgedSource(rule, { 'worker.py': text, 'requirements.txt': 'kafka-python==2.0.2\n' })).map(({ severity, trace }) => [
      severity,
      trace?.at(-1)?.text,
    ])

  it('is as grave as what the handler loses, with the proof', async () => {
    const closing = `try:\n    ${loop.replaceAll('\n', '\n    ').trimEnd()}\nfinally:\n    consumer.close()\n`
    expect(await judged(worker(closing))).toEqual([['warning', 'm0 is never processed']])
    const caught =
      'for message in consumer:\n    try:\n        requests.put("http://pay/1", data=message.value)\n    except Exception:\n        pass\n'
    expect(await judged(worker(caught))).toEqual([['warning', 'm0 is never processed']])
  })

  it('only tells where nothing is lost', async () => {
    expect(await judged(worker(loop))).toEqual([['info', undefined]])
  })

  it('stays as grave as the library is where nothing was seen to be done', async () => {
    expect(await judged(worker('for message in consumer:\n    pass\n'))).toEqual([['warning', undefined]])
  })
})
