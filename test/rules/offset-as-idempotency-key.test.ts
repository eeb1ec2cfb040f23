import { expect, it } from 'vitest'
import rule from '../../rules/offset-as-idempotency-key.ts'
import { confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))

it.each([
  ['a bare offset', 'redis.set(f"order:{message.offset()}", message.value())', ['10 error high']],
  [
    'an offset by another name',
    'number = message.offset()\nredis.set("order:" + str(number), message.value())',
    ['11 error high'],
  ],
  ['a mark', 'redis.set(f"seen:{message.offset()}", 1, ex=60)', ['10 error high']],
  [
    'a delivery',
    'redis.set(f"{message.topic()}-{message.partition()}-{message.offset()}", message.value())',
    ['10 warning high'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it.each([
  ['the key of the message', 'redis.set(f"order:{message.key()}", message.value())'],
  ['an id of its content', 'order = message.value()\nredis.set(f"order:{order[0]}", order)'],
  ['an id with the offset', 'redis.set(f"{message.key()}:{message.offset()}", message.value())'],
  ['an offset that is only printed', 'print(message.offset())'],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
