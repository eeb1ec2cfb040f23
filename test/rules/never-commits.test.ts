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
