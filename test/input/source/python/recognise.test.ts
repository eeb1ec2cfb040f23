import { describe, expect, it } from 'vitest'
import { clientsOf, optionsOf, placeOf } from './project.ts'

const told = (files: Record<string, string> | string) =>
  clientsOf(files).map((c) => `${c.role} ${c.libraries.join('/')} ${c.name}: ${optionsOf(c)}`)

describe('recognition', () => {
  it.each([
    ['from kafka import KafkaConsumer\nKafkaConsumer()', 'consumer kafka-python/kafka-python-ng KafkaConsumer in app: '],
    ['import kafka\nkafka.KafkaProducer(acks=1)', 'producer kafka-python/kafka-python-ng KafkaProducer in app: acks=1'],
    ['from kafka.consumer import KafkaConsumer as KC\nKC()', 'consumer kafka-python/kafka-python-ng KafkaConsumer in app: '],
    ['from kafka import *\nKafkaProducer()', 'producer kafka-python/kafka-python-ng KafkaProducer in app: '],
    [
      "from confluent_kafka import Consumer as KafkaConsumer\nKafkaConsumer({'a': 1})",
      'consumer confluent-kafka Consumer in app: a=1',
    ],
    ["import confluent_kafka as ck\nck.Producer({'a': 1})", 'producer confluent-kafka Producer in app: a=1'],
    [
      "from confluent_kafka import DeserializingConsumer\nDeserializingConsumer({'a': 1})",
      'consumer confluent-kafka DeserializingConsumer in app: a=1',
    ],
    [
      "from confluent_kafka.avro import AvroProducer\nAvroProducer({'a': 1}, default_value_schema=s)",
      'producer confluent-kafka AvroProducer in app: a=1',
    ],
    ["from confluent_kafka import avro\navro.AvroConsumer({'a': 1})", 'consumer confluent-kafka AvroConsumer in app: a=1'],
    [
      "from confluent_kafka.aio import AIOProducer\nAIOProducer({'a': 1}, max_workers=4)",
      'producer confluent-kafka AIOProducer in app: a=1',
    ],
    ["from confluent_kafka import Producer\nProducer(**{'acks': 1})", 'producer confluent-kafka Producer in app: acks=1'],
    [
      "from aiokafka import AIOKafkaConsumer\nasync def f():\n    async with AIOKafkaConsumer('t', group_id='g') as c:\n        async for m in c: pass",
      'consumer aiokafka AIOKafkaConsumer in app.f: group_id="g"',
    ],
    [
      'import aiokafka\naiokafka.AIOKafkaProducer(loop=loop, acks="all")',
      'producer aiokafka AIOKafkaProducer in app: acks="all"',
    ],
    [
      'try:\n    from kafka import KafkaConsumer\nexcept ImportError:\n    KafkaConsumer = None\nKafkaConsumer()',
      'consumer kafka-python/kafka-python-ng KafkaConsumer in app: ',
    ],
    [
      'def f():\n    from kafka import KafkaConsumer\n    KafkaConsumer()',
      'consumer kafka-python/kafka-python-ng KafkaConsumer in app.f: ',
    ],
    [
      "import kafka\nclass A:\n    cls = kafka.KafkaConsumer\n    def f(self):\n        self.cls(group_id='g')",
      'consumer kafka-python/kafka-python-ng KafkaConsumer in app.A.f: group_id="g"',
    ],
    ['from kafka import KafkaConsumer\nC = KafkaConsumer\nC()', 'consumer kafka-python/kafka-python-ng KafkaConsumer in app: '],
    [
      'import typing\nfrom kafka import KafkaConsumer\nc: typing.Optional[KafkaConsumer] = KafkaConsumer()',
      'consumer kafka-python/kafka-python-ng KafkaConsumer in app: ',
    ],
  ])('%s', (text, expected) => {
    expect(told(`${text}\n`)).toEqual([expected])
  })

  it.each([
    ["class KafkaConsumer:\n    pass\nKafkaConsumer('t', group_id='g')"],
    ["from somewhere import KafkaConsumer\nKafkaConsumer(group_id='g')"],
    ["from pykafka import KafkaClient\nfrom quixstreams import Application\nApplication(consumer_group='g')"],
    ["from faststream.rabbit import RabbitBroker\nbroker = RabbitBroker()\n@broker.subscriber('q')\ndef f(): pass"],
    ["from confluent_kafka.admin import AdminClient\nAdminClient({'bootstrap.servers': 'kafka'})"],
    ['from kafka.admin import KafkaAdminClient\nKafkaAdminClient()'],
    ["from confluent_kafka import ShareConsumer\nShareConsumer({'group.id': 'g'})"],
    [
      "from airflow.providers.apache.kafka.operators.consume import ConsumeFromTopicOperator\nConsumeFromTopicOperator(topics=['t'])",
    ],
    ["from unittest.mock import Mock\nKafkaConsumer = Mock()\nKafkaConsumer(group_id='g')"],
    ["import kafka\nkafka.TopicPartition('t', 0)"],
  ])('leaves alone %s', (text) => {
    expect(told(`${text}\n`)).toEqual([])
  })

  it("takes a project's own class of that name for what it is", () => {
    const files = {
      'src/kafka/__init__.py': '',
      'src/kafka/consumer.py':
        "from confluent_kafka import Consumer\nclass KafkaConsumer:\n    def __init__(self, group):\n        self.consumer = Consumer({'group.id': group})\n",
      'src/main.py': "from src.kafka.consumer import KafkaConsumer\nKafkaConsumer('g')\n",
    }
    expect(clientsOf(files).map((c) => c.location.path)).toEqual(['src/kafka/consumer.py'])
  })

  it("takes the library's name for the library where the project's package of that name has no such class", () => {
    const files = {
      'kafka/consumer/read.py': "from kafka import KafkaConsumer\nKafkaConsumer(group_id='g')\n",
      'svc/kafka.py': 'from kafka import KafkaProducer\nproducer = KafkaProducer()\n',
    }
    expect(told(files)).toEqual([
      'consumer kafka-python/kafka-python-ng KafkaConsumer in read: group_id="g"',
      'producer kafka-python/kafka-python-ng KafkaProducer in kafka: ',
    ])
  })

  it("takes the library's name for the library in a package that bears it, too", () => {
    const files = {
      'svc/kafka/__init__.py':
        "import kafka\nfrom kafka import KafkaConsumer\nKafkaConsumer(group_id='g')\nkafka.KafkaProducer()\n",
    }
    expect(told(files)).toEqual([
      'consumer kafka-python/kafka-python-ng KafkaConsumer in kafka: group_id="g"',
      'producer kafka-python/kafka-python-ng KafkaProducer in kafka: ',
    ])
  })

  it.each([
    ["Consumer('orders', group_id='g')", true],
    ["Consumer(os.environ.get('TOPIC'), group_id='g')", true],
    ["Consumer(['orders'], group_id='g')", true],
    ["Consumer({'group.id': 'g'})", false],
    ['Consumer(load())', false],
    ["Consumer('orders' if old else load())", false],
    ["Consumer(**{'group.id': 'g'})", false],
  ])('sees what can be no configuration of confluent-kafka in %s', (call, misgiven) => {
    const [client] = clientsOf(`import os\nfrom confluent_kafka import Consumer\n${call}\n`)
    expect(client?.options.misgiven !== undefined).toBe(misgiven)
  })

  it('follows a re-export through a module of the project', () => {
    const files = {
      'compat.py': 'try:\n    from kafka import KafkaConsumer\nexcept ImportError:\n    KafkaConsumer = None\n',
      'app.py': "from compat import KafkaConsumer\nKafkaConsumer(group_id='g')\n",
    }
    expect(told(files)).toEqual(['consumer kafka-python/kafka-python-ng KafkaConsumer in app: group_id="g"'])
  })
})

