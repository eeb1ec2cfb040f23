import type { Example } from './rule.ts'

/** A consumer of `orders` in the group `billing`, for the examples of rules that ask a cluster about it; without fault by itself. */
export function stagedConsumer(reset: 'earliest' | 'latest' = 'earliest'): Example {
  return {
    'requirements.txt': 'confluent-kafka==2.6.0\n',
    'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
${reset === 'latest' ? '    # semcheck-ignore offset-reset -- a new group starts at the end\n' : ''}    'auto.offset.reset': '${reset}',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])
`,
  }
}

/** A producer of `orders` that waits for all in-sync replicas. */
export const STAGED_PRODUCER: Example = {
  'requirements.txt': 'confluent-kafka==2.6.0\n',
  'publisher.py': `from confluent_kafka import Producer

producer = Producer({'bootstrap.servers': 'kafka.example.com:9092', 'acks': 'all', 'enable.idempotence': True})
producer.produce('orders', b'{}', on_delivery=report)
producer.flush()
`,
}
