import { describe, expect, it } from 'vitest'
import { clientsOf, optionsOf, placeOf } from './project.ts'

const one = (files: Record<string, string> | string) => {
  const clients = clientsOf(files)
  return clients.length === 1 ? optionsOf(clients[0]) : `${clients.length} clients: ${clients.map(optionsOf).join(' | ')}`
}

const CONSUMER = 'from confluent_kafka import Consumer\n'

describe('options gathered in the same file', () => {
  it.each([
    ['a module constant', "GROUP = 'g'\ndef run():\n    Consumer({'group.id': GROUP})", 'group.id="g"'],
    ['a class attribute', "class Config:\n    GROUP = 'g'\nConsumer({'group.id': Config.GROUP})", 'group.id="g"'],
    [
      'a class attribute, by self',
      "class W:\n    group = 'g'\n    def run(self):\n        Consumer({'group.id': self.group})",
      'group.id="g"',
    ],
    [
      'a class attribute of a base',
      "class B:\n    group = 'g'\nclass W(B):\n    def run(self):\n        Consumer({'group.id': self.group})",
      'group.id="g"',
    ],
    [
      '__init__',
      "class W:\n    def __init__(self):\n        self.conf = {'group.id': 'g'}\n    def run(self):\n        return Consumer(self.conf)",
      'group.id="g"',
    ],
    [
      '__init__ and the method',
      "class W:\n    def __init__(self):\n        self.conf = {'a': 1}\n    def run(self):\n        self.conf['b'] = 2\n        return Consumer(self.conf)",
      'a=1; b=2',
    ],
    [
      '__init__ by a helper',
      "class W:\n    def __init__(self):\n        self.conf = {'a': 1}\n        self._more()\n    def _more(self):\n        self.conf['b'] = 2\n    def run(self):\n        return Consumer(self.conf)",
      'a=1; b=2',
    ],
    [
      'a method that may have run',
      "class W:\n    def __init__(self):\n        self.conf = {'a': 1}\n    def tune(self):\n        self.conf['b'] = 2\n    def run(self):\n        return Consumer(self.conf)",
      'a=1; b=?',
    ],
    [
      'a property',
      "class W:\n    @property\n    def conf(self):\n        return {'a': 1}\n    def run(self):\n        return Consumer(self.conf)",
      'a=1',
    ],
    [
      'a static method',
      "class W:\n    @staticmethod\n    def conf():\n        return {'a': 1}\n    def run(self):\n        return Consumer(self.conf())",
      'a=1',
    ],
    [
      'a class method',
      "class W:\n    BASE = {'a': 1}\n    @classmethod\n    def conf(cls):\n        return {**cls.BASE, 'b': 2}\nConsumer(W.conf())",
      'a=1; b=2',
    ],
    [
      'a dataclass',
      "from dataclasses import dataclass\n@dataclass\nclass C:\n    group: str = 'g'\n    reset: str = 'latest'\nc = C(reset='earliest')\nConsumer({'group.id': c.group, 'auto.offset.reset': c.reset})",
      'group.id="g"; auto.offset.reset="earliest"',
    ],
    [
      'a dataclass as a dict',
      "from dataclasses import asdict, dataclass\n@dataclass\nclass C:\n    group: str = 'g'\nConsumer(asdict(C()))",
      'group="g"',
    ],
    [
      'a named tuple',
      "from typing import NamedTuple\nclass C(NamedTuple):\n    group: str\n    n: int = 3\nc = C('g')\nConsumer({'group.id': c.group, 'n': c.n})",
      'group.id="g"; n=3',
    ],
    [
      'an enum',
      "from enum import Enum\nclass Reset(Enum):\n    EARLY = 'earliest'\nConsumer({'auto.offset.reset': Reset.EARLY.value})",
      'auto.offset.reset="earliest"',
    ],
    ['a function', "def conf():\n    c = {'a': 1}\n    c['b'] = 2\n    return c\nConsumer(conf())", 'a=1; b=2'],
    [
      'a function with parameters',
      "def conf(group, **extra):\n    return {'group.id': group, **extra}\nConsumer(conf('g', x=1))",
      'group.id="g"; x=1',
    ],
    [
      'a function with a default',
      "def conf(group='d', reset='latest'):\n    return {'group.id': group, 'auto.offset.reset': reset}\nConsumer(conf(reset='earliest'))",
      'group.id="d"; auto.offset.reset="earliest"',
    ],
    ['a function that fills a dict', "def fill(c):\n    c['b'] = 2\nconf = {'a': 1}\nfill(conf)\nConsumer(conf)", 'a=1; b=2'],
    [
      'a function that returns one of two',
      "def conf(x):\n    if x:\n        return {'a': 1, 'b': 1}\n    return {'a': 1}\nConsumer(conf(unseen()))",
      'b=?; a=1',
    ],
    [
      'a nested function',
      "def outer():\n    base = {'a': 1}\n    def make():\n        return Consumer(base)\n    return make()",
      'a=1',
    ],
    ['a lambda', "make = lambda g: {'group.id': g}\nConsumer(make('g'))", 'group.id="g"'],
    [
      'a class attribute that __init__ sets anew',
      "class W:\n    group = None\n    reset = 'latest'\n    def __init__(self):\n        self.reset = 'earliest'\n    def run(self):\n        return Consumer({'auto.offset.reset': self.reset})",
      'auto.offset.reset="earliest"',
    ],
    [
      'a class attribute that a method fills',
      "class W:\n    CONF = {'a': 1}\n    def tune(self):\n        self.CONF['b'] = 2\n    def run(self):\n        return Consumer(self.CONF)",
      'a=1; b=?',
    ],
    [
      'a method that a class deriving from it overrides',
      "class Base:\n    def conf(self):\n        return {'a': 1}\n    def run(self):\n        return Consumer(self.conf())\nclass W(Base):\n    def conf(self):\n        return {'a': 1, 'enable.auto.commit': False}",
      '…',
    ],
    [
      'an object of a class that overrides it',
      "class Base:\n    def conf(self):\n        return {'a': 1}\n    def __init__(self):\n        self.c = Consumer(self.conf())\nclass W(Base):\n    def conf(self):\n        return {'a': 2}\nW()",
      'a=2',
    ],
    ['partial', "from functools import partial\nmake = partial(Consumer, {'a': 1})\nmake()", 'a=1'],
    [
      'pydantic settings',
      "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    group_id: str = 'g'\n    servers: str\ns = S()\nConsumer({'group.id': s.group_id, 'bootstrap.servers': s.servers})",
      'group.id="g" $GROUP_ID; bootstrap.servers=? $SERVERS',
    ],
    [
      'pydantic settings with a prefix',
      "from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    group: str = 'g'\n    topic: str = Field('t', env='TOPIC_NAME')\n    class Config:\n        env_prefix = 'kafka_'\ns = S()\nConsumer({'group.id': s.group, 'x': s.topic})",
      'group.id="g" $KAFKA_GROUP; x="t" $TOPIC_NAME',
    ],
    [
      'pydantic settings 2 with a prefix',
      "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='KAFKA_')\n    group: str = 'g'\nConsumer({'group.id': S().group})",
      'group.id="g" $KAFKA_GROUP',
    ],
    [
      'a pydantic model',
      "from pydantic import BaseModel\nclass C(BaseModel):\n    group: str = 'g'\nConsumer({'group.id': C(group='h').group})",
      'group.id="h"',
    ],
    [
      'constructor arguments',
      "class W:\n    def __init__(self, group):\n        self.group = group\n    def run(self):\n        return Consumer({'group.id': self.group})\nW('g').run()",
      'group.id="g"',
    ],
    [
      'global',
      "CONF = None\ndef init():\n    global CONF\n    CONF = {'a': 1}\ndef run():\n    init()\n    Consumer(CONF)",
      'a=1',
    ],
  ])('are followed through %s', (_what, body, expected) => {
    expect(one(`${CONSUMER}${body}\n`)).toBe(expected)
  })

  it('does not follow a cycle for ever', () => {
    expect(one(`${CONSUMER}def a(c):\n    return b(c)\ndef b(c):\n    return a(c)\nConsumer(a({'x': 1}))\n`)).toMatch(/…$/)
  })
})

