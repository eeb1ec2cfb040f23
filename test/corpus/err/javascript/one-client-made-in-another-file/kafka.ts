import { Kafka } from 'kafkajs'

const kafka = new Kafka({ clientId: 'orders', brokers: (process.env.BROKERS || 'kafka:9092').split(',') })

export const consumerOf = (groupId: string) => kafka.consumer({ groupId })
