import { type Abstract, constant } from '../program/evaluate/value.ts'

const CONFIGS = /^(?:org\.apache\.kafka|io\.confluent)\.(?:[\w.]+\.)?\w*Configs?$/

/** Constants whose text is not their name in other letters. */
const IRREGULAR: Readonly<Record<string, string>> = {
  KEY_DESERIALIZER_CLASS_CONFIG: 'key.deserializer',
  VALUE_DESERIALIZER_CLASS_CONFIG: 'value.deserializer',
  KEY_SERIALIZER_CLASS_CONFIG: 'key.serializer',
  VALUE_SERIALIZER_CLASS_CONFIG: 'value.serializer',
  INTERCEPTOR_CLASSES_CONFIG: 'interceptor.classes',
  EXACTLY_ONCE: 'exactly_once',
  EXACTLY_ONCE_V2: 'exactly_once_v2',
  EXACTLY_ONCE_BETA: 'exactly_once_beta',
  AT_LEAST_ONCE: 'at_least_once',
  METRICS_NUM_SAMPLES_CONFIG: 'metrics.num.samples',
}

/** Keys of Spring's own serialisers (spring-kafka, JsonDeserializer.java, JsonSerializer.java, ErrorHandlingDeserializer.java). */
const SPRING: Readonly<Record<string, string>> = {
  'JsonDeserializer.TRUSTED_PACKAGES': 'spring.json.trusted.packages',
  'JsonDeserializer.VALUE_DEFAULT_TYPE': 'spring.json.value.default.type',
  'JsonDeserializer.KEY_DEFAULT_TYPE': 'spring.json.key.default.type',
  'JsonDeserializer.USE_TYPE_INFO_HEADERS': 'spring.json.use.type.headers',
  'JsonDeserializer.TYPE_MAPPINGS': 'spring.json.type.mapping',
  'JsonDeserializer.REMOVE_TYPE_INFO_HEADERS': 'spring.json.remove.type.headers',
  'JsonSerializer.ADD_TYPE_INFO_HEADERS': 'spring.json.add.type.headers',
  'JsonSerializer.TYPE_MAPPINGS': 'spring.json.type.mapping',
  'ErrorHandlingDeserializer.VALUE_DESERIALIZER_CLASS': 'spring.deserializer.value.delegate.class',
  'ErrorHandlingDeserializer.KEY_DESERIALIZER_CLASS': 'spring.deserializer.key.delegate.class',
}

/** `ConsumerConfig.GROUP_ID_CONFIG` is `group.id`: what the constants of the clients' classes stand for (kafka-clients, *Config.java). */
export function constantOf(path: string, name: string): Abstract | undefined {
  if (CONFIGS.test(path) && /^[A-Z][A-Z0-9_]+$/.test(name))
    return constant(
      Object.hasOwn(IRREGULAR, name)
        ? (IRREGULAR[name] as string)
        : name
            .replace(/_CONFIG$/, '')
            .toLowerCase()
            .replaceAll('_', '.'),
    )
  const spring = /^org\.springframework\.kafka\.(?:[\w.]+\.)?(\w+)$/.exec(path)?.[1]
  if (spring !== undefined && Object.hasOwn(SPRING, `${spring}.${name}`)) return constant(SPRING[`${spring}.${name}`] as string)
  if (/^org\.apache\.kafka\.clients\.consumer\.OffsetResetStrategy$/.test(path)) return constant(name.toLowerCase())
  if (/^org\.apache\.kafka\.common\.IsolationLevel$/.test(path)) return constant(name.toLowerCase())
  if (path === 'builtins.Boolean' && (name === 'TRUE' || name === 'FALSE')) return constant(name === 'TRUE')
  if (path === 'builtins.Integer' && name === 'MAX_VALUE') return constant(2147483647)
  return undefined
}
