import type { Socket } from 'node:net'
import { connect as connectTcp, isIP } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { SentRequest } from '../model/cluster.ts'
import { API, type ApiName } from './wire/request.ts'

export class RefusedRequest extends Error {
  constructor(what: string) {
    super(`refused at the socket, since it is not on the list of read-only requests: ${what}`)
    this.name = 'RefusedRequest'
  }
}

const NAMES = new Map<number, ApiName>(Object.entries(API).map(([name, key]) => [key, name as ApiName]))

/** Bytes of a request's frame before its version: length, API key. */
const KEY_AT = 4
const VERSION_AT = 6
const HEADER = 8

/**
 * The one way to a broker: sockets that let through only requests on the read-only list, whoever writes to them, and count what they let
 * through. SASL without framing (brokers before Kafka 1.0) is refused like any other bytes that are no known request.
 */
export class SocketGuard {
  readonly #sent = new Map<string, { api: ApiName; version: number; count: number }>()

  /** In the order of the list of APIs. */
  sent(): readonly SentRequest[] {
    return [...this.#sent.values()].sort((a, b) => API[a.api] - API[b.api] || a.version - b.version)
  }

  /** As kafkajs wants it. `seen` is told the first bytes that the other side sends: what does not speak Kafka shows itself there. */
  readonly socketFactory =
    (seen: (first: Buffer) => void) =>
    ({
      host,
      port,
      ssl,
      onConnect,
    }: {
      host: string
      port: number
      ssl: ConnectionOptions | null
      onConnect: () => void
    }): Socket => {
      const socket = ssl
        ? connectTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), ...ssl }, onConnect)
        : connectTcp({ host, port }, onConnect)
      socket.once('data', (data) => seen(data))
      return this.guard(socket)
    }

  /** Makes a socket refuse what is not read-only. */
  guard<S extends Socket>(socket: S): S {
    const write = socket.write.bind(socket) as (...given: unknown[]) => boolean
    socket.write = ((...given: unknown[]) => {
      this.#admit(given[0])
      return write(...given)
    }) as S['write']
    return socket
  }

  /** Takes a whole frame, and nothing else: half a frame could hide what it asks. */
  #admit(chunk: unknown): void {
    if (!Buffer.isBuffer(chunk) || chunk.length < HEADER || chunk.readInt32BE(0) !== chunk.length - KEY_AT)
      throw new RefusedRequest('bytes that are no request')
    const key = chunk.readInt16BE(KEY_AT)
    const version = chunk.readInt16BE(VERSION_AT)
    const api = NAMES.get(key)
    if (api === undefined) throw new RefusedRequest(`API key ${key}`)
    const name = `${key} ${version}`
    const before = this.#sent.get(name)
    this.#sent.set(name, { api, version, count: (before?.count ?? 0) + 1 })
  }
}
