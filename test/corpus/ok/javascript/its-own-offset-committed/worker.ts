import { Kafka } from 'kafkajs'
import { orders } from './database'
const kafka = new Kafka({ clientId: 'orders', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({ groupId: 'orders' })

export async function start() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ topic, partition, message }) => {
      await orders.updateOne({ value: message.value }, { value: message.value }, { upsert: true })
      await consumer.commitOffsets([{ topic, partition, offset: (BigInt(message.offset) + 1n).toString() }])
    },
  })
}
