import { expect, it } from 'vitest'
import rule from '../../rules/transaction-offsets.ts'
import { confluent, linesOf } from './handlers.ts'

const lines = (body: string, settings = '') =>
  linesOf(
    rule,
    confluent(body, settings)
      .replace('Producer({"bootstrap.servers": "k:9092"})', 'Producer({"bootstrap.servers": "k:9092", "transactional.id": "t"})')
      .replace('consumer.subscribe', 'producer.init_transactions()\nconsumer.subscribe'),
  )
const BEGIN = 'producer.begin_transaction()\nproducer.produce("out", message.value())\n'
const OFFSETS =
  'producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata())\n'

it('flags a commit of the consumer beside the transaction', async () => {
  expect(await lines(`${BEGIN}producer.commit_transaction()\nconsumer.commit(message)`)).toEqual(['14 error medium'])
})

it('flags auto-commit beside it', async () => {
  const worker = `${BEGIN}producer.commit_transaction()`
  expect(await lines(worker, ', "enable.auto.commit": True')).toEqual(['13 error medium'])
})

it('is silent where the offsets go with the transaction', async () => {
  expect(await lines(`${BEGIN}${OFFSETS}producer.commit_transaction()`)).toEqual([])
})

it('warns of offsets that go by the group id alone where the library knows no better', async () => {
  const worker = `from kafka import KafkaConsumer, KafkaProducer
producer = KafkaProducer(bootstrap_servers="k:9092", transactional_id="t")
producer.init_transactions()
consumer = KafkaConsumer("orders", group_id="g", enable_auto_commit=False, auto_offset_reset="earliest")
for message in consumer:
    producer.begin_transaction()
    producer.send("out", message.value)
    producer.send_offsets_to_transaction({}, "g")
    producer.commit_transaction()
`
  expect((await linesOf(rule, worker, 'kafka-python==2.2.3\n')).map((line) => line.split(' ')[0])).toEqual(['8'])
})
