const { Kafka } = require('kafkajs')
const nodemailer = require('nodemailer')

const transporter = nodemailer.createTransport({ host: 'mail' })
const kafka = new Kafka({ clientId: 'mailer', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({ groupId: 'mailer' }) // expect: auto-commit

async function notify(to) {
  // expect-next: concurrent-hand-off
  transporter.sendMail({ to, subject: 'Order' }, (error) => {
    if (error) console.error(error)
  })
}

async function main() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => notify(message.value.toString()) })
}
main()
