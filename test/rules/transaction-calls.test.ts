import { expect, it } from 'vitest'
import rule from '../../rules/transaction-calls.ts'
import { confluent, linesOf } from './handlers.ts'

const SEND = 'producer.produce("out", message.value())'
const OFFSETS =
  'producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())'
const transactional = (body: string, init = 'producer.init_transactions()\n') =>
  confluent(body)
    .replace('Producer({"bootstrap.servers": "k:9092"})', 'Producer({"bootstrap.servers": "k:9092", "transactional.id": "t"})')
    .replace('consumer.subscribe', `${init}consumer.subscribe`)
const lines = (body: string, init?: string) => linesOf(rule, transactional(body, init))
const whole = (caught: string) =>
  `producer.begin_transaction()\ntry:\n    ${SEND}\n    ${OFFSETS}\n    producer.commit_transaction()\nexcept Exception:\n    ${caught}`

it.each([
  ['a failure that leaves the transaction open', whole('print("no")'), ['16 error medium']],
  ['an abort that goes on with the next message', whole('producer.abort_transaction()'), ['17 error medium']],
  [
    'a message that is sent before the transaction begins',
    `${SEND}\nproducer.begin_transaction()\n${OFFSETS}\nproducer.commit_transaction()`,
    ['11 error medium'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it('flags a producer that never initialises its transactions', async () => {
  expect(await lines(`producer.begin_transaction()\n${SEND}\n${OFFSETS}\nproducer.commit_transaction()`, '')).toEqual([
    '10 error high',
  ])
})

it.each([
  ['an abort that goes back', whole('producer.abort_transaction()\n    consumer.seek(message)')],
  ['an exception that ends the process', whole('producer.abort_transaction()\n    raise')],
  ['calls in their order', `producer.begin_transaction()\n${SEND}\n${OFFSETS}\nproducer.commit_transaction()`],
  [
    'a transaction over several turns',
    `${SEND}\nif n % 100 == 0:\n    ${OFFSETS}\n    producer.commit_transaction()\n    producer.begin_transaction()`,
  ],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
