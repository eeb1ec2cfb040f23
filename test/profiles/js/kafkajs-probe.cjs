// Asks a kafkajs release what it really does with options, without a broker: the cluster, the consumer group and the sending of messages are
// replaced by ones that note what they are given.
//   node kafkajs-probe.cjs <folder of the package> <cases.json>
// Prints one JSON object a line: what took effect, or what was thrown.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const [, , folder, file] = process.argv
const source = (name) => require.resolve(join(folder, 'src', name))
const seen = { retries: [] }

function replace(name, exported) {
  const path = source(name)
  require.cache[path] = { id: path, filename: path, loaded: true, exports: exported, children: [], paths: [] }
}

replace(
  'cluster/index.js',
  class Cluster {
    constructor(options) {
      seen.cluster = options
      this.retry = options.retry
    }
    async connect() {}
    async disconnect() {}
    async addTargetTopic() {}
    async addMultipleTargetTopics() {}
    isConnected() {
      return true
    }
    async findGroupCoordinator() {
      return { initProducerId: async () => ({ producerId: 1, producerEpoch: 0 }) }
    }
    async refreshMetadata() {}
    async refreshMetadataIfNecessary() {}
    async findControllerBroker() {
      return { initProducerId: async () => ({ producerId: 1, producerEpoch: 0 }) }
    }
  },
)
replace(
  'consumer/consumerGroup.js',
  class ConsumerGroup {
    constructor(options) {
      seen.group = options
    }
    async connect() {}
    async join() {}
    async sync() {}
    async joinAndSync() {}
  },
)
replace(
  'consumer/runner.js',
  class Runner {
    constructor(options) {
      seen.runner = options
    }
    async start() {}
    async stop() {}
    async join() {}
  },
)
const realRetry = require(source('retry/index.js'))
const defaults = require(source('retry/defaults.js'))
replace('retry/index.js', (options = {}) => {
  seen.retries.push({ ...defaults, ...options }.retries)
  return realRetry(options)
})
const realMessages = require(source('producer/sendMessages.js'))
replace('producer/sendMessages.js', (options) => {
  realMessages(options)
  return async (given) => {
    seen.sent = given
    return []
  }
})

const { Kafka, logLevel } = require(folder)

async function consumer(given) {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING, ...given.client })
  const one = kafka.consumer(given.consumer)
  await one.subscribe({ topic: 't', ...given.subscribe })
  await one.run({ eachMessage: async () => {}, ...given.run })
  const { group, runner, cluster } = seen
  const retry = runner?.retry ?? group?.retry ?? {}
  return {
    'group.id': group.groupId,
    'enable.auto.commit': runner.autoCommit === undefined ? true : Boolean(runner.autoCommit),
    'auto.commit.interval.ms': group.autoCommitInterval === undefined ? null : group.autoCommitInterval,
    'auto.offset.reset': Object.values(group.topicConfigurations)[0].fromBeginning ? 'earliest' : 'latest',
    'isolation.level':
      group.isolationLevel === undefined ? null : group.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted',
    'session.timeout.ms': group.sessionTimeout,
    'rebalance.timeout.ms': group.rebalanceTimeout === undefined ? null : group.rebalanceTimeout,
    'heartbeat.interval.ms': runner.heartbeatInterval,
    'allow.auto.create.topics': cluster.allowAutoTopicCreation,
    'max.in.flight.requests.per.connection': cluster.maxInFlightRequests === undefined ? null : cluster.maxInFlightRequests,
    retries: retry.retries === undefined ? defaults.retries : retry.retries,
  }
}

async function producer(given) {
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING, ...given.client })
  seen.retries = []
  const one = kafka.producer(given.producer)
  // the first is the producer's own; the managers of ids and transactions make others
  const [retries] = seen.retries
  const { cluster } = seen
  await one.connect()
  await one.send({ topic: 't', messages: [{ value: 'v' }], ...given.send })
  return {
    acks: seen.sent.acks === -1 ? 'all' : String(seen.sent.acks),
    retries,
    'allow.auto.create.topics': cluster.allowAutoTopicCreation,
    'max.in.flight.requests.per.connection': cluster.maxInFlightRequests === undefined ? null : cluster.maxInFlightRequests,
  }
}

async function main() {
  for (const given of JSON.parse(readFileSync(file, 'utf8'))) {
    let answer
    try {
      answer = { effective: await (given.role === 'consumer' ? consumer : producer)(given) }
    } catch (error) {
      answer = { thrown: `${error.name}: ${error.message}` }
    }
    console.log(JSON.stringify(answer))
  }
  process.exit(0)
}

main()
