import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface DescribeConfigsInput {
  readonly resources: readonly {
    /** 2 topic, 4 broker, 32 group. Kafka 3.9 refuses every resource of a request that has a group among them. */
    readonly type: number
    readonly name: string
    /** Null for all. */
    readonly keys: readonly string[] | null
  }[]
}

export interface ConfigEntry {
  readonly name: string
  /** Null for what the broker keeps secret. */
  readonly value: string | null
  readonly readOnly: boolean
  /** 1 topic, 2 broker, 3 cluster default, 4 static, 5 default, 6 logger, 7 client metrics, 8 group. */
  readonly source: number
  readonly sensitive: boolean
}

export interface DescribeConfigsAnswer {
  readonly results: readonly {
    readonly error: number
    readonly message: string | null
    readonly type: number
    readonly name: string
    readonly entries: readonly ConfigEntry[]
  }[]
}

/** Settings as they take effect. A broker describes its own configuration only. */
export const describeConfigs: WireRequest<DescribeConfigsInput, DescribeConfigsAnswer> = {
  api: 'DescribeConfigs',
  min: 1,
  max: 4,
  flexibleFrom: 4,
  encode(writer, { resources }, version) {
    writer.array(resources, ({ type, name, keys }) => {
      writer
        .int8(type)
        .string(name)
        .nullableArray(keys, (key) => writer.string(key))
        .end()
    })
    writer.boolean(false)
    if (version >= 3) writer.boolean(false)
    writer.end()
  },
  decode(reader, version) {
    reader.int32()
    const results = reader.array(() => {
      const error = reader.int16()
      const message = reader.nullableString()
      const type = reader.int8()
      const name = reader.string()
      const entries = reader.array(() => entry(reader, version))
      reader.end()
      return { error, message, type, name, entries }
    })
    reader.end()
    return { results }
  },
}

function entry(reader: Reader, version: number): ConfigEntry {
  const name = reader.string()
  const value = reader.nullableString()
  const readOnly = reader.boolean()
  const source = reader.int8()
  const sensitive = reader.boolean()
  reader.array(() => {
    reader.string()
    reader.nullableString()
    reader.int8()
    reader.end()
  })
  if (version >= 3) {
    reader.int8()
    reader.nullableString()
  }
  reader.end()
  return { name, value, readOnly, source, sensitive }
}
