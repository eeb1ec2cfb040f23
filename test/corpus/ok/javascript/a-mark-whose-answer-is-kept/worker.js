import { Kafka } from 'kafkajs'
import Redis from 'ioredis'
import { orders } from './database'
const redis = new Redis()
const kafka = new Kafka({ clientId: 'orders', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({ groupId: 'orders' })

export async function start() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const seen = await redis.get(`seen:${message.key}`)
      if (seen !== null) return
      await orders.updateOne({ id: message.key }, { id: message.key }, { upsert: true })
      await redis.set(`seen:${message.key}`, '1', 'EX', 604800)
    },
  })
}
