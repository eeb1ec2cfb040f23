import { describe, expect, it } from 'vitest'
import { clientsOf, placeOf } from './project.ts'

const KAFKA = 'from kafka import KafkaConsumer, KafkaProducer\n'
const CONFLUENT = 'from confluent_kafka import Consumer, Producer\n'
const told = (text: string | Record<string, string>) => clientsOf(text).map((c) => placeOf(c).replace(/\S+ \S+ /, ''))

describe('topics and usage', () => {
  it.each([
    ['positional topics', `${KAFKA}KafkaConsumer('a', 'b')`, 'subscribes a,b'],
    ['a list spread', `${KAFKA}T = ['a', 'b']\nKafkaConsumer(*T)`, 'subscribes a,b'],
    ['an unseen topic', `${KAFKA}KafkaConsumer(unseen())`, 'subscribes ?'],
    ['subscribe', `${CONFLUENT}c = Consumer({})\nc.subscribe(['a'])`, 'subscribes a'],
    ['subscribe by keyword', `${KAFKA}c = KafkaConsumer()\nc.subscribe(topics=['a'])`, 'subscribes a'],
    ['a pattern', `${KAFKA}c = KafkaConsumer()\nc.subscribe(pattern='^a.*')`, 'subscribes ~^a.*'],
    ['a pattern among topics', `${CONFLUENT}c = Consumer({})\nc.subscribe(['^a.*'])`, 'subscribes ~^a.*'],
    ['assign', `${CONFLUENT}c = Consumer({})\nc.assign([x])`, 'assigns ?'],
    ['metadata only', `${CONFLUENT}c = Consumer({})\nc.list_topics()\nc.close()`, 'none ?'],
    ['nothing at all', `${CONFLUENT}c = Consumer({})`, 'none ?'],
    ['a consumer that escapes', `${CONFLUENT}c = Consumer({})\nrun_forever(c)`, 'unknown ?'],
    ['a consumer kept in a list', `${CONFLUENT}cs = []\ncs.append(Consumer({}))`, 'unknown ?'],
    ['a consumer returned to nobody', `${CONFLUENT}def f():\n    return Consumer({})`, 'unknown ?'],
    ['a consumer returned to a caller', `${CONFLUENT}def f():\n    return Consumer({})\nf().subscribe(['a'])`, 'subscribes a'],
    [
      'an attribute',
      `${CONFLUENT}class W:\n    def __init__(self):\n        self.c = Consumer({})\n    def run(self):\n        self.c.subscribe(['a'])`,
      'subscribes a',
    ],
    [
      'an attribute that a method makes',
      `${CONFLUENT}class W:\n    def __init__(self):\n        self.c = self._make()\n    def _make(self):\n        c = Consumer({})\n        return c\n    def run(self):\n        self.c.subscribe(['a'])`,
      'subscribes a',
    ],
    [
      'an attribute set late',
      `${CONFLUENT}class W:\n    c = None\n    def open(self):\n        self.c = Consumer({})\n    def run(self):\n        self.c.subscribe(['a'])`,
      'subscribes a',
    ],
    [
      'an attribute of a base',
      `${CONFLUENT}class B:\n    def __init__(self):\n        self.c = Consumer({})\nclass W(B):\n    def run(self):\n        self.c.subscribe(['a'])`,
      'subscribes a',
    ],
    [
      'an attribute that the base is given',
      `${CONFLUENT}class B:\n    def __init__(self, c):\n        self.x = c\nclass W(B):\n    def __init__(self):\n        super().__init__(Consumer({}))\n    def run(self):\n        self.x.subscribe(['a'])`,
      'subscribes a',
    ],
    [
      'a module global',
      `${CONFLUENT}c = None\ndef open():\n    global c\n    c = Consumer({})\ndef run():\n    c.subscribe(['a'])`,
      'subscribes a',
    ],
    ['with', `${CONFLUENT}with Consumer({}) as c:\n    c.subscribe(['a'])`, 'subscribes a'],
    [
      'an object that is given it, whose constructor was evaluated before',
      `${CONFLUENT}class W:\n    def __init__(self, c):\n        self.c = c\n        self.other = Producer({})\n    def run(self):\n        self.c.subscribe(['a'])\ndef main():\n    w = W(Consumer({}))\n    w.run()`,
      'subscribes a',
    ],
    [
      'a context manager',
      `from contextlib import contextmanager\n${CONFLUENT}@contextmanager\ndef opened():\n    c = Consumer({})\n    yield c\n    c.close()\ndef run():\n    with opened() as c:\n        c.subscribe(['a'])`,
      'subscribes a',
    ],
    ['a function that is given it', `${CONFLUENT}def run(c):\n    c.subscribe(['a'])\nrun(Consumer({}))`, 'subscribes a'],
    ['a pair', `${CONFLUENT}def make():\n    return Consumer({}), 1\nc, n = make()\nc.subscribe(['a'])`, 'subscribes a'],
    ['a bound method', `${CONFLUENT}c = Consumer({})\nsub = c.subscribe\nsub(['a'])`, 'subscribes a'],
    [
      'a topic of the class',
      `${CONFLUENT}class W:\n    TOPIC = 'a'\n    def run(self):\n        c = Consumer({})\n        c.subscribe([self.TOPIC])`,
      'subscribes a',
    ],
    [
      'a topic from the environment',
      `import os\n${CONFLUENT}c = Consumer({})\nc.subscribe([os.getenv('T', 'a')])`,
      'subscribes ?',
    ],
    ['send', `${KAFKA}p = KafkaProducer()\np.send('a', b'x')\np.send('b', b'x')`, 'unknown a,b'],
    ['produce by keyword', `${CONFLUENT}p = Producer({})\np.produce(topic='a', value=b'x')`, 'unknown a'],
    ['a send that is not known', `${KAFKA}p = KafkaProducer()\np.send('a')\np.send(x)`, 'unknown ?'],
    ['an idle producer', `${KAFKA}p = KafkaProducer()\np.flush()`, 'none ?'],
  ])('%s', (_what, text, expected) => {
    expect(told(`${text}\n`)).toContain(expected)
  })

  it.each([
    ["t = f'run-{uuid.uuid4()}'\nc.subscribe([t])", true],
    ["c.subscribe(['a', f'run-{uuid.uuid4()}'])", undefined],
    ["c.subscribe([f'run-{socket.gethostname()}'])", undefined],
    ["c.subscribe([f'run-{uuid.uuid4()}'])\nc.subscribe([other])", undefined],
  ])('knows topics that each start makes anew in %s', (body, anew) => {
    const [client] = clientsOf(`import socket, uuid\n${CONFLUENT}c = Consumer({})\n${body}\n`)
    expect(client?.topics.kind === 'unknown' && client.topics.anew).toBe(anew)
  })

  it('follows a client into another file', () => {
    expect(
      told({
        'mq.py': `${KAFKA}producer = KafkaProducer()\n`,
        'api.py': "# kafka\nfrom mq import producer\ndef post():\n    producer.send('a')\n",
        'jobs.py': "import mq  # kafka\ndef run():\n    mq.producer.send('b')\n",
      }),
    ).toEqual(['unknown a,b'])
  })
})

