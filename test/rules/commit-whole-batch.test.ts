import { expect, it } from 'vitest'
import rule from '../../rules/commit-whole-batch.ts'
import { kafkaPython, linesOf } from './handlers.ts'

const each = (commit: string) =>
  `for tp, messages in records.items():\n    for message in messages:\n        requests.post("http://pay", data=message.value)\n        ${commit}`

it('flags a commit without offsets inside the loop over a batch', async () => {
  expect(await linesOf(rule, kafkaPython(each('consumer.commit()')))).toEqual(['9 error high'])
})

it('flags it for consume() of confluent-kafka', async () => {
  const worker = `from confluent_kafka import Consumer
consumer = Consumer({"group.id": "g", "enable.auto.commit": False})
consumer.subscribe(["orders"])
while True:
    for message in consumer.consume(100, 1.0):
        handle(message)
        consumer.commit()
`
  expect(await linesOf(rule, worker)).toEqual(['7 error high'])
})

it.each([
  ['offsets of the message', kafkaPython(each('consumer.commit({tp: OffsetAndMetadata(message.offset + 1, "")})'))],
  ['a commit behind the loop', kafkaPython(`${each('pass')}\nconsumer.commit()`)],
  [
    'an iterator, whose position moves message by message',
    'from kafka import KafkaConsumer\nconsumer = KafkaConsumer("orders", group_id="g", enable_auto_commit=False)\nfor message in consumer:\n    handle(message)\n    consumer.commit()\n',
  ],
])('is silent on %s', async (_name, worker) => {
  expect(await linesOf(rule, worker)).toEqual([])
})
