import { expect, it } from 'vitest'
import rule from '../../rules/concurrent-hand-off.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))

it.each([
  ['a pool', 'pool.submit(work, message.value())\nconsumer.commit(message)'],
  ['a thread', 'threading.Thread(target=work, args=(message,)).start()\nconsumer.commit(message)'],
  ['a queue', 'jobs.put(message.value())\nconsumer.commit(message)'],
])('flags %s', async (_name, body) => {
  const worker = `import threading\n${body}`
  expect(await lines(worker)).toEqual(['12 error medium'])
})

it.each([
  ['work in the loop', `${CHARGE}\nconsumer.commit(message)`],
  ['an HTTP put', 'requests.put("http://pay", data=message.value())\nconsumer.commit(message)'],
  ['no commit after it', 'pool.submit(work, message.value())'],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
