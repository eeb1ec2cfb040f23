import { consumerOf } from './kafka'
import { orders } from './database'

const consumer = consumerOf('orders')

export class Worker {
  async start() {
    await consumer.connect()
    await consumer.subscribe({ topics: ['orders'], fromBeginning: true })
    await consumer.run({ eachMessage: this.handle.bind(this) })
  }

  private async handle({ message }) {
    await orders.updateOne({ value: message.value }, { value: message.value }, { upsert: true })
  }
}