describe('frameworks', () => {
  it('reads a faust application as consumer and producer', () => {
    const clients = clientsOf(
      "import faust\napp = faust.App('orders', broker='kafka://k:9092', processing_guarantee='exactly_once')\ntopic = app.topic('in', 'in2')\n@app.agent(topic)\nasync def run(stream):\n    async for x in stream: pass\n",
    )
    expect(clients.map(placeOf)).toEqual(['producer app.py:2 unknown in,in2', 'consumer app.py:2 subscribes in,in2'].sort())
    expect(optionsOf(clients[0])).toBe('id="orders"; broker="kafka://k:9092"; processing_guarantee="exactly_once"')
  })

  it("reads FastStream's subscribers as consumers and a broker that publishes as a producer", () => {
    const clients = clientsOf(
      "from faststream import AckPolicy, FastStream\nfrom faststream.kafka import KafkaBroker\nbroker = KafkaBroker('k:9092', acks='all')\napp = FastStream(broker)\n@broker.subscriber('in', group_id='g', ack_policy=AckPolicy.MANUAL, batch=True)\n@broker.publisher('out')\nasync def f(m):\n    return m\n",
    )
    expect(clients.map(placeOf)).toEqual(['producer app.py:3 unknown out', 'consumer app.py:5 subscribes in'])
    expect(clients.map(optionsOf)).toEqual([
      'bootstrap_servers="k:9092"; acks="all"',
      'group_id="g"; ack_policy="MANUAL"; bootstrap_servers="k:9092" from KafkaBroker',
    ])
    expect(clients.map((c) => c.libraries)).toEqual([['faststream-kafka'], ['faststream-kafka']])
  })

  it('reads a router of FastStream on confluent-kafka', () => {
    const files = {
      'routes.py':
        "from faststream.confluent import KafkaRouter\nrouter = KafkaRouter(prefix='p-')\n@router.subscriber('in', group_id='g', auto_offset_reset='earliest')\nasync def f(m): pass\n",
      'main.py':
        'from faststream.confluent import KafkaBroker\nfrom routes import router\nbroker = KafkaBroker()\nbroker.include_router(router)\n',
    }
    expect(clientsOf(files).map((c) => `${c.libraries} ${placeOf(c)} ${optionsOf(c)}`)).toEqual([
      'faststream-confluent consumer routes.py:3 subscribes p-in group_id="g"; auto_offset_reset="earliest"',
    ])
  })
})

it("knows nothing of a FastStream router's settings: the broker that includes it has them", () => {
  const [router] = clientsOf(
    "from faststream.kafka import KafkaRouter\nr = KafkaRouter('p_')\n@r.publisher('t')\nasync def f(): pass\n",
  )
  expect(router?.options.gaps.map((gap) => gap.reason)).toEqual(['the broker that includes the router has its settings'])
})
