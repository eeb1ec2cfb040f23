import { expect, it } from 'vitest'
import rule from '../../rules/poll-interval.ts'
import { CHARGE, confluent, kafkaPython, linesOf } from './handlers.ts'

const COMMIT = 'consumer.commit(message)'
const lines = (body: string, settings?: string) => linesOf(rule, `import time\n${confluent(body, settings)}`)

it.each([
  ['a wait longer than the interval', `time.sleep(301)\n${CHARGE}\n${COMMIT}`, ['11 warning medium']],
  [
    'waits between attempts that add up',
    `for n in range(10):\n    try:\n        ${CHARGE}\n        break\n    except Exception:\n        time.sleep(60)\n${COMMIT}`,
    ['16 warning medium'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it('counts a wait for every message of a batch that the project sets', async () => {
  const body =
    'for messages in records.values():\n    for message in messages:\n        time.sleep(1)\n        requests.post("http://pay", data=message.value)\nconsumer.commit()'
  const worker = (size: number) =>
    `import time\n${kafkaPython(body)}`.replace('enable_auto_commit=False', `enable_auto_commit=False, max_poll_records=${size}`)
  expect(await linesOf(rule, worker(400), 'kafka-python==2.0.2\n')).toEqual(['9 warning medium'])
  expect(await linesOf(rule, worker(100), 'kafka-python==2.0.2\n')).toEqual([])
})

it('flags an interval that hides what hangs', async () => {
  expect(await lines(`${CHARGE}\n${COMMIT}`, ', "max.poll.interval.ms": 86400000')).toEqual(['5 warning high'])
  expect(await lines(`${CHARGE}\n${COMMIT}`, ', "max.poll.interval.ms": 7200000')).toEqual(['5 info high'])
})

it.each([
  ['a short wait', `time.sleep(1)\n${CHARGE}\n${COMMIT}`, ''],
  ['a wait of unknown length', `time.sleep(pause)\n${CHARGE}\n${COMMIT}`, ''],
  ['an interval raised for the wait', `time.sleep(301)\n${CHARGE}\n${COMMIT}`, ', "max.poll.interval.ms": 600000'],
])('is silent on %s', async (_name, body, settings) => {
  expect(await lines(body, settings)).toEqual([])
})
