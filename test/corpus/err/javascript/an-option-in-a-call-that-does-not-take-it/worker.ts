import { Kafka } from 'kafkajs'
import { orders } from './database'
const kafka = new Kafka({ clientId: 'orders', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({
  groupId: 'orders',
  autoCommit: false, // expect: setting-ignored
})

export async function start() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      await orders.updateOne({ value: message.value }, { value: message.value }, { upsert: true })
    },
  })
}
