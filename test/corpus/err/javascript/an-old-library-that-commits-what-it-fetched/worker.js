const kafka = require('kafka-node')
const { orders } = require('./database')

const consumer = new kafka.ConsumerGroup({ kafkaHost: 'kafka:9092', groupId: 'orders', fromOffset: 'earliest' }, ['orders']) // expect: auto-commit

consumer.on('message', async (message) => {
  await orders.updateOne({ id: message.key }, { value: message.value }, { upsert: true })
})

const client = new kafka.KafkaClient({ kafkaHost: 'kafka:9092' })
const producer = new kafka.Producer(client, { requireAcks: 1 }) // expect: weak-acks

exports.publish = (order, done) => producer.send([{ topic: 'orders', messages: order }], done)
