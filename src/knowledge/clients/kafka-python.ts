import type { Profile } from '../profile.ts'
import { capable } from './capable.ts'
import { kafkaPythonRead } from './kafka-python-read.ts'
import { kafkaPythonCommits, kafkaPythonDerive, kafkaPythonProblems } from './kafka-python-rules.ts'
import { KAFKA_PYTHON_KEY_RELEASES, kafkaPythonAccepts, kafkaPythonSettings } from './kafka-python-settings.ts'
import { canonicalOf, keyword } from './python-values.ts'

const CHANGES = 'kafka-python CHANGES.md'

/** What a constructor says of a keyword that it does not have; the keyword of Java's dotted name where that is meant. */
export function unrecognized(error: string, key: string, caveat = ''): string {
  const meant = key.includes('.') && canonicalOf(keyword(key), kafkaPythonSettings) !== undefined
  return `the constructor raises ${error}: Unrecognized configs: {'${key}'…}${caveat}${meant ? `; kafka-python spells it \`${keyword(key)}\`` : ''}`
}

const WITHOUT_ASSERT = ', and under `python -O` takes it and does nothing'

const PRODUCER_KEYS = new Set(['transactional_id', 'enable_idempotence', 'transaction_timeout_ms', 'delivery_timeout_ms'])

export const kafkaPython: Profile = {
  id: 'kafka-python',
  title: 'kafka-python',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'kafka-python' }],
  oldestAssumed: '1.4.0',
  newestRead: '3.0.12',
  notes: [
    'Transactions, idempotence and `isolation_level` work from 2.2.0 on. Before, the constructor raises: AssertionError for a producer, KafkaConfigurationError for a consumer (from 1.4.0). Only `python -O`, which strips assertions, lets a producer take them and do nothing. None of them is a placeholder.',
    '2.2 and 2.3 leave idempotence off and acks at 1; where it is switched on, one request is in flight and `max_in_flight_requests_per_connection=5` is refused. From 3.0.0 on idempotence and acks=all are the default, up to five requests may be in flight, and acks=1, retries=0 or more than five switch idempotence off with a line in the log.',
    'Auto-commit happens inside poll() or the iteration, on close() and on a rebalance, never while a handler runs. It commits positions: all that was handed over, with poll() the whole batch.',
    "Without a group id nothing is committed (from 1.3.3 on the default is None; before it was 'kafka-python-default-group').",
    "An unknown `auto_offset_reset`, such as librdkafka's beginning or end, becomes none with a warning.",
    "acks must be 0, 1, -1 or 'all': a text such as '1' is taken by the constructor, and then no message can be sent.",
    'commit() is synchronous and commits positions; commit_async() tells errors to its callback only.',
    'The fork kafka-python-ng has the same import and its own version numbers.',
  ],
  settings: kafkaPythonSettings,
  aliases: {},
  spell: keyword,
  canonical: (key) => canonicalOf(key, kafkaPythonSettings),
  accepts: kafkaPythonAccepts,
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'raises', says: (key) => unrecognized('AssertionError', key, WITHOUT_ASSERT) },
      citation: 'run: kafka-python 1.3.5',
    },
    {
      since: '1.4.0',
      value: {
        effect: 'raises',
        says: (key, role = PRODUCER_KEYS.has(key) ? 'producer' : 'consumer') =>
          role === 'producer'
            ? unrecognized('AssertionError', key, WITHOUT_ASSERT)
            : unrecognized('KafkaConfigurationError', key),
      },
      citation: 'run: kafka-python 1.4.0 … 2.3.3',
    },
    {
      since: '3.0.0',
      value: {
        effect: 'raises',
        says: (key, role = PRODUCER_KEYS.has(key) ? 'producer' : 'consumer') =>
          unrecognized(role === 'producer' ? 'ValueError' : 'KafkaConfigurationError', key),
      },
      citation: 'run: kafka-python 3.0.0 … 3.0.12',
    },
  ],
  read: (canonical, literal, _role, version) => kafkaPythonRead(canonical, literal, version),
  derive: kafkaPythonDerive,
  problems: kafkaPythonProblems,
  commits: kafkaPythonCommits,
  capabilities: [
    capable('0', `${CHANGES}, before 2.2.0`),
    capable('2.2.0', `${CHANGES}, 2.2.0`, { idempotentProducer: true, transactions: true, readCommitted: true }),
    capable('2.3.0', `${CHANGES}, 2.3.0`, {
      idempotentProducer: true,
      transactions: true,
      readCommitted: true,
      staticMembership: true,
    }),
    capable('3.0.0', `${CHANGES}, 3.0.0`, {
      idempotentProducer: true,
      transactions: true,
      readCommitted: true,
      staticMembership: true,
      groupMetadataFencing: true,
    }),
  ],
  boundaries: [...KAFKA_PYTHON_KEY_RELEASES, '1.4.5', '2.2.7'],
  methods: {
    subscribe: ['subscribe'],
    assign: ['assign'],
    seek: ['seek', 'seek_to_beginning', 'seek_to_end'],
    receive: ['poll'],
    commit: ['commit'],
    commitAsync: ['commit_async'],
    send: ['send'],
    flush: ['flush'],
    close: ['close'],
    initTransactions: ['init_transactions'],
    beginTransaction: ['begin_transaction'],
    commitTransaction: ['commit_transaction'],
    abortTransaction: ['abort_transaction'],
    sendOffsets: ['send_offsets_to_transaction'],
  },
  groupRequired: false,
}