describe('options gathered in another file', () => {
  const main = (body: string) => `${CONSUMER}${body}\n`
  it.each<[string, Record<string, string>, string]>([
    [
      'a constant',
      { 'app.py': main("from config import GROUP\nConsumer({'group.id': GROUP})"), 'config.py': "GROUP = 'g'\n" },
      'group.id="g"',
    ],
    [
      'a module',
      { 'app.py': main("import config\nConsumer({'group.id': config.GROUP})"), 'config.py': "GROUP = 'g'\n" },
      'group.id="g"',
    ],
    ['an alias', { 'app.py': main('import config as c\nConsumer(c.CONF)'), 'config.py': "CONF = {'a': 1}\n" }, 'a=1'],
    [
      'a package',
      {
        'svc/app.py': main('from svc.config import CONF\nConsumer(CONF)'),
        'svc/__init__.py': '',
        'svc/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a package that imports a module of its own',
      {
        'svc/__init__.py': main('from svc import config\nConsumer(config.CONF)'),
        'svc/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a package that imports a module of its own by a dot',
      {
        'svc/__init__.py': main('from . import config\nConsumer(config.CONF)'),
        'svc/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a relative import',
      {
        'svc/mq/app.py': main('from ..utils import config\nConsumer(config.CONF)'),
        'svc/__init__.py': '',
        'svc/mq/__init__.py': '',
        'svc/utils/__init__.py': '',
        'svc/utils/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a re-export',
      {
        'svc/app.py': main('from svc import CONF\nConsumer(CONF)'),
        'svc/__init__.py': 'from .config import CONF\n',
        'svc/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    ['a star import', { 'app.py': main('from config import *\nConsumer(CONF)'), 'config.py': "CONF = {'a': 1}\n" }, 'a=1'],
    [
      'a src layout',
      {
        'src/svc/app.py': main('from svc.config import CONF\nConsumer(CONF)'),
        'src/svc/__init__.py': '',
        'src/svc/config.py': "CONF = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a function, then updated',
      {
        'app.py': main("from config import base\nconf = base('g')\nconf.update({'b': 2})\nConsumer(conf)"),
        'config.py': "def base(group):\n    return {'group.id': group, 'b': 1}\n",
      },
      'group.id="g"; b=2',
    ],
    [
      'a function that fills what it is given',
      {
        'app.py': main(
          'from config import fill\ndef make(conf=None):\n    conf = conf or {}\n    fill(conf)\n    return Consumer(conf)',
        ),
        'config.py': "def fill(conf):\n    conf['a'] = 1\n",
      },
      'a=?; …',
    ],
    [
      'a settings object',
      {
        'app.py': main("from config import settings\nConsumer({'group.id': settings.group})"),
        'config.py': "import os\nclass Settings:\n    group = os.getenv('GROUP', 'g')\nsettings = Settings()\n",
      },
      'group.id="g" $GROUP',
    ],
    [
      'pydantic settings',
      {
        'app.py': main(
          "from core.config import get_settings\nsettings = get_settings()\nConsumer({'group.id': settings.group_id})",
        ),
        'core/__init__.py': '',
        'core/config.py':
          "from functools import lru_cache\nfrom pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    group_id: str = 'g'\n@lru_cache\ndef get_settings():\n    return Settings()\n",
      },
      'group.id="g" $GROUP_ID',
    ],
    [
      'django settings',
      {
        'svc/app.py': main("from django.conf import settings\nConsumer({'group.id': settings.KAFKA_GROUP})"),
        'site/settings.py': "KAFKA_GROUP = 'g'\n",
      },
      'group.id="g"',
    ],
    [
      'one of two django settings',
      {
        'svc/app.py': main("from django.conf import settings\nConsumer({'group.id': settings.KAFKA_GROUP})"),
        'a/settings.py': "KAFKA_GROUP = 'g'\n",
        'b/settings.py': "KAFKA_GROUP = 'h'\n",
      },
      'group.id=?',
    ],
    [
      'modules that import each other',
      { 'a.py': main("import b\nX = 1\nConsumer({'x': b.Y})"), 'b.py': 'import a\nY = 2\n' },
      'x=2',
    ],
    [
      'a base class',
      {
        'app.py': main('from base import Base\nclass W(Base):\n    def run(self):\n        return Consumer(self.conf)'),
        'base.py': "class Base:\n    def __init__(self):\n        self.conf = {'a': 1}\n",
      },
      'a=1',
    ],
    [
      'a module in a nested try',
      { 'app.py': main("try:\n    from local_config import CONF\nexcept ImportError:\n    CONF = {'a': 1}\nConsumer(CONF)") },
      '…',
    ],
  ])('are followed through %s', (_what, files, expected) => {
    expect(one(files)).toBe(expected)
  })
})

describe('wrappers', () => {
  it('stay at the construction where callers cannot add settings, with what they give', () => {
    const files = {
      'wrap.py':
        'from kafka import KafkaConsumer\n\nclass Reader:\n    def __init__(self, topic, group):\n        self.c = KafkaConsumer(topic, group_id=group)\n',
      'main.py': "# kafka\nfrom wrap import Reader\nReader('t', 'g')\n",
    }
    const clients = clientsOf(files)
    expect(clients.map(placeOf)).toEqual(['consumer wrap.py:5 subscribes t'])
    expect(clients.map(optionsOf)).toEqual(['group_id="g"'])
    expect(clients[0]?.options.settings[0]?.via?.map((v) => v.path)).toEqual(['main.py'])
  })

  it('stand at the callers where these supply settings', () => {
    const files = {
      'wrap.py':
        "from kafka import KafkaConsumer\ndef make(topic, **options):\n    return KafkaConsumer(topic, auto_offset_reset='earliest', **options)\n",
      'a.py': "# kafka\nfrom wrap import make\nc = make('a', group_id='g')\n",
      'b.py':
        "# kafka\nimport wrap\ndef run():\n    c = wrap.make('b', group_id='h', enable_auto_commit=False)\n    c.commit()\n",
    }
    const clients = clientsOf(files)
    expect(clients.map(placeOf)).toEqual(['consumer a.py:3 subscribes a', 'consumer b.py:4 subscribes b'])
    expect(clients.map(optionsOf)).toEqual([
      'auto_offset_reset="earliest"; group_id="g"',
      'auto_offset_reset="earliest"; group_id="h"; enable_auto_commit=false',
    ])
    expect(clients.map((c) => c.related.map((r) => `${r.label} ${r.location.path}:${r.location.line}`))).toEqual([
      ['constructed here wrap.py:3'],
      ['constructed here wrap.py:3'],
    ])
    expect(clients.map((c) => c.calls.map((call) => call.method))).toEqual([[], ['commit']])
  })

  it('stand at the outermost caller that decides', () => {
    const files = {
      'wrap.py':
        "from kafka import KafkaConsumer\ndef make(conf):\n    return KafkaConsumer('t', **conf)\ndef outer(conf):\n    return make(conf)\n",
      'main.py': "# kafka\nfrom wrap import outer\ndef run():\n    outer({'group_id': 'g'})\nrun()\n",
    }
    expect(clientsOf(files).map(placeOf)).toEqual(['consumer main.py:4 subscribes t'])
  })

  it('without a caller leave everything to one that is not seen', () => {
    const [client] = clientsOf(
      "from kafka import KafkaConsumer\ndef make(topic, group='g', **options):\n    return KafkaConsumer(topic, group_id=group, **options)\n",
    )
    expect(optionsOf(client)).toBe('group_id=?; !…')
    expect(client?.options.settings[0]?.value).toEqual({ kind: 'unknown', reason: 'the caller decides group (default g)' })
  })

  it('take their default where every caller leaves it alone', () => {
    expect(
      one(
        "from kafka import KafkaConsumer\ndef make(topic, group='g', options=None):\n    return KafkaConsumer(topic, group_id=group, **(options or {}))\nmake('a')\n",
      ),
    ).toBe('group_id="g"')
  })

  it('hold what callers that differ give', () => {
    expect(
      one(
        "from kafka import KafkaConsumer\ndef make(group):\n    return KafkaConsumer('t', group_id=group)\nmake('a')\nmake('b')\n",
      ),
    ).toBe('group_id=a or b')
  })

  it('are told apart where callers differ in what decides delivery', () => {
    const clients = clientsOf(
      "from kafka import KafkaConsumer\ndef make(auto):\n    return KafkaConsumer('t', group_id='g', enable_auto_commit=auto)\nmake(True)\nmake(False)\n",
    )
    expect(clients.map((c) => `${c.location.line} ${optionsOf(c)}`)).toEqual([
      '4 group_id="g"; enable_auto_commit=true',
      '5 group_id="g"; enable_auto_commit=false',
    ])
  })

  it('are told apart where one caller gives what another leaves to the library', () => {
    const clients = clientsOf(
      "from kafka import KafkaProducer\ndef make(acks=None):\n    conf = {}\n    if acks is not None:\n        conf['acks'] = acks\n    return KafkaProducer(**conf)\nmake()\nmake(acks=0)\n",
    )
    expect(clients.map((c) => `${c.location.line} ${optionsOf(c)}`)).toEqual(['7 ', '8 acks=0'])
  })

  it('are told apart where one caller gives what another leaves unknown', () => {
    const clients = clientsOf(
      'from kafka import KafkaProducer\ndef make(acks):\n    return KafkaProducer(acks=acks)\nmake(load())\nmake(0)\n',
    )
    expect(clients.map((c) => `${c.location.line} ${optionsOf(c)}`)).toEqual(['4 acks=?', '5 acks=0'])
  })

  it('stay one where nothing is known of what callers decide', () => {
    const clients = clientsOf(
      'from kafka import KafkaProducer\ndef make(acks):\n    return KafkaProducer(acks=acks)\nmake(load())\nmake(read())\n',
    )
    expect(clients.map((c) => `${c.location.line} ${optionsOf(c)}`)).toEqual(['3 acks=?'])
  })

  it('are followed through threads', () => {
    expect(
      one(
        "import threading\nfrom kafka import KafkaConsumer\ndef run(topic, group):\n    for m in KafkaConsumer(topic, group_id=group): pass\nthreading.Thread(target=run, args=('t', 'g')).start()\n",
      ),
    ).toBe('group_id="g"')
  })

  it('are followed through a class whose method constructs', () => {
    const files = {
      'worker.py':
        "from kafka import KafkaConsumer\nclass Worker:\n    def __init__(self, conf):\n        self.conf = conf\n    def run(self):\n        for m in KafkaConsumer('t', **self.conf): pass\n",
      'main.py': "# kafka\nfrom worker import Worker\nw = Worker({'group_id': 'g'})\nregister(w)\n",
    }
    const clients = clientsOf(files)
    expect(clients.map(placeOf)).toEqual(['consumer main.py:3 subscribes t'])
    expect(clients.map(optionsOf)).toEqual(['group_id="g"'])
  })

  it('share one client where callers supply nothing', () => {
    const clients = clientsOf(
      "from confluent_kafka import Producer\ndef get(override=None):\n    conf = {'acks': 'all'}\n    if override:\n        conf.update(override)\n    return Producer(conf)\ndef a():\n    get().produce('a')\ndef b():\n    get().produce('b')\n",
    )
    expect(clients.map(placeOf)).toEqual(['producer app.py:6 unknown a,b'])
    expect(clients.map(optionsOf)).toEqual(['acks="all"'])
  })

  it('that derive from a client are followed by super().__init__', () => {
    const files = {
      'base.py':
        "from kafka import KafkaConsumer\nclass MyConsumer(KafkaConsumer):\n    def __init__(self, *topics, **options):\n        options.setdefault('enable_auto_commit', False)\n        super().__init__(*topics, **options)\n",
      'main.py': "# kafka\nfrom base import MyConsumer\nc = MyConsumer('t', group_id='g')\nfor m in c:\n    c.commit()\n",
    }
    const [client, ...others] = clientsOf(files)
    expect(others).toEqual([])
    expect(client && placeOf(client)).toBe('consumer main.py:3 subscribes t')
    expect(optionsOf(client)).toBe('group_id="g"; enable_auto_commit=false')
    expect(client?.calls.map((call) => call.method)).toEqual(['__iter__', 'commit'])
  })

  it('that derive from a client without a constructor are constructions', () => {
    expect(
      one(
        "from kafka import KafkaConsumer\nclass MyConsumer(KafkaConsumer):\n    def once(self):\n        self.commit()\nMyConsumer('t', group_id='g')\n",
      ),
    ).toBe('group_id="g"')
  })
})
