import { only, type WireRequest } from './request.ts'

export interface FindCoordinatorInput {
  /** 0 group, 1 transactional id. */
  readonly keyType: 0 | 1
  /** One key before version 4. */
  readonly keys: readonly string[]
}

export interface Coordinator {
  readonly key: string
  readonly error: number
  readonly message: string | null
  readonly nodeId: number
  readonly host: string
  readonly port: number
}

export interface FindCoordinatorAnswer {
  /** Before version 4 the key is not in the answer: it is empty there. */
  readonly coordinators: readonly Coordinator[]
}

/** Which broker coordinates a key. The broker creates the internal topic where there is none: ask only where it is known to exist. */
export const findCoordinator: WireRequest<FindCoordinatorInput, FindCoordinatorAnswer> = {
  api: 'FindCoordinator',
  min: 0,
  max: 4,
  flexibleFrom: 3,
  encode(writer, { keyType, keys }, version) {
    if (version < 4) writer.string(only(keys))
    if (version >= 1) writer.int8(keyType)
    if (version >= 4) writer.array(keys, (key) => writer.string(key))
    writer.end()
  },
  decode(reader, version) {
    if (version >= 1) reader.int32()
    if (version >= 4) {
      const coordinators = reader.array(() => {
        const key = reader.string()
        const node = { nodeId: reader.int32(), host: reader.string(), port: reader.int32() }
        const error = reader.int16()
        const message = reader.nullableString()
        reader.end()
        return { key, error, message, ...node }
      })
      reader.end()
      return { coordinators }
    }
    const error = reader.int16()
    const message = version >= 1 ? reader.nullableString() : null
    const node = { nodeId: reader.int32(), host: reader.string(), port: reader.int32() }
    reader.end()
    return { coordinators: [{ key: '', error, message, ...node }] }
  },
}
