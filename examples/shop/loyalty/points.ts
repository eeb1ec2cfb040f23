import { Pool } from 'pg'
import { kafka } from './kafka'

const database = new Pool()
const consumer = kafka.consumer({ groupId: 'loyalty-points' })

/** Gives points for each order. A failure is logged, and the client commits the message all the same. */
export async function run(): Promise<void> {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      try {
        await database.query('INSERT INTO points (customer, amount) VALUES ($1, $2)', [message.key, message.value])
      } catch (error) {
        console.error(error)
      }
    },
  })
}
