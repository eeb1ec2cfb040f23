import { describe, expect, test } from 'vitest'
import { problemOfProject } from './examine.ts'
import type { Files } from './memory.ts'

/** Projects that use a name as a key, a method, a value and a kind: a table that is asked for it must not answer with what objects inherit. */
const PROJECTS: Readonly<Record<string, (name: string) => Files>> = {
  'confluent-kafka': (name) => ({
    'requirements.txt': `confluent-kafka==2.6.0\n${name}==1\n`,
    'w.py': `from confluent_kafka import Consumer, Producer
c = Consumer({'group.id': 'g', '${name}': 1, 'auto.offset.reset': '${name}'})
p = Producer({'acks': '${name}', '${name}': '${name}'})
c.subscribe(['${name}'])
while True:
    m = c.poll(1)
    c.${name}(m)
    ${name}(m)
    p.produce('${name}', '${name}'.${name}())
    c.commit(m)
`,
  }),
  'kafka-python': (name) => ({
    'requirements.txt': `kafka-python==2.0.2\n`,
    'w.py': `from kafka import KafkaConsumer, KafkaProducer\nc = KafkaConsumer('t', group_id='g', ${name}=1)\np = KafkaProducer(acks='${name}', ${name}=2)\nfor m in c:\n    p.${name}(m)\n`,
  }),
  aiokafka: (name) => ({
    'w.py': `from aiokafka import AIOKafkaConsumer, AIOKafkaProducer\nc = AIOKafkaConsumer('t', group_id='g', ${name}=1)\np = AIOKafkaProducer(${name}=2)\n`,
  }),
  kafkajs: (name) => ({
    'package.json': `{"dependencies": {"kafkajs": "2.2.4", "${name}": "1"}}`,
    'w.ts': `import { Kafka } from 'kafkajs'\nconst kafka = new Kafka({ brokers: ['k:9092'], ${name}: 1 })\nconst c = kafka.consumer({ groupId: 'g', ${name}: '${name}' })\nawait c.run({ ${name}: 1, eachMessage: async ({ message }) => { '${name}'.${name}(message) } })\nc.${name}()\n`,
  }),
  properties: (name) => ({
    'consumer.properties': `bootstrap.servers=k:9092\ngroup.id=g\n${name}=${name}\nauto.offset.reset=${name}\npartition.assignment.strategy=${name}\n`,
  }),
  'Spring Boot': (name) => ({
    'application.yml': `spring:\n  kafka:\n    ${name}: 1\n    consumer:\n      group-id: g\n      ${name}: 1\n      properties:\n        ${name}: ${name}\n    producer:\n      acks: ${name}\n`,
  }),
  Kubernetes: (name) => ({
    'a.yaml': `apiVersion: v1\nkind: ${name}\nmetadata: {name: ${name}}\nspec: {env: [{name: ${name}, value: 1}]}\n---\nbootstrap.servers: k:9092\ngroup.id: g\n${name}: 1\n`,
  }),
}

describe.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'])('%s as a name', (name) => {
  test.each(Object.entries(PROJECTS))('in a project of %s', async (_what, files) => {
    expect(await problemOfProject(files(name))).toBeUndefined()
  })
})
