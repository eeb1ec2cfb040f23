import { expect, it } from 'vitest'
import rule from '../../rules/commit-before-processing.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))

it.each([
  ['commit, then effect', `consumer.commit(message)\n${CHARGE}`, ['10 error medium']],
  ['store, then effect', `consumer.store_offsets(message)\n${CHARGE}`, ['10 error medium']],
  ['commit, then output', 'consumer.commit(message)\nproducer.produce("out", message.value())', ['10 error medium']],
  ['commit, then something that could not be followed', 'consumer.commit(message)\nprocess(message)', ['10 error low']],
  ['commit in finally', `try:\n    ${CHARGE}\nfinally:\n    consumer.commit(message)`, ['13 error medium']],
  ['on one way only', `if message.key():\n    consumer.commit(message)\n${CHARGE}`, ['11 error medium']],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it.each([
  ['effect, then commit', `${CHARGE}\nconsumer.commit(message)`],
  [
    'commit where nothing is done',
    `if not message.value():\n    consumer.commit(message)\n    continue\n${CHARGE}\nconsumer.commit(message)`,
  ],
  ['commit after the try', `try:\n    ${CHARGE}\nexcept ValueError:\n    raise\nconsumer.commit(message)`],
  ['a look at the message after the commit', `${CHARGE}\nconsumer.commit(message)\nprint(message.offset())`],
  ['a commit for every hundredth', `count = 0\nif count % 100 == 0:\n    consumer.commit(message)\n${CHARGE}`],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})

it('follows functions and methods of the project', async () => {
  const worker = `from confluent_kafka import Consumer
import requests
class Worker:
    def __init__(self):
        self.consumer = Consumer({"group.id": "g", "enable.auto.commit": False})
        self.consumer.subscribe(["orders"])
    def acknowledge(self, message):
        self.consumer.commit(message)
    def handle(self, message):
        requests.post("http://pay", data=message.value())
    def run(self):
        while True:
            message = self.consumer.poll(1.0)
            if message is None:
                continue
            self.acknowledge(message)
            self.handle(message)
Worker().run()
`
  expect(await linesOf(rule, worker)).toEqual(['8 error medium'])
})

it('says nothing of a consumer without a group', async () => {
  const worker = `from kafka import KafkaConsumer
import requests
consumer = KafkaConsumer("orders")
for message in consumer:
    consumer.commit()
    requests.post("http://pay", data=message.value)
`
  expect(await linesOf(rule, worker)).toEqual([])
})
