import { expect, it } from 'vitest'
import rule from '../../rules/commit-before-ack.ts'
import { confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))
const SEND = 'producer.produce("out", message.value(), on_delivery=report)'

it('flags a commit while the output is in the buffer', async () => {
  expect(await lines(`${SEND}\nconsumer.commit(message)`)).toEqual(['11 error medium'])
})

it('flags a dead letter too', async () => {
  expect(await lines('producer.produce("dead-letter", message.value(), on_delivery=report)\nconsumer.commit(message)')).toEqual([
    '11 error medium',
  ])
})

it.each([
  ['a flush between', `${SEND}\nproducer.flush()\nconsumer.commit(message)`],
  ['a transaction', `producer.begin_transaction()\n${SEND}\nproducer.commit_transaction()\nconsumer.commit(message)`],
  ['an output after it', `consumer.commit(message)\n${SEND}`],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})

it('is silent where the library waits', async () => {
  const worker = `from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
async def main():
    consumer = AIOKafkaConsumer("orders", group_id="g", enable_auto_commit=False)
    producer = AIOKafkaProducer()
    async for message in consumer:
        await producer.send_and_wait("out", message.value)
        await consumer.commit()
`
  expect(await linesOf(rule, worker)).toEqual([])
  expect(await linesOf(rule, worker.replace('send_and_wait', 'send'))).toEqual(['7 error medium'])
})

it('is silent on an output that is not of the message', async () => {
  const worker = `from confluent_kafka import Consumer, Producer
producer = Producer({})
consumer = Consumer({"group.id": "g", "enable.auto.commit": False})
consumer.subscribe(["orders"])
while True:
    producer.produce("ticks", b"tick", on_delivery=report)
    message = consumer.poll(1.0)
    if message is None:
        continue
    consumer.commit(message)
`
  expect(await linesOf(rule, worker)).toEqual([])
})
