import { expect, it } from 'vitest'
import rule from '../../rules/dedupe-mark-order.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, `import redis\nr = redis.Redis()\n${confluent(body)}`)
const KEY = 'f"seen:{message.key()}"'
const COMMIT = 'consumer.commit(message, asynchronous=False)'

it.each([
  [
    'a claim before the effect',
    `if not r.set(${KEY}, 1, nx=True, ex=86400):\n    continue\n${CHARGE}\n${COMMIT}`,
    ['12 error medium'],
  ],
  [
    'a mark after the effect',
    `if r.exists(${KEY}):\n    continue\n${CHARGE}\nr.set(${KEY}, 1, ex=86400)\n${COMMIT}`,
    ['15 warning medium'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it.each([
  [
    'a mark after an effect that may be repeated',
    `if r.exists(${KEY}):\n    continue\n${CHARGE.replace('post', 'put')}\nr.set(${KEY}, 1, ex=86400)\n${COMMIT}`,
  ],
  ['no mark at all', `${CHARGE}\n${COMMIT}`],
  [
    'mark and effect in one database transaction',
    `with db.transaction():\n    db.insert_one({"_id": message.key()})\n    db.insert_one(message.value())\n${COMMIT}`,
  ],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
