import { describe, expect, it } from 'vitest'
import type { Handler, Node } from '../../../../../src/model/handler.ts'
import { declarationsOf } from '../project.ts'

/** A handler in one line: what is done, in order, with branches and tries in brackets. */
function told(nodes: readonly Node[]): string {
  return nodes.map(tellNode).join(' ')
}

function tellNode(node: Node): string {
  switch (node.kind) {
    case 'branch':
      return `if(${node.on.kind}${node.on.kind === 'seen' && node.on.claim ? ' claim' : ''} ${node.paths.map(({ label, body }) => `${label}: ${told(body)}`.trim()).join(' | ')})`
    case 'attempt':
      return `try(${told(node.body)}${node.catches.map((one) => ` | ${one.takes}${one.recovers ? ' recovers' : ''}: ${told(one.body)}`.trimEnd()).join('')}${node.otherwise.length > 0 ? ` | else: ${told(node.otherwise)}` : ''}${node.finally.length > 0 ? ` | finally: ${told(node.finally)}` : ''})`
    case 'loop':
      return `${node.over}(${told(node.body)})`
    case 'call':
    case 'together':
      return `${node.kind}(${told(node.body)})`
    case 'jump':
      return `->${node.to}`
    case 'receive':
      return `receive-${node.hands}`
    case 'commit':
      return `commit-${node.mode}-${node.what}${node.limited ? '-limited' : ''}`
    case 'store':
      return `store-${node.what}`
    case 'produce':
      return `produce-${node.mode}${node.checked === true ? '-checked' : ''}${node.deadLetter ? '-dead' : ''}`
    case 'effect':
      return `effect-${node.system}${node.idempotent === true ? '-idempotent' : ''}`
    case 'hand-off':
      return `hand-off-${node.to}`
    case 'unknown':
      return `?${node.text}`
    default:
      return node.kind
  }
}

function handlersOf(files: Readonly<Record<string, string>> | string): readonly Handler[] {
  return declarationsOf(files).handlers
}

const one = (files: Readonly<Record<string, string>> | string) =>
  handlersOf(files).map(({ body, after }) => `${told(body)}${after.length > 0 ? ` || ${told(after)}` : ''}`)

const CONFLUENT = `import requests, threading, time
from confluent_kafka import Consumer, Producer
consumer = Consumer({"group.id": "g"})
producer = Producer({})
consumer.subscribe(["t"])
while True:
    msg = consumer.poll(1.0)
    if msg is None:
        continue
`
const confluent = (body: string) => CONFLUENT + body.replace(/^(?=.)/gm, '    ')
const HEAD = 'receive-one if(received nothing: ->next | message:) '

describe('steps in a loop', () => {
  it.each([
    ['effect and commit', 'requests.post("u")\nconsumer.commit(asynchronous=False)', 'effect-http commit-sync-stored'],
    ['commit of the message', 'consumer.commit(message=msg)', 'commit-async-message'],
    ['store', 'consumer.store_offsets(msg)', 'store-message'],
    [
      'produce and flush',
      'producer.produce("out", msg.value(), on_delivery=f)\nproducer.flush()',
      'produce-buffered-checked flush',
    ],
    ['a dead letter', 'producer.produce("orders.DLQ", msg.value())', 'produce-buffered-dead'],
    [
      'an error event',
      'if msg.error():\n    print(msg.error())\n    continue\nwork(msg)',
      'if(received nothing: ->next | message:) ?work(msg)',
    ],
    ['a limited commit', 'n = 0\nif n % 10 == 0:\n    consumer.commit()', 'if(any then: commit-async-stored-limited | else:)'],
    [
      'a try',
      'try:\n    work(msg)\nexcept ValueError:\n    raise\nexcept Exception:\n    pass\nelse:\n    consumer.commit()\nfinally:\n    producer.flush()',
      'try(?work(msg) | some: ->raise | all: | else: commit-async-stored | finally: flush)',
    ],
    [
      'a catch that keeps the message',
      'try:\n    work(msg)\nexcept Exception:\n    failed.append(msg)',
      'try(?work(msg) | all recovers:)',
    ],
    [
      'a claim',
      'if not redis.set(msg.key(), 1, nx=True, ex=60):\n    continue\nwork(msg)',
      'if(seen claim seen: ->next | new:) ?work(msg)',
    ],
    [
      'a check and a mark',
      'if redis.get(msg.key()):\n    continue\nwork(msg)\nredis.set(msg.key(), 1, ex=60)',
      'if(seen seen: ->next | new:) ?work(msg) mark',
    ],
    ['a thread', 'threading.Thread(target=work, args=(msg,)).start()', 'hand-off-thread'],
    ['a pool', 'pool.submit(work, msg)', 'hand-off-pool'],
    ['a future', 'done = pool.submit(work, msg)\ndone.result(timeout=5)', 'hand-off-pool join'],
    [
      'a thread that is waited for',
      't = threading.Thread(target=work, args=(msg,))\nt.start()\nt.join()',
      'hand-off-thread join',
    ],
    ['a text that is joined', 'print(", ".join(msg.value()), sep.join(parts))', ''],
    [
      'a pool that is left',
      'from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor() as pool:\n    pool.submit(work, msg)\nconsumer.commit()',
      'hand-off-pool join commit-async-stored',
    ],
    [
      'a task that is awaited',
      'import asyncio\nt = asyncio.create_task(work(msg))\nawait t\nawait asyncio.create_task(work(msg))',
      '?work(msg) hand-off-task join ?work(msg) hand-off-task join',
    ],
    ['what is gathered', 'import asyncio\nawait asyncio.gather(*tasks)', '?asyncio.gather(*tasks) join'],
    [
      'retries',
      'for attempt in range(3):\n    try:\n        work(msg)\n        break\n    except Exception:\n        time.sleep(1)',
      'attempts(try(?work(msg) ->leave | all: wait))',
    ],
    ['a database transaction', 'with db.begin():\n    cursor.execute("INSERT INTO t VALUES (1)")', 'together(effect-database)'],
    ['what changes nothing', 'print(msg.value().decode())\nlogger.info("x")', ''],
  ])('%s', (_name, body, expected) => {
    expect(one(confluent(body))).toEqual([(HEAD + expected).trim()])
  })
})