describe('calls', () => {
  it('lists what is called on the client, with literal arguments', () => {
    const [client] = clientsOf(
      `${CONFLUENT}def run():\n    c = Consumer({})\n    c.subscribe(['a'])\n    while True:\n        m = c.poll(1.0)\n        if m is None:\n            continue\n        c.commit(message=m, asynchronous=False)\n    c.close()\n`,
    )
    expect(client?.calls.map((call) => `${call.method}:${call.location.line}`)).toEqual(['subscribe:4', 'poll:6', 'commit:9'])
    expect(client?.calls[2]?.arguments.map((a) => `${a.name} ${a.value.kind}`)).toEqual(['message unknown', 'asynchronous known'])
    expect(client?.followed).toBe(true)
  })

  it('notes methods that are handed to what a key was set in', () => {
    const [client] = clientsOf(
      `from web import make\n${KAFKA}app = make()\np = KafkaProducer()\napp['producer'] = p\napp.on_exit(p.flush)\np.send('a')\n`,
    )
    expect(client?.calls.map((call) => call.method)).toEqual(['flush', 'send'])
  })

  it('notes methods that are handed over', () => {
    const [client] = clientsOf(`import atexit\n${KAFKA}p = KafkaProducer()\natexit.register(p.flush)\np.send('a')\n`)
    expect(client?.calls.map((call) => call.method)).toEqual(['flush', 'send'])
  })

  it('sees what is called in `finally`, after a return and in a nested function', () => {
    const [client] = clientsOf(
      `${CONFLUENT}def run():\n    c = Consumer({})\n    def stop():\n        c.close()\n    try:\n        c.subscribe(['a'])\n        return c.poll()\n    except ValueError:\n        c.seek(x)\n    finally:\n        c.commit()\n`,
    )
    expect(client?.calls.map((call) => call.method).sort()).toEqual(['close', 'commit', 'poll', 'seek', 'subscribe'])
  })

  it('does not claim to have followed a client that it lost', () => {
    expect(clientsOf(`${CONFLUENT}c = Consumer({})\nc.subscribe(['a'])\napp.state.c = c\n`)[0]?.followed).toBe(false)
  })
})

describe('identity', () => {
  it('gives ids that an edit elsewhere leaves alone', () => {
    const text = `${KAFKA}def a():\n    KafkaConsumer('x')\n    KafkaConsumer('y')\ndef b():\n    KafkaProducer()\n`
    const ids = clientsOf(text).map((c) => c.id)
    expect(ids).toEqual(['app.py#consumer:a:0', 'app.py#consumer:a:1', 'app.py#producer:b:0'])
    expect(clientsOf(`# a comment\n\n${text}`).map((c) => c.id)).toEqual(ids)
  })

  it('names the construction by class, module and scope', () => {
    const files = { 'svc/jobs/__init__.py': `${KAFKA}class W:\n    def run(self):\n        KafkaConsumer('x')\n` }
    const [client] = clientsOf(files)
    expect(client?.name).toBe('KafkaConsumer in jobs.W.run')
    expect(client?.folder).toBe('svc/jobs')
    expect(client?.id).toBe('svc/jobs/__init__.py#consumer:W.run:0')
  })
})
