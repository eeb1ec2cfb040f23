import { expect, it } from 'vitest'
import rule from '../../rules/sync-commit-per-message.ts'
import { CHARGE, confluent, kafkaPython, linesOf } from './handlers.ts'

it('flags a commit that waits, for every message', async () => {
  expect(await linesOf(rule, confluent(`${CHARGE}\nconsumer.commit(message, asynchronous=False)`))).toEqual(['11 info high'])
})

it('flags it inside the loop over a batch', async () => {
  const body =
    'for tp, messages in records.items():\n    for message in messages:\n        print(message)\n        consumer.commit()'
  expect(await linesOf(rule, kafkaPython(body))).toEqual(['9 info high'])
})

it.each([
  ['a commit that does not wait', confluent(`${CHARGE}\nconsumer.commit(message)`)],
  ['every hundredth', confluent(`${CHARGE}\nn = 1\nn += 1\nif n % 100 == 0:\n    consumer.commit(asynchronous=False)`)],
  ['once for a batch', kafkaPython('for messages in records.values():\n    print(messages)\nconsumer.commit()')],
])('is silent on %s', async (_name, worker) => {
  expect(await linesOf(rule, worker)).toEqual([])
})
