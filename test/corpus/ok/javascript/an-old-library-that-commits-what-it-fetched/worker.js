const kafka = require('kafka-node')
const { orders } = require('./database')

const settings = { kafkaHost: 'kafka:9092', groupId: 'orders', fromOffset: 'earliest', autoCommit: false }
const consumer = new kafka.ConsumerGroupStream(settings, ['orders'])

consumer.on('data', async (message) => {
  await orders.updateOne({ id: message.key }, { value: message.value }, { upsert: true })
  consumer.commit(message, true, (error) => error && console.error(error))
})

const client = new kafka.KafkaClient({ kafkaHost: 'kafka:9092' })
const producer = new kafka.Producer(client, { requireAcks: -1 })

exports.publish = (order, done) => producer.send([{ topic: 'orders', messages: order }], done)
