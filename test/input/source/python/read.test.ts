import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPython } from '../../../../src/input/source/python/read.ts'
import { clientsOf, declarationsOf, optionsOf, projectOf } from './project.ts'

describe('readPython', () => {
  it('says in one line where a file could not be read, and reads the rest', () => {
    const { clients, skipped } = declarationsOf({
      'bad.py': "from kafka import KafkaConsumer\nx = = 1\nKafkaConsumer('t', group_id='g')\n",
      'good.py': "from kafka import KafkaConsumer\nKafkaConsumer('t')\n",
    })
    expect(clients.map((c) => c.location.path)).toEqual(['bad.py', 'good.py'])
    expect(skipped).toEqual([
      {
        path: 'bad.py',
        line: 2,
        kind: 'syntax',
        reason: 'not Python that this reader knows; the rest of the file was read',
        hint: 'mend the syntax error, or exclude the file',
      },
    ])
  })

  it('reads Python 2 as far as it goes, and says so', () => {
    const { clients, skipped } = declarationsOf(
      "from kafka import KafkaConsumer\nc = KafkaConsumer('t', group_id='g')\nfor m in c:\n    print \"got\", m\n",
    )
    expect(clients.map(optionsOf)).toEqual(['group_id="g"'])
    expect(skipped.map((s) => [s.kind, s.line, s.reason])).toEqual([
      ['syntax', 4, 'written for Python 2; read as far as it is Python 3'],
    ])
  })

  it('goes on around code that is nested too deeply', () => {
    const { clients, skipped } = declarationsOf(
      `from kafka import KafkaConsumer\nx = ${'['.repeat(10_000)}${']'.repeat(10_000)}\nKafkaConsumer('t', group_id='g')\n`,
    )
    expect(clients.map(optionsOf)).toEqual(['group_id="g"'])
    expect(skipped.map((s) => [s.kind, s.line])).toEqual([['too-deep', 2]])
  })

  it('gives documents with their comments and secrets for what the report may show, and no others', () => {
    const { documents } = declarationsOf({
      'app.py':
        "from kafka import KafkaConsumer\nimport config, other\n# semcheck-ignore auto-commit -- why\nKafkaConsumer('t', group_id=config.GROUP, sasl_plain_password='s3cr3t')\n",
      'config.py': "GROUP = 'g'\n",
      'other.py': 'X = 1\n',
    })
    expect(documents.map((d) => d.path)).toEqual(['app.py', 'config.py'])
    const [app] = documents
    expect(app?.comments.map((c) => c.text)).toEqual(['semcheck-ignore auto-commit -- why'])
    expect(app?.secrets.map((s) => app.text.slice(s.start, s.end))).toEqual(['s3cr3t'])
  })

  it('opens only what something leads to, each once', () => {
    const project = projectOf({
      'app.py': "from kafka import KafkaConsumer\nimport os, config, unused\nKafkaConsumer('t', group_id=config.GROUP)\n",
      'config.py': "GROUP = 'g'\n",
      'unused.py': 'X = 1\n',
      'kafka_docs.py': '# names kafka only\n',
    })
    readPython(project)
    expect(project.opened).toEqual(['app.py', 'config.py'])
  })

  it('gives the same for the same input', () => {
    const files = {
      'a.py': "from confluent_kafka import Consumer\ndef make(**o):\n    return Consumer({'group.id': 'g', **o})\n",
      'b.py': "from a import make  # kafka\nmake(x=1).subscribe(['t'])\nmake(y=2).subscribe(['t'])\n",
    }
    expect(JSON.stringify(declarationsOf(files).clients)).toBe(JSON.stringify(declarationsOf(files).clients))
  })

  it('ends on programs that call themselves and each other in every way', () => {
    const names = ['a', 'b', 'c', 'd']
    const text = names
      .map(
        (name) =>
          `def ${name}(x, k={}):\n    k['${name}'] = x\n    for i in range(9):\n        while x:\n${names.map((n) => `            ${n}(k, ${n}(x))\n`).join('')}    return Consumer({**k, 'x': ${name}(x)})\n`,
      )
      .join('')
    const started = performance.now()
    const clients = clientsOf(`from confluent_kafka import Consumer\n${text}a(1)\nb({'z': 1})\n`)
    expect(clients.length).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  it('ends on long chains of branches', () => {
    const text = Array.from(
      { length: 400 },
      (_, i) => `if f(${i}):\n    conf['k${i % 7}'] = ${i}\nelif g():\n    conf.update({'u': ${i}})\n`,
    ).join('')
    const [client] = clientsOf(`from confluent_kafka import Consumer\nconf = {}\n${text}Consumer(conf)\n`)
    expect(client?.options.settings.length).toBe(8)
  })

  const FILES = {
    'svc/app.py':
      "import os\nfrom kafka import KafkaConsumer as K, KafkaProducer\nfrom .conf import CONF, make\nclass W(K):\n    def __init__(self, *a, **k):\n        super().__init__(*a, **{**CONF, **k})\n    async def run(self):\n        for m in self:\n            if m and not m.error:\n                self.commit()\n            else:\n                del self.x['a'], m\nwith W('t', group_id=f\"g-{os.getenv('X', 'y')}\") as w, make(1) as v:\n    w.subscribe([t for t in ('a', 'b') if t])\n    v.send('a', lambda: {'k': w}[1:2])\n",
    'svc/conf.py':
      "from kafka import KafkaProducer\nCONF = dict(a=1) | {'b': 2}\ndef make(n, *, conf=None):\n    conf = conf or {}\n    conf.setdefault('acks', 'all' if n else 1)\n    try:\n        return KafkaProducer(**conf)\n    finally:\n        global CONF\n        CONF |= conf\n",
    'svc/__init__.py': '',
  }

  it('never throws, whatever is cut from its files', () => {
    const paths = ['svc/app.py', 'svc/conf.py'] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.nat(700),
        fc.nat(60),
        fc.constantFrom('', '(', ':', '\n', 'def ', '**'),
        (path, from, length, put) => {
          const text = FILES[path]
          const cut = text.slice(0, from) + put + text.slice(from + length)
          const { clients } = declarationsOf({ ...FILES, [path]: cut })
          for (const client of clients) {
            expect(client.location.line).toBeGreaterThan(0)
            expect(client.options.settings.every((s) => s.location.line > 0)).toBe(true)
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
