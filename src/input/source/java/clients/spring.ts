import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

const NOTHING = methodNames({})
const TEMPLATE = methodNames({ send: 'send sendDefault', idle: 'flush setDefaultTopic' })

function kind(className: string, role: 'consumer' | 'producer', path: string, more: Partial<ClientKind> = {}): ClientKind {
  return {
    libraries: ['spring-boot-kafka'],
    className,
    role,
    paths: [path],
    options: 'dict',
    positional: [],
    notSettings: new Set(),
    methods: NOTHING,
    framework: 'spring',
    ...more,
  }
}

/** What a listener's annotation says beside the settings of its consumer. */
const LISTENER_ONLY = new Set(
  `id topics topicPattern topicPartitions containerFactory containerGroup errorHandler clientIdPrefix beanRef concurrency autoStartup
  properties splitIterables contentTypeConverter batch filter info containerPostProcessor idIsGroup`.split(/\s+/),
)

export const LISTENER = 'org.springframework.kafka.annotation.KafkaListener'

/** Spring's factories take the client's settings; listeners and templates use them. https://docs.spring.io/spring-kafka/reference/ */
export const SPRING_KAFKA: readonly ClientKind[] = [
  kind('DefaultKafkaConsumerFactory', 'consumer', 'org.springframework.kafka.core.DefaultKafkaConsumerFactory'),
  kind('DefaultKafkaProducerFactory', 'producer', 'org.springframework.kafka.core.DefaultKafkaProducerFactory'),
  kind('KafkaListener', 'consumer', LISTENER, {
    options: 'keywords',
    notSettings: LISTENER_ONLY,
    topicsKeyword: 'topics',
    provisional: true,
  }),
  kind('KafkaTemplate', 'producer', 'org.springframework.kafka.core.KafkaTemplate', {
    methods: TEMPLATE,
    options: 'keywords',
    provisional: true,
  }),
]
