import { describe, expect, it } from 'vitest'
import { folderWith, run } from './run.ts'

const WORKER = `import requests
from confluent_kafka import Consumer
consumer = Consumer({"group.id": "g", "auto.offset.reset": "earliest"})
consumer.subscribe(["t"])
while True:
    m = consumer.poll(1)
    if m is None:
        continue
    requests.post("http://pay", data=m.value())
`
const folder = () => folderWith({ 'requirements.txt': 'confluent-kafka==2.6.0\n', 'worker.py': WORKER })

describe('handlers', () => {
  it('prints each step with its place', async () => {
    const { code, out } = await run(folder(), ['handlers'])
    expect(code).toBe(0)
    expect(out).toBe(`worker  worker.py:5:7
  of Consumer in worker
  receive one  consumer.poll(1)  worker.py:6:9
  if  m is None  worker.py:7:8
    nothing:
      -> next  worker.py:8:9
    message: nothing
  effect (http)  requests.post("http://pay", data=m.value())  worker.py:9:5
`)
  })

  it('says so where there is nothing', async () => {
    expect(await run(folderWith({ 'a.py': '' }), ['handlers'])).toMatchObject({ code: 0, out: 'No consumers found.\n' })
  })

  it('gives them as data', async () => {
    const [handler] = JSON.parse((await run(folder(), ['handlers', '-f', 'json'])).out)
    expect(handler).toMatchObject({
      name: 'worker',
      shape: 'loop',
      body: [{ kind: 'receive' }, { kind: 'branch' }, { kind: 'effect' }],
    })
  })
})

describe('trace', () => {
  it('prints what each fault does, and the shortest way', async () => {
    const { code, out } = await run(folder(), ['trace', 'worker', '--fault', 'crash'])
    expect(code).toBe(0)
    expect(out).toContain('crash          lost, duplicated')
    expect(out).toContain('1. receive returns m0  worker.py:6')
    expect(out).toContain('the auto-commit timer commits 1')
    expect(out).toContain('m0 is never processed')
  })

  it('names the consumers there are', async () => {
    const { code, err } = await run(folder(), ['trace', 'nobody'])
    expect(code).toBe(2)
    expect(err).toContain('there are worker')
  })

  it('is in the report too', async () => {
    const { out } = await run(folder(), ['audit', '-f', 'json'])
    const [pipeline] = JSON.parse(out).pipelines
    expect(pipeline).toMatchObject({ guarantee: 'none', exhaustive: true })
    expect((await run(folder(), ['audit'])).out).toContain('no guarantee: a message can be lost when the process crashes')
  })
})