describe('functions of the project', () => {
  it('are followed, with the message under its other name', () => {
    const source = CONFLUENT.replace(
      'while True:',
      'def handle(event):\n    requests.post("u", data=event.value())\n    consumer.commit(event)\nwhile True:',
    )
    expect(one(`${source}    handle(msg)\n`)).toEqual([`${HEAD}call(effect-http commit-async-message)`])
  })

  it('are followed into other files, and back out of a return', () => {
    const files = {
      'store.py': 'import requests\ndef save(m):\n    if not m:\n        return\n    requests.post("u")\n',
      'worker.py': `from store import save\n${confluent('save(msg)\n')}`,
    }
    expect(one(files)).toEqual([`${HEAD}call(if(received nothing: ->return | message:) effect-http)`])
  })

  it('that somebody else is to write are not known', () => {
    const source = `from confluent_kafka import Consumer
class Base:
    def __init__(self):
        self.consumer = Consumer({"group.id": "g"})
    def handle(self, m):
        raise NotImplementedError
    def run(self):
        while True:
            m = self.consumer.poll(1)
            self.handle(m)
            self.consumer.commit()
`
    expect(one(source)).toEqual(['receive-one ?self.handle(m) commit-async-stored'])
  })

  it('that call themselves are followed once', () => {
    expect(one(`${CONFLUENT.replace('while True:', 'def again(m):\n    again(m)\nwhile True:')}    again(msg)\n`)).toEqual([
      `${HEAD}call(?again(m))`,
    ])
  })
})

describe('other ways to receive', () => {
  it('an iterator', () => {
    expect(
      one('from kafka import KafkaConsumer\nc = KafkaConsumer("t", group_id="g")\nfor m in c:\n    work(m)\n    c.commit()\n'),
    ).toEqual(['receive-one ?work(m) commit-sync-position'])
  })

  it('a batch by partition', () => {
    const source =
      'from kafka import KafkaConsumer\nc = KafkaConsumer("t", group_id="g")\nwhile True:\n    for tp, ms in c.poll(100).items():\n        for m in ms:\n            work(m)\n    c.commit()\n'
    expect(one(source)).toEqual(['receive-several messages(messages(?work(m))) commit-sync-position'])
  })

  it('an asynchronous iterator', () => {
    const source =
      'from aiokafka import AIOKafkaConsumer\nasync def main():\n    c = AIOKafkaConsumer("t", group_id="g")\n    try:\n        async for m in c:\n            await work(m)\n            await c.commit()\n    finally:\n        await c.stop()\n'
    expect(one(source)).toEqual(['receive-one ?work(m) commit-sync-position || close'])
  })

  it('a wrapper that receives where it is called', () => {
    const source = `from confluent_kafka import Consumer
class Source:
    def __init__(self):
        self.consumer = Consumer({"group.id": "g"})
    def take(self):
        return self.consumer.poll(1)
source = Source()
while True:
    m = source.take()
    work(m)
`
    expect(one(source)).toEqual(['call(receive-one ->return) ?work(m)'])
  })

  it('none at all', () => {
    expect(handlersOf('from confluent_kafka import Producer\nProducer({})\n')).toEqual([])
  })
})

it('is not put out by code that is cut anywhere', () => {
  const source = confluent(
    'try:\n    requests.post("u", data=f"{msg.offset()}")\nexcept Exception as e:\n    pool.submit(e)\nfinally:\n    consumer.commit(msg)\n',
  )
  for (let end = 0; end < source.length; end += 7) expect(() => handlersOf(source.slice(0, end))).not.toThrow()
})
