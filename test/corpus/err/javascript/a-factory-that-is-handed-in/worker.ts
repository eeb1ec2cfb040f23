import type { Kafka } from 'kafkajs'
import { orders } from './database'

export class Worker {
  constructor(
    private readonly kafka: Kafka,
    private readonly group: string,
  ) {}

  async start() {
    const consumer = this.kafka.consumer({ groupId: this.group })
    await consumer.connect()
    await consumer.subscribe({ topic: 'orders', fromBeginning: false }) // expect: offset-reset
    await consumer.run({
      eachMessage: async ({ message }) => {
        await orders.updateOne({ id: message.key }, { value: message.value }, { upsert: true })
      },
    })
  }
}
