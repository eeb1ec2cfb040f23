import type { Literal } from '../model/value.ts'

type Words = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Values that are constants of the library, by setting and the value that they stand for. */
const SARAMA: Words = {
  acks: { all: 'sarama.WaitForAll', '1': 'sarama.WaitForLocal', '0': 'sarama.NoResponse' },
  'auto.offset.reset': { earliest: 'sarama.OffsetOldest', latest: 'sarama.OffsetNewest' },
  'isolation.level': { read_committed: 'sarama.ReadCommitted', read_uncommitted: 'sarama.ReadUncommitted' },
}
const KAFKA_GO: Words = {
  acks: { all: 'kafka.RequireAll', '1': 'kafka.RequireOne', '0': 'kafka.RequireNone' },
  'auto.offset.reset': { earliest: 'kafka.FirstOffset', latest: 'kafka.LastOffset' },
  'isolation.level': { read_committed: 'kafka.ReadCommitted', read_uncommitted: 'kafka.ReadUncommitted' },
}

/** Options of franz-go as a whole. */
const FRANZ_GO: Words = {
  acks: { all: 'kgo.RequiredAcks(kgo.AllISRAcks())' },
  'auto.offset.reset': {
    earliest: 'kgo.ConsumeResetOffset(kgo.NewOffset().AtStart())',
    latest: 'kgo.ConsumeResetOffset(kgo.NewOffset().AtEnd())',
  },
  'isolation.level': { read_committed: 'kgo.FetchIsolationLevel(kgo.ReadCommitted())' },
  'enable.auto.commit': { false: 'kgo.DisableAutoCommit()' },
}

/** A setting with its value as a Go program writes it: a field, an entry of a map, an option. `name`: as the library spells the setting. */
export function writeInGo(library: string, key: string, name: string, literal: Literal): string {
  const word = String(literal)
  const quoted = typeof literal === 'string' ? `"${literal}"` : word
  switch (library) {
    case 'sarama':
      return `${name} = ${SARAMA[key]?.[word] ?? quoted}`
    case 'kafka-go':
      return `${name}: ${KAFKA_GO[key]?.[word] ?? quoted}`
    case 'franz-go':
      return FRANZ_GO[key]?.[word] ?? (literal === true ? `kgo.${name}()` : `kgo.${name}(${quoted})`)
    default:
      return `"${name}": ${quoted}`
  }
}
