import { expect, test } from 'vitest'
import { pretty } from '../../src/output/pretty.ts'
import { styleFor } from '../../src/text/style.ts'
import { documentOf, factsOf, finding, placeOf, reportOf, ruleSaying } from '../engine/shop.ts'
import { byDefault, client, variant } from '../rules/facts.ts'
import { CONNECT, FACTS, rendering, shopReport } from './rendering.ts'

test('clients, findings with their source, and an account of everything', async () => {
  const report = shopReport()
  expect(await pretty(report, rendering(report, FACTS))).toBe(`1 Kafka client

line  client    library             group and topics  what its settings really are
orders/worker.py
6     consumer  kafka-python 2.0.2  billing           enable.auto.commit = true (default)
                --assume            ← orders          auto.offset.reset = earliest (line 10)

error[auto-commit] \`enable_auto_commit\` is not set, and kafka-python 2.0.2 defaults to true
  --> orders/worker.py:6:16
   |
 5 |   def run():
 6 | /     consumer = KafkaConsumer(
 7 | |         "orders",
 8 | |         group_id="billing",
   | |         ------------------ group billing
 9 | |         sasl_plain_password=‹redacted›,
10 | |         auto_offset_reset="earliest",
11 | |     )
   | |_^
   |
   = why: the offset is committed inside the next poll, so a message whose handler failed before close() is
          committed all the same and never comes back
   = fix: set enable_auto_commit=False and commit after the work
   = trace: 1. poll() returns m0 m1
            2. the handler of m0 raises
            3. close() commits 2
   = confidence: high · semcheck explain auto-commit

warning[weak-acks] \`acks\` is 1: 100%, \\x1b[2Jsure
 --> deploy/producer.properties:2:1
  |
1 | bootstrap.servers=kafka-1:9092
2 | acks=1
  | ^^^^^^
 ::: orders/worker.py:3:1
  |
3 | BROKERS = "kafka-1:9092"
  | ------- the consumer of it
  |
  = why: only the leader confirms
  = fix: set acks=all
  = confidence: high · semcheck explain weak-acks

2 findings: 1 error, 1 warning
  not shown: 1 of low confidence (--persona auditor)
Coverage: 1 client (1 consumer, 0 producers) in 1 file · 2 files chosen · 3 rules run
  not evaluated: 1 question about 1 subject (unknown is not a pass)
    producer · read-uncommitted · version: true for kafka-python 1.4, not for 2.2, and the project does not
      say which
  not read in full: 1 file
    deploy/broken.yml:3: a tab stands where spaces are wanted; indent with spaces
Exit 1: 1 finding at or above --fail-on error
`)
})

test('every setting of every client', async () => {
  const report = shopReport()
  const text = await pretty(report, rendering(report, FACTS, { everySetting: true }))
  expect(text.slice(0, text.indexOf('\n\nerror'))).toBe(`1 Kafka client

consumer KafkaConsumer in run  orders/worker.py:6:16
  library   kafka-python 2.0.2 (--assume)
  group     billing
  topics    orders
  commits   Commits inside the next poll.
    auto.offset.reset   earliest    line 10, as auto_offset_reset
    enable.auto.commit  true        default
    sasl.password       ‹redacted›  line 9, as sasl_plain_password`)
})

test('where versions differ, each value tells for which ones', async () => {
  const at = (from: string, until: string | undefined, acks: string | number) =>
    variant({ title: 'kafka-python (version unknown)', from, until, settings: { acks: byDefault(acks), retries: byDefault(0) } })
  const one = client('producer', {
    variants: [at('0', '1.4', 1), at('1.4', '2.0', 1), at('2.0', '2.2', 'all'), at('2.2', undefined, 1)],
  })
  const facts = factsOf([], [one])
  const report = reportOf(facts, [])
  const text = await pretty(report, rendering(report, facts, { everySetting: true }))
  expect(text.split('\n').filter((line) => /^ {4}\S/.test(line))).toEqual([
    '    acks     1    default, kafka-python before 2.0, from 2.2',
    '    acks     all  default, kafka-python from 2.0 before 2.2',
    '    retries  0    default',
  ])
  expect(await pretty(report, rendering(report, facts))).toContain('acks = 1 or all (by version)')
})

