import type { Role } from '../../model/client.ts'
import type { Profile } from '../profile.ts'
import { aiokafkaCommits, aiokafkaDerive, aiokafkaProblems, aiokafkaRead } from './aiokafka-rules.ts'
import { AIOKAFKA_KEY_RELEASES, aiokafkaAccepts, aiokafkaSettings } from './aiokafka-settings.ts'
import { capable } from './capable.ts'
import { canonicalOf, keyword } from './python-values.ts'

const CHANGES = 'aiokafka CHANGES.rst@v0.14.0'

/** What the constructors say of a keyword that they do not have. */
export function aiokafkaUnexpected(key: string, role?: Role): string {
  const client =
    role === undefined ? 'the constructor' : role === 'consumer' ? 'AIOKafkaConsumer.__init__()' : 'AIOKafkaProducer.__init__()'
  const meant = key.includes('.') && canonicalOf(keyword(key), aiokafkaSettings) !== undefined
  return `the constructor raises TypeError: ${client} got an unexpected keyword argument '${key}'${meant ? `; aiokafka spells it \`${keyword(key)}\`` : ''}`
}

export const aiokafka: Profile = {
  id: 'aiokafka',
  title: 'aiokafka',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'aiokafka' }],
  oldestAssumed: '0.6.0',
  newestRead: '0.14.0',
  notes: [
    'Auto-commit is a task in the background: it commits the position, which moves as a message is handed over, while the handler still awaits. A crash then skips the message; stop() in a finally block commits the message whose handler raised. The documentation says that one message at a time is at least once; the code and runs of 0.8.1, 0.10.0 and 0.14.0 say otherwise.',
    'Idempotence, transactions and `isolation_level` work from 0.5.0 on; acks defaults to 1, and to all where idempotence is on.',
    'There are no `retries`, `max_in_flight_requests_per_connection` or `delivery_timeout_ms`: a producer tries until `request_timeout_ms` is over, for ever when it is idempotent, one request at a time.',
    'send_offsets_to_transaction() takes the group id alone, so a zombie is not fenced by its group (KIP-447).',
    '`await producer.send()` awaits only a place in the buffer; send_and_wait() awaits the delivery. Without stop() the buffer is lost.',
    'Partitions are assigned round-robin; there is no cooperative assignor. `api_version` was taken away in 0.13.0 and is ignored from 0.14.0 on.',
  ],
  settings: aiokafkaSettings,
  aliases: {},
  spell: keyword,
  canonical: (key) => canonicalOf(key, aiokafkaSettings),
  accepts: aiokafkaAccepts,
  unknownSetting: [
    { since: '0', value: { effect: 'raises', says: aiokafkaUnexpected }, citation: 'run: aiokafka 0.8.1 … 0.14.0' },
  ],
  read: (canonical, literal) => aiokafkaRead(canonical, literal),
  derive: aiokafkaDerive,
  problems: aiokafkaProblems,
  commits: aiokafkaCommits,
  capabilities: [
    capable('0', CHANGES),
    capable('0.5.0', CHANGES, { idempotentProducer: true, transactions: true, readCommitted: true }),
    capable('0.10.0', CHANGES, {
      idempotentProducer: true,
      transactions: true,
      readCommitted: true,
      staticMembership: true,
    }),
  ],
  boundaries: AIOKAFKA_KEY_RELEASES,
  methods: {
    start: ['start'],
    subscribe: ['subscribe'],
    assign: ['assign'],
    seek: ['seek', 'seek_to_beginning', 'seek_to_end', 'seek_to_committed'],
    receive: ['getone', 'getmany'],
    commit: ['commit'],
    send: ['send', 'send_and_wait', 'send_batch'],
    flush: ['flush'],
    close: ['stop'],
    beginTransaction: ['begin_transaction', 'transaction'],
    commitTransaction: ['commit_transaction'],
    abortTransaction: ['abort_transaction'],
    sendOffsets: ['send_offsets_to_transaction'],
  },
  groupRequired: false,
}
