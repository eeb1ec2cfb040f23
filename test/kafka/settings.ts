/** Where the nodes of a cluster listen. */
export interface Place {
  readonly id: number
  readonly host: string
  /** For clients, and for what has to work whatever the tests make of the clients' listener. */
  readonly port: number
  readonly internalPort: number
}

export interface ControllerPlace {
  readonly id: number
  readonly port: number
}

const SMALL: Readonly<Record<string, string>> = {
  'num.network.threads': '2',
  'num.io.threads': '2',
  'background.threads': '2',
  'log.cleaner.dedupe.buffer.size': '4194304',
  'offsets.topic.num.partitions': '5',
  'transaction.state.log.num.partitions': '5',
  'group.initial.rebalance.delay.ms': '0',
}

/** A dead broker leaves the metadata within seconds. */
const PROMPT: Readonly<Record<string, string>> = {
  'broker.session.timeout.ms': '4000',
  'broker.heartbeat.interval.ms': '500',
  'replica.lag.time.max.ms': '4000',
}

function internalTopics(version: string, brokers: number): Readonly<Record<string, string>> {
  const [copies, inSync] = brokers < 3 ? ['1', '1'] : ['3', '2']
  return {
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'transaction.state.log.min.isr': inSync,
    ...(!version.startsWith('3.') && {
      'share.coordinator.state.topic.replication.factor': copies,
      'share.coordinator.state.topic.min.isr': inSync,
      'share.coordinator.state.topic.num.partitions': '5',
    }),
  }
}

const PROTOCOLS = 'CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT'

function quorum(controller: ControllerPlace): Readonly<Record<string, string>> {
  return {
    'controller.quorum.voters': `${controller.id}@127.0.0.1:${controller.port}`,
    'controller.listener.names': 'CONTROLLER',
  }
}

/** What makes a node a broker; the controller too where it has the same id. */
export function brokerSettings(
  version: string,
  broker: Place,
  brokers: number,
  controller: ControllerPlace,
  protocol: string,
  advertised: string,
): Readonly<Record<string, string>> {
  const both = controller.id === broker.id
  const clients = `CLIENT://${broker.host}:${broker.port}`
  const internal = `INTERNAL://127.0.0.1:${broker.internalPort}`
  return {
    'process.roles': both ? 'broker,controller' : 'broker',
    'node.id': `${broker.id}`,
    ...quorum(controller),
    listeners: [clients, internal, ...(both ? [`CONTROLLER://127.0.0.1:${controller.port}`] : [])].join(','),
    'advertised.listeners': `CLIENT://${advertised},${internal}`,
    'listener.security.protocol.map': `CLIENT:${protocol},${PROTOCOLS}`,
    'inter.broker.listener.name': 'INTERNAL',
    ...SMALL,
    ...PROMPT,
    ...internalTopics(version, brokers),
  }
}

export function controllerSettings(controller: ControllerPlace): Readonly<Record<string, string>> {
  return {
    'process.roles': 'controller',
    'node.id': `${controller.id}`,
    ...quorum(controller),
    listeners: `CONTROLLER://127.0.0.1:${controller.port}`,
    'listener.security.protocol.map': PROTOCOLS,
    ...SMALL,
    ...PROMPT,
  }
}
