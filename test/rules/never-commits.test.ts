import { expect, it } from 'vitest'
import rule from '../../rules/never-commits.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

it('flags a group that nothing commits for', async () => {
  expect(await linesOf(rule, confluent(CHARGE), 'confluent-kafka==2.6.0\n')).toEqual(['4 warning medium'])
})

it('is graver where the reset policy skips', async () => {
  const worker = confluent(CHARGE).replace('"earliest"', '"latest"')
  expect(await linesOf(rule, worker, 'confluent-kafka==2.6.0\n')).toEqual(['4 error medium'])
})

it.each([
  ['a commit', confluent(`${CHARGE}\nconsumer.commit(message)`)],
  [
    'one that counting leads to',
    confluent(`${CHARGE}\ncount += 1\nif count % 100 == 0:\n    consumer.commit()`).replace(
      'while True',
      'count = 0\nwhile True',
    ),
  ],
  [
    'offsets that go with a transaction',
    confluent(
      `${CHARGE}\nproducer.send_offsets_to_transaction(consumer.position([]), consumer.consumer_group_metadata())\nconsumer.store_offsets(message)`,
    ),
  ],
  ['auto-commit', confluent(CHARGE).replace('False', 'True')],
  ['a consumer that goes where it cannot be followed', confluent('framework.run(consumer)')],
])('is silent on %s', async (_name, worker) => {
  expect(await linesOf(rule, worker, 'confluent-kafka==2.6.0\n')).toEqual([])
})

const GROUP = '"orders", group_id="g", auto_offset_reset="earliest", enable_auto_commit=False'

it.each([
  ['an attribute', 'self.n += 1', 'self.n >= 100'],
  ['an attribute, spelled out', 'self.n = self.n + 1', 'self.n >= 100'],
])('is silent on a commit that counting in %s leads to', async (_name, step, test) => {
  const worker = `from kafka import KafkaConsumer
class Done:
    def __init__(self, consumer):
        self.consumer = consumer
        self.n = 0
    def add(self):
        ${step}
        if ${test}:
            self.consumer.commit()
            self.n = 0
consumer = KafkaConsumer(${GROUP})
done = Done(consumer)
for record in consumer:
    done.add()
`
  expect(await linesOf(rule, worker, 'kafka-python==2.2.15\n')).toEqual([])
})

it.each([
  [
    'a global',
    'count = 0\ndef add():\n    global count\n    count += 1\n    if count >= 100:\n        consumer.commit()\n',
    'add()',
  ],
  ['a variable, spelled out', 'n = 0\n', 'n = n + 1\n    if n >= 100:\n        consumer.commit()'],
])('is silent on a commit that counting in %s leads to', async (_name, before, body) => {
  const worker = `from kafka import KafkaConsumer\nconsumer = KafkaConsumer(${GROUP})\n${before}for record in consumer:\n    ${body}\n`
  expect(await linesOf(rule, worker, 'kafka-python==2.2.15\n')).toEqual([])
})
