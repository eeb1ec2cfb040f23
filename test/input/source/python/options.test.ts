import { describe, expect, it } from 'vitest'
import { clientsOf, optionsOf } from './project.ts'

const CONFLUENT = 'from confluent_kafka import Consumer\n'
const KAFKA = 'from kafka import KafkaConsumer\n'

/** One consumer of confluent-kafka, its options as one line. */
const confluent = (body: string) => optionsOf(clientsOf(CONFLUENT + body)[0])
const kafka = (body: string) => optionsOf(clientsOf(KAFKA + body)[0])

describe('options given to a construction', () => {
  it.each([
    ['keywords', "KafkaConsumer('t', group_id='g', enable_auto_commit=False)", 'group_id="g"; enable_auto_commit=false'],
    ['numbers', 'KafkaConsumer(max_poll_records=5, x=1.5, y=-1, z=0x10)', 'max_poll_records=5; x=1.5; y=-1; z=16'],
    ['None', 'KafkaConsumer(group_id=None)', 'group_id=null'],
    ['lists', "KafkaConsumer(bootstrap_servers=['a:1', 'b:2'])", 'bootstrap_servers=["a:1", "b:2"]'],
    [
      'callbacks',
      'def f(x): return x\nKafkaConsumer(value_deserializer=f, key_deserializer=lambda m: m)',
      'value_deserializer=<f>; key_deserializer=<lambda m: m>',
    ],
    ['bytes', "KafkaConsumer(sasl=b'x')", "sasl=<b'x'>"],
    ['adjacent strings', "KafkaConsumer(group_id='a' 'b')", 'group_id="ab"'],
    ['a spread literal', "KafkaConsumer('t', **{'group_id': 'g'})", 'group_id="g"'],
    ['a spread variable', "conf = {'group_id': 'g'}\nKafkaConsumer('t', **conf, acks=1)", 'group_id="g"; acks=1'],
    ['dict()', "conf = dict(group_id='g', acks=1)\nKafkaConsumer(**conf)", 'group_id="g"; acks=1'],
    ['nothing', 'KafkaConsumer()', ''],
  ])('are read from %s', (_what, body, expected) => {
    expect(kafka(body)).toBe(expected)
  })

  it.each([
    ['a literal', "Consumer({'group.id': 'g', 'enable.auto.commit': False})", 'group.id="g"; enable.auto.commit=false'],
    ['a variable', "conf = {'group.id': 'g'}\nConsumer(conf)", 'group.id="g"'],
    [
      'a key set later',
      "conf = {'group.id': 'g'}\nconf['enable.auto.commit'] = True\nConsumer(conf)",
      'group.id="g"; enable.auto.commit=true',
    ],
    ['an overwritten key', "conf = {'group.id': 'a'}\nconf['group.id'] = 'b'\nConsumer(conf)", 'group.id="b"'],
    ['a key set too late', "conf = {'group.id': 'g'}\nc = Consumer(conf)\nconf['a'] = 1", 'group.id="g"'],
    ['update', "conf = {'group.id': 'a'}\nconf.update({'group.id': 'b', 'x': 1})\nConsumer(conf)", 'group.id="b"; x=1'],
    ['update by keyword', "conf = {}\nconf.update(debug='all')\nConsumer(conf)", 'debug="all"'],
    ['setdefault', "conf = {'a': 1}\nconf.setdefault('a', 2)\nconf.setdefault('b', 3)\nConsumer(conf)", 'a=1; b=3'],
    ['del', "conf = {'a': 1, 'b': 2}\ndel conf['a']\nConsumer(conf)", 'b=2'],
    ['pop', "conf = {'a': 1, 'b': 2}\nconf.pop('a')\nConsumer(conf)", 'b=2'],
    ['|', "base = {'a': 1, 'b': 1}\nConsumer(base | {'b': 2})", 'a=1; b=2'],
    ['|=', "conf = {'a': 1}\nalias = conf\nalias |= {'b': 2}\nConsumer(conf)", 'a=1; b=2'],
    ['spreads in order', "a = {'x': 1, 'y': 1}\nb = {'y': 3}\nConsumer({**a, 'y': 2, **b})", 'x=1; y=3'],
    ['copy', "a = {'x': 1}\nb = a.copy()\nb['x'] = 2\nConsumer(a)", 'x=1'],
    ['deepcopy', "import copy\na = {'x': 1}\nb = copy.deepcopy(a)\nb['y'] = 2\nConsumer(b)", 'x=1; y=2'],
    ['an alias', "a = {'x': 1}\nb = a\nb['y'] = 2\nConsumer(a)", 'x=1; y=2'],
    ['a loop over literals', "conf = {}\nfor k, v in [('a', 1), ('b', 2)]:\n    conf[k] = v\nConsumer(conf)", 'a=1; b=2'],
    ['a loop over items', "conf = {}\nfor k, v in {'a': 1}.items():\n    conf[k] = v\nConsumer(conf)", 'a=1'],
    ['a comprehension', "raw = {'a': 1, 'b': None}\nConsumer({k: v for k, v in raw.items() if v is not None})", 'a=1'],
    ['the keyword config', "Consumer(config={'a': 1})", 'a=1'],
    ['a tuple of both', "a, b = {'x': 1}, 2\nConsumer(a)", 'x=1'],
    ['a nested dict', "conf = {'kafka': {'group.id': 'g'}}\nConsumer(conf['kafka'])", 'group.id="g"'],
    ['get with a default', "conf = {'kafka': {'group.id': 'g'}}\nConsumer(conf.get('kafka', {}))", 'group.id="g"'],
    [
      'the topic section of old',
      "Consumer({'group.id': 'g', 'default.topic.config': {'auto.offset.reset': 'earliest'}})",
      'group.id="g"; auto.offset.reset="earliest"',
    ],
    ['a key in what a parser gives', "import json\nconf = json.load(f)\nconf['a'] = 1\nConsumer(conf)", 'a=1; …'],
    ['a key in what is not known', "conf = load()\nconf['a'] = 1\nConsumer(conf)", 'a=1; …'],
    ['a key before what is not known', "conf = {'a': 1}\nconf.update(load())\nConsumer(conf)", 'a=1; !…'],
    [
      'a key in an unknown attribute',
      "class W:\n    def __init__(self, c):\n        self.conf = c.kafka\n        self.conf['a'] = 1\n        Consumer(self.conf)\nW(load())",
      'a=1; …',
    ],
    ['a key of a branch in what is not known', "conf = load()\nif flag:\n    conf['a'] = 1\nConsumer(conf)", '…'],
    ['a number in what is not known', 'conf = load()\nconf[0] = 1\nConsumer(conf)', '…'],
    ['logger beside', "import logging\nConsumer({'a': 1}, logger=logging.getLogger())", 'a=1'],
  ])('are read from a dict filled by %s', (_what, body, expected) => {
    expect(confluent(body)).toBe(expected)
  })

  it.each([
    ['both branches set it', "if flag:\n    v = 'a'\nelse:\n    v = 'b'\nConsumer({'k': v})", 'k=a or b'],
    ['a conditional expression', "Consumer({'k': True if x else False})", 'k=true or false'],
    ['both agree', "if flag:\n    v = 1\nelse:\n    v = 1\nConsumer({'k': v})", 'k=1'],
    ['one branch sets a key', "conf = {'a': 1}\nif flag:\n    conf['k'] = 2\nConsumer(conf)", 'a=1; k=?'],
    ['one branch overwrites a key', "conf = {'k': 1}\nif flag:\n    conf['k'] = 2\nConsumer(conf)", 'k=2 or 1'],
    [
      'one branch returns',
      "def f(flag):\n    conf = {'k': 1}\n    if flag:\n        conf['k'] = 2\n        return None\n    return Consumer(conf)",
      'k=1',
    ],
    ['a feature flag that is a constant', "FLAG = False\nconf = {'k': 1}\nif FLAG:\n    conf['k'] = 2\nConsumer(conf)", 'k=1'],
    [
      'a try that may fail',
      "conf = {'a': 1}\ntry:\n    conf['k'] = load()\nexcept Exception:\n    pass\nConsumer(conf)",
      'a=1; k=?',
    ],
    ['a loop that may not run', "conf = {'a': 1}\nfor x in things():\n    conf['k'] = 2\nConsumer(conf)", 'a=1; k=?'],
    ['or with a default', "name = None\nConsumer({'k': name or 'd'})", 'k="d"'],
    ['match', "match x:\n    case 1:\n        v = 'a'\n    case _:\n        v = 'b'\nConsumer({'k': v})", 'k=a or b'],
  ])('hold what every path makes of them: %s', (_what, body, expected) => {
    expect(confluent(body)).toBe(expected)
  })

  it.each([
    ['a spread of something unseen, first', "Consumer({**load(), 'a': 1})", 'a=1; …'],
    ['a spread of something unseen, last', "Consumer({'a': 1, **load()})", 'a=1; !…'],
    ['keywords of something unseen', 'import json\nConsumer(json.load(open("x")))', '…'],
    ['an update of something unseen', "conf = {'a': 1}\nconf.update(load())\nConsumer(conf)", 'a=1; !…'],
    ['a computed key', "conf = {'a': 1}\nconf[name()] = 2\nConsumer(conf)", 'a=1; !…'],
    ['a file', "import yaml\nconf = yaml.safe_load(open('c.yml'))\nConsumer(conf['kafka'])", '…'],
    ['a parameter', 'def f(conf):\n    return Consumer(conf)', '…'],
    ['a parameter, filled here', "def f(conf):\n    conf['a'] = 1\n    return Consumer(conf)", 'a=1; …'],
    [
      'a function outside that is given the dict',
      "from vendor import tune\nconf = {'a': 1}\ntune(conf)\nConsumer(conf)",
      'a=1; !…',
    ],
    ['a loop over something unseen', "conf = {'a': 1}\nfor k, v in load():\n    conf[k] = v\nConsumer(conf)", 'a=1; !…'],
    [
      'a command line',
      "import argparse\nargs = argparse.ArgumentParser().parse_args()\nConsumer({'a': 1, 'group.id': args.group})",
      'a=1; group.id=?',
    ],
    ['a missing module', 'from .nowhere import CONF\nConsumer(CONF)', '…'],
    [
      'a dict that another function changes',
      "CONF = {'a': 1}\ndef late():\n    CONF.update(load())\ndef run():\n    Consumer(CONF)",
      'a=1; !…',
    ],
    [
      'a key that another function changes',
      "CONF = {'a': 1}\ndef late():\n    CONF['b'] = 2\ndef run():\n    Consumer(CONF)",
      'a=1; b=?',
    ],
  ])('have a gap where it cannot be seen: %s', (_what, body, expected) => {
    expect(confluent(body)).toBe(expected)
  })

  it.each([
    ['logging it', "import logging\nconf = {'a': 1}\nlogging.info(conf)\nConsumer(conf)"],
    [
      'a logger of its own',
      "from utils import get_logger\nlogger = get_logger()\nconf = {'a': 1}\nlogger.info('using %s', conf)\nConsumer(conf)",
    ],
    ['printing it', "conf = {'a': 1}\nprint(conf)\nConsumer(conf)"],
    ['dumping it', "import json\nconf = {'a': 1}\njson.dumps(conf)\nConsumer(conf)"],
    ['reading its length', "conf = {'a': 1}\nassert len(conf)\nConsumer(conf)"],
    [
      'an admin client made of it',
      "from confluent_kafka.admin import AdminClient\nconf = {'a': 1}\nAdminClient(conf)\nConsumer(conf)",
    ],
  ])('are not doubted for %s', (_what, body) => {
    expect(confluent(body)).toBe('a=1')
  })
})

