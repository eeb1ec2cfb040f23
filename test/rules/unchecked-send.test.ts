import { expect, it } from 'vitest'
import rule from '../../rules/unchecked-send.ts'
import { linesOf } from './handlers.ts'

const confluentKafka = (call: string, settings = '') =>
  `from confluent_kafka import Producer\nproducer = Producer({"bootstrap.servers": "k:9092"${settings}})\n${call}\nproducer.flush()\n`
const kafkaPython = (call: string) => `from kafka import KafkaProducer\nproducer = KafkaProducer()\n${call}\nproducer.flush()\n`
const aiokafka = (call: string) =>
  `from aiokafka import AIOKafkaProducer\nasync def main():\n    producer = AIOKafkaProducer()\n    ${call}\n    await producer.stop()\n`

it.each([
  ['produce() without a callback', confluentKafka('producer.produce("t", b"v")'), '3'],
  ['send() whose future is dropped', kafkaPython('producer.send("t", b"v")'), '3'],
  ['send() that is awaited once', aiokafka('await producer.send("t", b"v")'), '4'],
])('flags %s', async (_name, source, line) => {
  expect(await linesOf(rule, source)).toEqual([`${line} warning high`])
})

it('is a guess where settings are not seen', async () => {
  const source =
    'from confluent_kafka import Producer\ndef make(settings):\n    producer = Producer(settings)\n    producer.produce("t", b"v")\n    producer.flush()\n'
  expect(await linesOf(rule, source)).toEqual(['4 warning low'])
})

it.each([
  ['a callback', confluentKafka('producer.produce("t", b"v", on_delivery=report)')],
  ['a callback by its other name', confluentKafka('producer.produce("t", b"v", callback=report)')],
  ['a callback for all messages', confluentKafka('producer.produce("t", b"v")', ', "on_delivery": report')],
  ['a transaction', confluentKafka('producer.produce("t", b"v")', ', "transactional.id": "t-1"')],
  ['a future that is waited for', kafkaPython('producer.send("t", b"v").get(timeout=10)')],
  ['a future with an errback', kafkaPython('producer.send("t", b"v").add_callback(ok).add_errback(failed)')],
  ['a future that is kept', kafkaPython('future = producer.send("t", b"v")')],
  ['send_and_wait()', aiokafka('await producer.send_and_wait("t", b"v")')],
])('is silent on %s', async (_name, source) => {
  expect(await linesOf(rule, source)).toEqual([])
})

const withCallback = (body: string, given = 'told') =>
  confluentKafka(`def told(err, msg):\n    ${body}\nproducer.produce("t", b"v", on_delivery=${given})`)
const lineOfProduce = (source: string) => source.split('\n').findIndex((line) => line.startsWith('producer.produce')) + 1

it.each([
  ['that passes', withCallback('pass')],
  ['that only tells of success', withCallback('if err is None:\n        print(msg.offset())')],
  ['with an empty branch', withCallback('if err:\n        pass\n    else:\n        print(msg.offset())')],
  ['that returns at an error', withCallback('if err is not None:\n        return\n    print(msg.offset())')],
  ['that is a lambda', withCallback('raise err', 'lambda e, m: None')],
])('flags a callback %s', async (_name, source) => {
  expect(await linesOf(rule, source)).toEqual([`${lineOfProduce(source)} warning medium`])
})

it.each([
  ['that logs the error', withCallback('if err is not None:\n        print(err)')],
  ['that goes on to tell', withCallback('if err is None:\n        return\n    failed.set()')],
  ['that hands it on', withCallback('other(err, msg)')],
  ['that asks the message', withCallback('if msg.error():\n        failed.set()')],
  ['that asks for more than an error', withCallback('if err and err.fatal():\n        pass')],
  ['that takes whatever it is given', withCallback('pass', 'lambda *given: None')],
  ['that is a lambda', withCallback('pass', 'lambda e, m: failed.append(e)')],
  ['that is not seen', withCallback('pass', 'other')],
])('is silent on a callback %s', async (_name, source) => {
  expect(await linesOf(rule, source)).toEqual([])
})