test('quiet prints findings only, and nothing when there are none', async () => {
  const report = shopReport()
  const text = await pretty(report, rendering(report, FACTS, { quiet: true }))
  expect(text.startsWith('error[auto-commit]')).toBe(true)
  expect(text.endsWith('= confidence: high · semcheck explain weak-acks\n')).toBe(true)
  const none = reportOf(FACTS, [])
  expect(await pretty(none, rendering(none, FACTS, { quiet: true }))).toBe('')
})

test('a tree without clients says so', async () => {
  const facts = factsOf([])
  const report = reportOf(facts, [])
  expect(await pretty(report, rendering(report, facts))).toBe(`No findings.
Coverage: no Kafka clients found · 0 files chosen
Exit 0: nothing at or above --fail-on error
`)
})

test('a finding without a place names its subject', async () => {
  const facts = factsOf([])
  const report = reportOf(facts, [
    ruleSaying('offsets-expire', finding(null, { subject: { kind: 'group', id: 'g', name: 'bill\u202eing' }, message: 'm' })),
  ])
  const text = await pretty(report, rendering(report, facts, { quiet: true }))
  expect(text.split('\n').slice(0, 2)).toEqual(['error[offsets-expire] m', ' --> group bill\\u202eing'])
})

test('the call around a marked argument is not marked again', async () => {
  const document = documentOf('p.py', 'p = Producer(acks=1, retries=0)\n')
  const facts = factsOf([document])
  const call = { label: 'Producer in p', location: placeOf(document, 'Producer(acks=1, retries=0)') }
  const other = { label: 'retried', location: placeOf(document, 'retries=0') }
  const report = reportOf(facts, [ruleSaying('weak-acks', finding(placeOf(document, 'acks=1'), { related: [call, other] }))])
  const lines = (await pretty(report, rendering(report, facts, { quiet: true }))).split('\n')
  expect(lines.slice(3, 7)).toEqual([
    '1 | p = Producer(acks=1, retries=0)',
    '  |              ^^^^^^',
    '  |                      --------- retried',
    '  |',
  ])
})

test('paths are seen from the current folder', async () => {
  const report = shopReport()
  expect(await pretty(report, rendering(report, FACTS, { fromHere: (path) => `../shop/${path}` }))).toContain(
    '--> ../shop/orders/worker.py:6:16',
  )
})

test('why and fix are wrapped to the terminal, frames are not', async () => {
  const report = shopReport()
  const lines = (await pretty(report, rendering(report, FACTS, { width: 60, quiet: true }))).split('\n')
  const why = lines.findIndex((line) => line.includes('= why'))
  expect(lines.slice(why, why + 4).every((line) => line.length <= 60)).toBe(true)
  expect(lines).toContain(' 9 | |         sasl_plain_password=‹redacted›,')
})

test('a table that does not fit gives way, and loses nothing', async () => {
  const long = client('producer', {
    location: placeOf(CONNECT, 'acks=1'),
    topics: {
      kind: 'known',
      names: ['orders-with-a-very-long-name', 'payments-with-a-long-name'],
      location: placeOf(CONNECT, 'acks=1'),
    },
  })
  const facts = factsOf([CONNECT], [long])
  const report = reportOf(facts, [])
  const text = await pretty(report, rendering(report, facts, { width: 70 }))
  const table = text.slice(0, text.indexOf('\n\nNo findings'))
  expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThanOrEqual(70)
  expect(table.replace(/\s/g, '')).toContain('orders-with-a-very-long-name'.slice(0, 10))
})

test('colour marks, and the text under it is the same', async () => {
  const report = shopReport()
  const plain = await pretty(report, rendering(report, FACTS))
  const coloured = await pretty(report, rendering(report, FACTS, { style: await styleFor(1) }))
  expect(coloured).toContain('\x1b[1m\x1b[31merror[auto-commit]\x1b[39m\x1b[22m')
  expect(coloured.replace(/\x1b\[\d+m/g, '')).toBe(plain)
})
