import { expect, it } from 'vitest'
import rule from '../../rules/concurrent-hand-off.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))

it.each([
  ['a pool', 'pool.submit(work, message.value())\nconsumer.commit(message)'],
  ['a thread', 'threading.Thread(target=work, args=(message,)).start()\nconsumer.commit(message)'],
  ['a result that is waited for too late', 'done = pool.submit(work, message.value())\nconsumer.commit(message)\ndone.result()'],
  ['a queue', 'jobs.put(message.value())\nconsumer.commit(message)'],
])('flags %s', async (_name, body) => {
  const worker = `import threading\n${body}`
  // the line of the commit
  const line = 10 + worker.split('\n').findIndex((text) => text.startsWith('consumer.commit'))
  expect(await lines(worker)).toEqual([`${line} error medium`])
})

it.each([
  ['work in the loop', `${CHARGE}\nconsumer.commit(message)`],
  ['an HTTP put', 'requests.put("http://pay", data=message.value())\nconsumer.commit(message)'],
  ['a result that is waited for', 'done = pool.submit(work, message.value())\ndone.result()\nconsumer.commit(message)'],
  ['no commit after it', 'pool.submit(work, message.value())'],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