describe('values', () => {
  const value = (expression: string, before = '') => confluent(`${before}\nConsumer({'k': ${expression}})`)

  it.each([
    ["'a' + 'b'", 'k="ab"'],
    ["f'{NAME}-x'", 'k="svc-x"'],
    ["'%s-%d' % (NAME, 3)", 'k="svc-3"'],
    ["'{}-{x}'.format(NAME, x=1)", 'k="svc-1"'],
    ["'-'.join([NAME, 'y'])", 'k="svc-y"'],
    ['str(5)', 'k="5"'],
    ["int('7')", 'k=7'],
    ['bool(0)', 'k=false'],
    ['not True', 'k=false'],
    ['NAME.upper()', 'k="SVC"'],
    ["'a,b'.split(',')", 'k=["a", "b"]'],
    ['30 * 1000', 'k=30000'],
    ["'true' if NAME == 'svc' else 'false'", 'k="true"'],
    ["1 if NAME in ('svc', 'x') else 2", 'k=1'],
    ["f'{unseen()}-x'", 'k=?'],
    ['(5)', 'k=5'],
    ["[*['a'], 'b']", 'k=["a", "b"]'],
    ['max(1, 2)', 'k=2'],
  ])('%s', (expression, expected) => {
    expect(value(expression, "NAME = 'svc'")).toBe(expected)
  })

  it.each([
    ['uuid.uuid4()', 'random'],
    ["f'group-{uuid.uuid4()}'", 'random'],
    ["'g' + str(uuid.uuid1())", 'random'],
    ["'g-%s' % uuid.uuid4().hex[:8]", 'random'],
    ["f'g-{int(time.time())}'", 'time'],
    ["'g-' + datetime.now().strftime('%Y')", 'time'],
    ["f'g-{random.randint(1, 9)}'", 'random'],
    ["f'g-{os.getpid()}'", 'process'],
    ['socket.gethostname()', 'host'],
    ["f'{unseen()}-{uuid.uuid4()}'", 'random'],
    ["f'{platform.node()}-{os.getpid()}'", 'process'],
    ['secrets.token_hex(4)', 'random'],
  ])('%s is made anew', (expression, by) => {
    expect(value(expression, 'import uuid, time, random, os, socket, platform, secrets\nfrom datetime import datetime')).toBe(
      `k=generated by ${by}`,
    )
  })

  it.each([
    ["os.environ['X']", 'k=? $X'],
    ["os.environ.get('X')", 'k=? $X'],
    ["os.environ.get('X', 'd')", 'k="d" $X'],
    ["os.environ.get('X', None)", 'k=? $X'],
    ["os.environ.get('X', None) or 'd'", 'k="d" $X'],
    ["os.getenv('X', 'd')", 'k="d" $X'],
    ["getenv('X', 5)", 'k=5 $X'],
    ["environ.get('X', 'd')", 'k="d" $X'],
    ["os.getenv('X') or 'd'", 'k="d" $X'],
    ["os.getenv('X', os.getenv('Y', 'd'))", 'k="d" $X'],
    ["int(os.getenv('X', '5'))", 'k=5 $X'],
    ["os.getenv('X', 'False').lower() == 'true'", 'k=false $X'],
    ["os.getenv('X', 'true').lower() in ('true', '1', 'yes')", 'k=true $X'],
    ["os.getenv('X') == 'true'", 'k=false $X'],
    ["os.getenv('X', 'a,b').split(',')", 'k=["a", "b"] $X'],
    ["','.join(os.getenv('X', 'a b').split())", 'k="a,b" $X'],
    ["f\"{os.getenv('X', 'a')}-g\"", 'k=?'],
    ["not os.getenv('X', 'true') == 'true'", 'k=?'],
    ["{'0': 0, '1': 1, 'all': 'all'}[os.getenv('X', '1')]", 'k=1 $X'],
    ["{'0': 0, 'all': 'all'}.get(os.getenv('X', '1'))", 'k=null $X'],
    ["{'fast': 1, 'safe': 'all'}[os.getenv('X', 'fast')]", 'k=?'],
    ["config('X', default='d')", 'k="d" $X'],
    ["config('X', default=True, cast=bool)", 'k=true $X'],
    ["config('X', default='false', cast=bool)", 'k=false $X'],
    ["config('X')", 'k=? $X'],
    ["config('X', default=None)", 'k=? $X'],
    ["env('X', default='d')", 'k="d" $X'],
    ["env.bool('X', default=False)", 'k=false $X'],
    ["env.str('X', 'd')", 'k="d" $X'],
  ])('%s comes from the environment', (expression, expected) => {
    expect(
      value(
        expression,
        'import os, environ as djenviron\nfrom os import environ, getenv\nfrom decouple import config\nfrom environs import Env\nenv = Env()',
      ),
    ).toBe(expected)
  })

  it('keeps the default of the environment apart from the value', () => {
    const [client] = clientsOf("import os\nfrom kafka import KafkaConsumer\nKafkaConsumer(group_id=os.getenv('GROUP', 'g'))\n")
    expect(client?.options.settings[0]?.environment).toEqual({ variable: 'GROUP', fallback: { kind: 'known', value: 'g' } })
  })
})

describe('where options are written', () => {
  it('names the entry, the assignment and the dict', () => {
    const [client] = clientsOf(
      "from confluent_kafka import Consumer\n\nconf = {\n    'group.id': 'g',\n}\nconf['x'] = 1\n\nconsumer = Consumer(conf)\n",
    )
    expect(client?.options.settings.map((s) => [s.key, s.location.line, s.location.column])).toEqual([
      ['group.id', 4, 5],
      ['x', 6, 1],
    ])
    expect(client?.options.start?.line).toBe(3)
    expect(client?.location).toMatchObject({ path: 'app.py', line: 8, column: 12 })
  })

  it('tells the places a value was inferred through', () => {
    const [client] = clientsOf({
      'app.py': "from kafka import KafkaConsumer\nfrom config import GROUP\nKafkaConsumer(group_id=GROUP, acks='1')\n",
      'config.py': "\nGROUP = 'g'\n",
    })
    expect(client?.options.settings.map((s) => s.via?.map((v) => `${v.path}:${v.line}`) ?? [])).toEqual([['config.py:2'], []])
  })
})
