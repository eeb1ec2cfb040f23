import type { ConnectionOptions } from 'node:tls'
import Connection from 'kafkajs/src/network/connection.js'
import Encoder from 'kafkajs/src/protocol/encoder.js'
import type { Failure } from '../model/cluster.ts'
import { explainFailure, type Phase } from './failure.ts'
import type { SocketGuard } from './guard.ts'
import { apiVersions } from './wire/api-versions.ts'
import { Reader } from './wire/reader.ts'
import { API, type BrokerVersions, commonVersion, type WireRequest } from './wire/request.ts'
import { Writer } from './wire/writer.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** How to reach brokers: what a connection file says, made ready for kafkajs. */
export interface Access {
  readonly ssl: ConnectionOptions | null
  /** Made anew for each connection: kafkajs keeps state in it. */
  readonly sasl: (() => object) | null
}

/** Every wait ends here. `at` is in milliseconds of the monotonic clock `now`. */
export interface Deadline {
  readonly at: number
  readonly now: () => number
}

export class LinkError extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.name = 'LinkError'
    this.failure = failure
  }
}

/** The least that one step may take, in milliseconds, so that a deadline that is near still lets it try. */
const LEAST_WAIT = 50

export const timeLeft = ({ at, now }: Deadline): number => Math.max(LEAST_WAIT, at - now())

/** A connection to one broker that asks one question after another. */
export interface Link {
  readonly address: Address
  readonly versions: BrokerVersions
  readonly features: readonly { readonly name: string; readonly level: number }[]
  /** True when the broker speaks some version of the request that we speak. */
  speaks(request: WireRequest<never, unknown>): boolean
  /** Throws LinkError. */
  ask<Input, Output>(request: WireRequest<Input, Output>, input: Input): Promise<Output>
  close(): Promise<void>
}

/** kafkajs reports everything as an exception too; nothing of it belongs on the terminal. */
const SILENT = { namespace: () => SILENT, info: nothing, error: nothing, warn: nothing, debug: nothing }
function nothing(): void {}

/** Connects, learns what the broker speaks, and authenticates. Throws LinkError, which says at which of these it failed. */
export async function openLink(address: Address, access: Access, guard: SocketGuard, deadline: Deadline): Promise<Link> {
  let first: Buffer | undefined
  const connection = new Connection({
    ...address,
    logger: SILENT,
    socketFactory: guard.socketFactory((bytes) => {
      first ??= bytes
    }),
    requestTimeout: timeLeft(deadline),
    connectionTimeout: timeLeft(deadline),
    ssl: access.ssl,
    sasl: access.sasl?.() ?? null,
    clientId: 'semcheck',
    maxInFlightRequests: null,
  })
  const failed = (phase: Phase) => async (error: unknown) => {
    close(connection)
    throw new LinkError(explainFailure(error, { phase, address, tls: access.ssl !== null, sasl: access.sasl !== null, first }))
  }
  await within(connection.connect(), deadline).catch(failed('connect'))
  const about = await within(send(connection, apiVersions, 3, { software: 'semcheck', version: '0' }, deadline), deadline)
    .then((answer) => (answer.error === UNSUPPORTED_VERSION ? send(connection, apiVersions, 0, NOBODY, deadline) : answer))
    .catch(failed('versions'))
  const versions: BrokerVersions = new Map(about.apis.map(({ key, min, max }) => [key, { min, max }]))
  connection.setVersions(Object.fromEntries(about.apis.map(({ key, min, max }) => [key, { minVersion: min, maxVersion: max }])))
  connection.setSupportAuthenticationProtocol(versions.has(API.SaslAuthenticate))
  if (access.sasl) await within(connection.authenticate(), deadline).catch(failed('sasl'))
  const features = about.features
  return {
    address,
    versions,
    features,
    speaks: (request) => commonVersion(request, versions) !== undefined,
    ask: async (request, input) => {
      const version = commonVersion(request, versions)
      if (version === undefined) throw new LinkError(tooOld(request.api))
      return within(send(connection, request, version, input, deadline), deadline).catch(failed('request'))
    },
    close: () => close(connection),
  }
}

const UNSUPPORTED_VERSION = 35
const NOBODY = { software: '', version: '' }

function tooOld(api: string): Failure {
  return {
    kind: 'too-old',
    reason: `the broker does not speak ${api} in a version that semcheck speaks`,
    hint: 'Kafka 0.11 or later is needed',
  }
}

async function send<Input, Output>(
  connection: Connection,
  request: WireRequest<Input, Output>,
  version: number,
  input: Input,
  deadline: Deadline,
): Promise<Output> {
  const flexible = version >= request.flexibleFrom
  return connection.send({
    request: {
      apiKey: API[request.api],
      apiVersion: version,
      apiName: request.api,
      encode: async () => {
        const writer = new Writer(flexible)
        // kafkajs writes the header without the tagged fields that end it in flexible versions
        writer.end()
        request.encode(writer, input, version)
        const encoder = new Encoder()
        encoder.writeBufferInternal(writer.bytes())
        return encoder
      },
    },
    response: {
      decode: async (payload) => ({ payload }),
      parse: async ({ payload }) => {
        const reader = new Reader(payload, flexible)
        // so that any broker can be told its versions, the header of this answer never has tagged fields
        if (request.api !== 'ApiVersions') reader.end()
        return request.decode(reader, version)
      },
    },
    requestTimeout: timeLeft(deadline),
    logResponseError: false,
  })
}

/** kafkajs times each step; this ends what it lets hang. */
async function within<T>(step: Promise<T>, deadline: Deadline): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })), timeLeft(deadline))
  })
  try {
    return await Promise.race([step, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Does not wait for answers that are under way: nobody wants them any more. */
async function close(connection: Connection): Promise<void> {
  const { requestQueue, socket } = connection as unknown as {
    requestQueue: { destroy(): void; rejectAll(error: Error): void }
    socket?: { destroy(): void }
  }
  requestQueue.rejectAll(new Error('closed'))
  requestQueue.destroy()
  socket?.destroy()
}
