import { Kafka } from 'kafkajs'
import Redis from 'ioredis'
import axios from 'axios'
const redis = new Redis()
const kafka = new Kafka({ clientId: 'orders', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({ groupId: 'orders' }) // expect: auto-commit

export async function start() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const taken = await redis.set(`seen:${message.key}`, '1', 'EX', 604800, 'NX') // expect: dedupe-mark-order
      if (!taken) return
      await axios.post('https://mail.example.com/send', { to: message.value.toString() }, { timeout: 1000 })
    },
  })
}
