import { expect, it } from 'vitest'
import rule from '../../rules/redis-ttl-too-short.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (ttl: number, settings = '') =>
  linesOf(
    rule,
    `import redis\nr = redis.Redis()\n${confluent(`if not r.set(f"seen:{message.key()}", 1, nx=True, ex=${ttl}):\n    continue\n${CHARGE}\nconsumer.commit(message, asynchronous=False)`, settings)}`,
    'confluent-kafka==2.6.0\n',
  )

it('flags a mark that is gone before anybody notices the crash', async () => {
  expect(await lines(30)).toEqual(['12 warning medium'])
})

it('measures by the session that the project sets', async () => {
  expect(await lines(30, ', "session.timeout.ms": 10000')).toEqual([])
})

it('is silent on a mark that lives for days', async () => {
  expect(await lines(604800)).toEqual([])
})
