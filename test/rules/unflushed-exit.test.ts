import { expect, it } from 'vitest'
import rule from '../../rules/unflushed-exit.ts'
import { linesOf } from './handlers.ts'

const producing = (rest: string) =>
  `from confluent_kafka import Producer\nproducer = Producer({})\nproducer.produce("t", b"v")\n${rest}`

it('flags a producer that is neither flushed nor closed', async () => {
  expect(await linesOf(rule, producing(''))).toEqual(['2 warning medium'])
})

it.each([
  ['a flush', producing('producer.flush()\n')],
  ['a flush at exit', producing('import atexit\natexit.register(producer.flush)\n')],
  ['one that goes where it cannot be followed', producing('framework.use(producer)\n')],
  [
    'a future that is waited for',
    'from kafka import KafkaProducer\nproducer = KafkaProducer()\nproducer.send("t", b"v").get()\n',
  ],
  [
    'a context that closes it',
    'from confluent_kafka import Producer\nwith Producer({}) as producer:\n    producer.produce("t", b"v")\n',
  ],
  [
    'one that an object keeps',
    'from confluent_kafka import Producer\nclass Sink:\n    def __init__(self):\n        self.producer = Producer({})\n    def write(self, value):\n        self.producer.produce("t", value)\n',
  ],
  ['a producer that sends nothing', 'from confluent_kafka import Producer\nproducer = Producer({})\n'],
])('is silent on %s', async (_name, source) => {
  expect(await linesOf(rule, source)).toEqual([])
})
