const { Kafka } = require('kafkajs')
const nodemailer = require('nodemailer')

const transporter = nodemailer.createTransport({ host: 'mail' })
const kafka = new Kafka({ clientId: 'mailer', brokers: ['kafka:9092'] })
const consumer = kafka.consumer({ groupId: 'mailer' })

function notify(to) {
  return new Promise((resolve, reject) => {
    transporter.sendMail({ to, subject: 'Order' }, (error, info) => {
      if (error) reject(error)
      else resolve(info)
    })
  })
}

async function main() {
  await consumer.connect()
  await consumer.subscribe({ topic: 'orders', fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => notify(message.value.toString()) })
}
main()
