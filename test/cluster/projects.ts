/** A consumer without fault of its own, and with topics that only its environment knows where none are given. */
export function consumerProject(options: {
  readonly bootstrap: readonly string[]
  readonly group: string
  readonly topics?: readonly string[]
  readonly user?: string
  readonly reset?: 'earliest' | 'latest'
  readonly isolation?: 'read_uncommitted'
}): Readonly<Record<string, string>> {
  const { bootstrap, group, topics, user, isolation, reset = 'earliest' } = options
  const named = topics ? JSON.stringify(topics) : '[os.environ["TOPIC"]]'
  return {
    'requirements.txt': 'confluent-kafka==2.6.0\n',
    'worker.py': `import os

from confluent_kafka import Consumer

consumer = Consumer({
    "bootstrap.servers": ${JSON.stringify(bootstrap.join(','))},${login(user)}
    "group.id": ${JSON.stringify(group)},
    "auto.offset.reset": ${JSON.stringify(reset)},
    "enable.auto.commit": False,${isolation ? `\n    "isolation.level": "${isolation}",` : ''}
})
consumer.subscribe(${named})
done = 0
while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        store(message.value())
        done += 1
        if done % 100 == 0:
            consumer.commit(asynchronous=False)
`,
  }
}

/** A producer without fault of its own. */
export function producerProject(options: {
  readonly bootstrap: readonly string[]
  readonly topic?: string
  readonly transactionalId?: string
  readonly user?: string
}): Readonly<Record<string, string>> {
  const { bootstrap, topic, transactionalId, user } = options
  const named = topic ? JSON.stringify(topic) : 'os.environ["TOPIC"]'
  const id = transactionalId ? `\n    "transactional.id": ${JSON.stringify(transactionalId)},` : ''
  return {
    'requirements.txt': 'confluent-kafka==2.6.0\n',
    'publisher.py': `import os

from confluent_kafka import Producer

producer = Producer({
    "bootstrap.servers": ${JSON.stringify(bootstrap.join(','))},${login(user)}
    "enable.idempotence": True,
    "acks": "all",${id}
})
producer.produce(${named}, b"{}", on_delivery=report)
producer.flush()
`,
  }
}

function login(user: string | undefined): string {
  if (user === undefined) return ''
  return `
    "security.protocol": "SASL_PLAINTEXT",
    "sasl.mechanism": "SCRAM-SHA-256",
    "sasl.username": ${JSON.stringify(user)},
    "sasl.password": os.environ["KAFKA_PASSWORD"],`
}
