// The parts of kafkajs below its public API that the link stands on. kafkajs is pinned exactly: its types do not cover them, and another
// release may move them. test/cluster/kafkajs.test.ts holds these statements against the installed package.

declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net'
  import type { ConnectionOptions } from 'node:tls'

  interface Logger {
    namespace(name: string): Logger
    info(message: string, extra?: object): void
    error(message: string, extra?: object): void
    warn(message: string, extra?: object): void
    debug(message: string, extra?: object): void
  }

  interface Options {
    host: string
    port: number
    logger: Logger
    socketFactory: (options: { host: string; port: number; ssl: ConnectionOptions | null; onConnect: () => void }) => Socket
    /** Milliseconds. */
    requestTimeout: number
    /** Milliseconds. */
    connectionTimeout: number
    ssl: ConnectionOptions | null
    sasl: object | null
    clientId: string
    maxInFlightRequests: number | null
  }

  interface Request {
    apiKey: number
    apiVersion: number
    apiName: string
    encode(): Promise<unknown>
  }

  interface Response<T> {
    decode(payload: Buffer): Promise<{ payload: Buffer; clientSideThrottleTime?: number }>
    parse(decoded: { payload: Buffer }): Promise<T>
  }

  class Connection {
    constructor(options: Options)
    connect(): Promise<true>
    disconnect(): Promise<true>
    isConnected(): boolean
    authenticate(): Promise<void>
    setVersions(versions: Readonly<Record<number, { minVersion: number; maxVersion: number }>>): void
    setSupportAuthenticationProtocol(supported: boolean): void
    send<T>(protocol: {
      request: Request
      response: Response<T>
      requestTimeout?: number | null
      logResponseError?: boolean
    }): Promise<T>
  }
  export default Connection
}

declare module 'kafkajs/src/protocol/encoder.js' {
  class Encoder {
    writeBufferInternal(bytes: Buffer): void
    readonly buffer: Buffer
    size(): number
  }
  export default Encoder
}
