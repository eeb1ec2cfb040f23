export const SARAMA_PACKAGES: ReadonlySet<string> = new Set(['github.com/IBM/sarama', 'github.com/Shopify/sarama'])
export const KAFKA_GO = 'github.com/segmentio/kafka-go'
export const FRANZ_GO = 'github.com/twmb/franz-go/pkg/kgo'
const CONFLUENT = /^github\.com\/confluentinc\/confluent-kafka-go(?:\/v\d+)?\/kafka$/

/** confluent-kafka-go's package, by its major version. */
export const CONFLUENT_PACKAGES: readonly string[] = [
  'github.com/confluentinc/confluent-kafka-go/kafka',
  'github.com/confluentinc/confluent-kafka-go/v2/kafka',
]

/** True for packages whose structs are settings and messages. */
export function isSettingsPackage(path: string): boolean {
  return (
    SARAMA_PACKAGES.has(path) ||
    path === KAFKA_GO ||
    path === FRANZ_GO ||
    CONFLUENT.test(path) ||
    /^github\.com\/(?:redis\/go-redis|go-redis\/redis|gomodule\/redigo)(?:\/|$)/.test(path)
  )
}

/** kafka-go's Writer is made by writing it down. */
export function isLiteralClient(path: string, name: string): boolean {
  return path === KAFKA_GO && name === 'Writer'
}

/** Constants of the libraries by which settings are given; they stand for their names. */
export function isClientConstant(path: string, name: string): boolean {
  if (SARAMA_PACKAGES.has(path))
    return /^(?:Offset(?:Newest|Oldest)|WaitFor(?:All|Local)|NoResponse|Read(?:Un)?[cC]ommitted|V\d+_\d+_\d+(?:_\d+)?|M(?:ax|in)Version|DefaultVersion|Compression\w+)$/.test(
      name,
    )
  if (path === KAFKA_GO) return /^(?:FirstOffset|LastOffset|Require(?:None|One|All)|Read(?:Un)?[cC]ommitted)$/.test(name)
  return false
}

/** Names of structs inside a struct. */
export interface Shape {
  readonly [name: string]: Shape
}

/** Structs inside sarama.Config (sarama v1.60.1, config.go). */
export const SARAMA_CONFIG: Shape = {
  Admin: { Retry: {} },
  Net: { TLS: {}, SASL: { GSSAPI: {} }, Proxy: {} },
  Metadata: { Retry: {} },
  Producer: { Transaction: { Retry: {} }, Return: {}, Flush: {}, Retry: {} },
  Consumer: {
    Group: { Session: {}, Heartbeat: {}, Rebalance: { Retry: {} }, Member: {} },
    Retry: {},
    Fetch: {},
    Return: {},
    Offsets: { AutoCommit: {}, Retry: {} },
  },
}
