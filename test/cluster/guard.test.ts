import { type AddressInfo, createServer, type Server } from 'node:net'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RefusedRequest, SocketGuard } from '../../src/cluster/guard.ts'
import { API } from '../../src/cluster/wire/request.ts'
import { describeBroker } from '../kafka/describe-kafka.ts'
import { createTopic, withAdmin } from '../kafka/traffic.ts'

/** A request's frame: its length, API key, version, and some bytes of body. */
function frame(key: number, body = 8): Buffer {
  const bytes = Buffer.alloc(8 + body)
  bytes.writeInt32BE(4 + body, 0)
  bytes.writeInt16BE(key, 4)
  return bytes
}

describe('a guarded socket', () => {
  let server: Server
  let received = Buffer.alloc(0)
  beforeAll(async () => {
    server = createServer((socket) => {
      socket.on('data', (bytes) => {
        received = Buffer.concat([received, bytes])
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => server.close())

  async function connected(guard: SocketGuard) {
    const { port } = server.address() as AddressInfo
    return new Promise<import('node:net').Socket>((resolve) => {
      const socket = guard.socketFactory(() => {})({ host: '127.0.0.1', port, ssl: null, onConnect: () => resolve(socket) })
    })
  }

  it('lets through what is on the list, counts it, and nothing else', async () => {
    const guard = new SocketGuard()
    const socket = await connected(guard)
    const allowed = new Set<number>(Object.values(API))
    for (let key = -1; key <= 120; key++) {
      if (allowed.has(key)) socket.write(frame(key))
      else expect(() => socket.write(frame(key))).toThrow(RefusedRequest)
    }
    await new Promise<void>((resolve) => socket.end(resolve))
    await expect.poll(() => received.length).toBe(allowed.size * 16)
    expect(guard.sent().map(({ api }) => API[api as keyof typeof API])).toEqual([...allowed].sort((a, b) => a - b))
  })

  it.each([
    ['half a frame', frame(API.Metadata).subarray(0, 10)],
    ['two frames in one', Buffer.concat([frame(API.Metadata), frame(0)])],
    ['a frame that says less than it holds', Buffer.concat([frame(API.Metadata), Buffer.from([0])])],
    ['a token without a frame', Buffer.from('\0user\0password')],
    ['text', 'GET / HTTP/1.1\r\n\r\n'],
  ])('refuses %s', async (_name, bytes) => {
    const socket = await connected(new SocketGuard())
    expect(() => socket.write(bytes)).toThrow(RefusedRequest)
    socket.destroy()
  })
})

describeBroker('a guard before a real broker', (bootstrap) => {
  it('keeps kafkajs from every write', async () => {
    await createTopic(bootstrap(), 'guarded')
    const guard = new SocketGuard()
    const kafka = new Kafka({
      brokers: [...bootstrap()],
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
      socketFactory: ({ host, port, onConnect }) => guard.socketFactory(() => {})({ host, port, ssl: null, onConnect }),
    })
    const producer = kafka.producer({ allowAutoTopicCreation: false })
    await producer.connect()
    await expect(producer.send({ topic: 'guarded', messages: [{ value: 'x' }] })).rejects.toThrow(/not on the list/)
    await producer.disconnect()
    const admin = kafka.admin()
    await admin.connect()
    await expect(admin.createTopics({ topics: [{ topic: 'made' }] })).rejects.toThrow(/not on the list/)
    await expect(admin.deleteTopics({ topics: ['guarded'] })).rejects.toThrow(/not on the list/)
    await admin.disconnect()
    const topics = await withAdmin(bootstrap(), (one) => one.listTopics())
    expect(topics).toContain('guarded')
    expect(topics).not.toContain('made')
    const [offsets] = await withAdmin(bootstrap(), (one) => one.fetchTopicOffsets('guarded'))
    expect(offsets?.high).toBe('0')
  })
})
