import type { Role } from '../../model/client.ts'
import { compareVersions } from '../../model/version.ts'
import { entryAt } from '../history.ts'
import type { Profile, SettingFact, SettingsView } from '../profile.ts'
import { capable } from './capable.ts'
import { unrecognized } from './kafka-python.ts'
import { kafkaPythonRead } from './kafka-python-read.ts'
import { autoCommitNeedsGroup, kafkaPythonCommits, kafkaPythonConsumerProblems } from './kafka-python-rules.ts'
import { kafkaPythonAccepts, kafkaPythonSettings } from './kafka-python-settings.ts'
import { canonicalOf, keyword } from './python-values.ts'

/** The release of kafka-python that the fork left, and whose behaviour it kept. */
const FORKED_FROM = '2.0.2'

function frozen(): Readonly<Record<string, SettingFact>> {
  const facts: Record<string, SettingFact> = {}
  const citation = 'kafka-python-ng 2.0.3 … 2.2.3 (DEFAULT_CONFIG)'
  for (const [key, fact] of Object.entries(kafkaPythonSettings)) {
    const entry = entryAt(fact.default, FORKED_FROM)
    if (entry?.value === undefined) continue
    const producer = fact.defaultByRole?.producer && entryAt(fact.defaultByRole.producer, FORKED_FROM)
    facts[key] = {
      ...fact,
      default: [{ since: '0', value: entry.value, citation }],
      ...(producer ? { defaultByRole: { producer: [{ since: '0', value: producer.value, citation }] } } : {}),
    }
  }
  facts['group.instance.id'] = {
    roles: ['consumer'],
    type: 'string',
    default: [
      { since: '0', value: undefined, citation },
      { since: '2.2.0', value: '', citation: 'kafka-python-ng 2.2.0 kafka/consumer/group.py (DEFAULT_CONFIG)' },
    ],
  }
  return facts
}

const settings = frozen()

/** Keywords that the fork added itself. */
const OWN: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  consumer: { kafka_client: '0', leave_group_on_close: '2.2.0', coordinator: '2.2.0' },
  producer: { kafka_client: '0', connection_timeout_ms: '2.2.3' },
}

function accepts(key: string, role: Role, version: string): boolean {
  const own = Object.hasOwn(OWN[role], key) ? OWN[role][key] : undefined
  return own === undefined ? kafkaPythonAccepts(key, role, FORKED_FROM) : compareVersions(own, version) <= 0
}

/** The rules of kafka-python ask for its version; the fork stands where it left. */
function asForked(view: SettingsView): SettingsView {
  return { ...view, version: FORKED_FROM }
}

export const kafkaPythonNg: Profile = {
  id: 'kafka-python-ng',
  title: 'kafka-python-ng',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'kafka-python-ng' }],
  newestRead: '2.2.3',
  notes: [
    'A fork of kafka-python 2.0.2 under the same import, `kafka`, and no longer kept up. Its 2.2 is not the 2.2 of kafka-python: no version has idempotence, transactions or `isolation_level`, and retries default to 0, acks to 1.',
    'It commits as kafka-python does: inside poll() or the iteration, on close() and on a rebalance. `group_instance_id` came with 2.2.0.',
  ],
  settings,
  aliases: {},
  spell: keyword,
  // names of kafka-python's later settings are known by what they mean, and refused by every version
  canonical: (key) => canonicalOf(key, kafkaPythonSettings),
  accepts,
  unknownSetting: [
    {
      since: '0',
      value: {
        effect: 'raises',
        says: (key, role) =>
          role === 'producer' || (role === undefined && !CONSUMER_KEYS.has(key))
            ? unrecognized('AssertionError', key, ', and under `python -O` takes it and does nothing')
            : unrecognized('KafkaConfigurationError', key),
      },
      citation: 'run: kafka-python-ng 2.0.3, 2.1.0, 2.2.0, 2.2.3',
    },
  ],
  read: (canonical, literal) => kafkaPythonRead(canonical, literal, FORKED_FROM),
  derive: (view) => (view.role === 'consumer' ? autoCommitNeedsGroup(view) : []),
  problems: (view) => (view.role === 'consumer' ? kafkaPythonConsumerProblems(asForked(view)) : []),
  commits: (view) => {
    const commit = kafkaPythonCommits(view)
    const citation = 'run: kafka-python-ng 2.2.3, handler of 2 s, interval 0.5 s'
    return { ...commit, says: commit.says.replace('kafka-python', 'kafka-python-ng'), citation }
  },
  capabilities: [
    capable('0', 'kafka-python-ng 2.0.3'),
    capable('2.2.0', 'kafka-python-ng 2.2.0 kafka/consumer/group.py', { staticMembership: true }),
  ],
  boundaries: ['2.2.3'],
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
  },
  groupRequired: false,
}

const CONSUMER_KEYS = new Set(['isolation_level', 'group_instance_id'])
