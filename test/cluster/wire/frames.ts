import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../src/cluster/wire/reader.ts'
import type { WireRequest } from '../../../src/cluster/wire/request.ts'
import { Writer } from '../../../src/cluster/wire/writer.ts'

/** The bytes of Kafka's own classes, as hex: by message, case and version. `fixtures/Frames.java` says how to make them anew. */
const KAFKA: {
  readonly errors: readonly { readonly code: number; readonly name: string; readonly retriable: boolean }[]
  readonly frames: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>
} = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', 'frames.json'), 'utf8'))

export const KAFKA_ERRORS = KAFKA.errors

export interface Frame {
  /** The case of `fixtures/messages.json`. */
  readonly name: string
  readonly version: number
  readonly bytes: Buffer
}

export function framesOf(message: string): readonly Frame[] {
  return Object.entries(KAFKA.frames[message] ?? {}).flatMap(([name, versions]) =>
    Object.entries(versions).map(([version, hex]) => ({ name, version: Number(version), bytes: Buffer.from(hex, 'hex') })),
  )
}

export function encoded<Input>(request: WireRequest<Input, unknown>, input: Input, version: number): Buffer {
  const writer = new Writer(version >= request.flexibleFrom)
  request.encode(writer, input, version)
  return writer.bytes()
}

export function decoded<Output>(request: WireRequest<never, Output>, bytes: Buffer, version: number): Output {
  return request.decode(new Reader(bytes, version >= request.flexibleFrom), version)
}

/** What a case holds: the same in every version, or by version. */
type Cases<T> = Readonly<Record<string, T | ((version: number) => T)>>

/** Compares a request with Kafka's own bytes: all cases there are, in all versions that we speak. */
export function describeWire<Input extends object, Output extends object>(
  request: WireRequest<Input, Output>,
  { sends, answers }: { readonly sends: Cases<Input>; readonly answers: Cases<Output> },
): void {
  describe(request.api, () => {
    const requests = framesOf(`${request.api}Request`)
    const responses = framesOf(`${request.api}Response`)

    it.each(requests)('asks for $name in version $version as Kafka does', ({ name, version, bytes }) => {
      expect(encoded(request, of(sends, name, version), version).toString('hex')).toBe(bytes.toString('hex'))
    })

    it.each(responses)('reads $name in version $version', ({ name, version, bytes }) => {
      expect(decoded(request, bytes, version)).toStrictEqual(of(answers, name, version))
    })

    it('is compared in every version', () => {
      const all = Array.from({ length: request.max - request.min + 1 }, (_, i) => request.min + i)
      for (const frames of [requests, responses])
        expect([...new Set(frames.map(({ version }) => version))].sort((a, b) => a - b)).toEqual(all)
    })
  })
}

function of<T>(cases: Cases<T>, name: string, version: number): T {
  const found = cases[name]
  if (found === undefined) throw new Error(`no case ${name}`)
  return typeof found === 'function' ? (found as (version: number) => T)(version) : found
}
