import { expect, it } from 'vitest'
import rule from '../../rules/unguarded-side-effect.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, `import redis\nr = redis.Redis()\n${confluent(body)}`)
const COMMIT = 'consumer.commit(message, asynchronous=False)'

it('flags a request that is sent again', async () => {
  expect(await lines(`${CHARGE}\n${COMMIT}`)).toEqual(['12 warning high'])
})

it.each([
  [
    'an idempotency key among the headers',
    `requests.post("http://pay", data=message.value(), headers={"Idempotency-Key": message.key()})\n${COMMIT}`,
  ],
  ['a request that may be repeated', `requests.put("http://pay/1", data=message.value())\n${COMMIT}`],
  [
    'a look in a dedupe store',
    `if r.exists(message.key()):\n    continue\n${CHARGE}\nr.set(message.key(), 1, ex=86400)\n${COMMIT}`,
  ],
  ['a row in a database', `db.insert_one(message.value())\n${COMMIT}`],
  ['a call that is not known', `notify(message.value())\n${COMMIT}`],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
