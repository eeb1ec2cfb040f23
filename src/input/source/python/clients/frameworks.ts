import { type ClientKind, methodNames } from '../../program/clients/kind.ts'

/** An application of faust both consumes and produces; its id is the consumer group. */
export const FAUST: readonly ClientKind[] = (['consumer', 'producer'] as const).map((role) => ({
  libraries: ['faust'],
  className: 'App',
  role,
  paths: ['faust.App', 'faust.app.App', 'faust.app.base.App'],
  options: 'keywords',
  positional: ['id'],
  notSettings: new Set<string>(),
  methods: methodNames({}),
  framework: 'faust',
}))

function broker(library: string, module: string): ClientKind {
  return {
    libraries: [library],
    className: 'KafkaBroker',
    role: 'producer',
    paths: ['KafkaBroker', 'broker.KafkaBroker', 'broker.broker.KafkaBroker'].map((path) => `${module}.${path}`),
    options: 'keywords',
    positional: ['bootstrap_servers'],
    notSettings: new Set(),
    methods: methodNames({ send: 'publish publish_batch request publisher' }),
    framework: 'faststream',
  }
}

/** A router of a broker: its connection stands elsewhere, and its topics may have a prefix. */
function router(library: string, module: string): ClientKind {
  return {
    ...broker(library, module),
    className: 'KafkaRouter',
    paths: ['KafkaRouter', 'broker.KafkaRouter', 'broker.router.KafkaRouter'].map((path) => `${module}.${path}`),
    positional: ['prefix'],
    settingsElsewhere: 'the broker that includes the router has its settings',
  }
}

/** FastAPI's router is a broker of its own. */
function fastapiRouter(library: string, module: string): ClientKind {
  return {
    ...broker(library, module),
    className: 'KafkaRouter',
    paths: ['fastapi.KafkaRouter', 'fastapi.fastapi.KafkaRouter'].map((path) => `${module}.${path}`),
  }
}

/** Brokers produce; each of their subscribers is a consumer of its own. Routers are brokers whose connection stands elsewhere. */
export const FASTSTREAM: readonly ClientKind[] = [
  broker('faststream-kafka', 'faststream.kafka'),
  broker('faststream-confluent', 'faststream.confluent'),
  router('faststream-kafka', 'faststream.kafka'),
  router('faststream-confluent', 'faststream.confluent'),
  fastapiRouter('faststream-kafka', 'faststream.kafka'),
  fastapiRouter('faststream-confluent', 'faststream.confluent'),
]

/** Arguments of `subscriber` that are the framework's, not the client's. */
export const SUBSCRIBER_NOT_SETTINGS = new Set(
  'dependencies parser decoder codec middlewares filter retry title description include_in_schema no_reply persistent batch batch_timeout_ms max_records max_workers listener pattern partitions polling_interval response_model response_model_include response_model_exclude response_model_by_alias response_model_exclude_unset response_model_exclude_defaults response_model_exclude_none'.split(
    ' ',
  ),
)
