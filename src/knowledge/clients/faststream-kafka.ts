import type { SettingProblem } from '../../model/facts.ts'
import { known } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { isEffectively } from '../derive-values.ts'
import type { Derived, Profile, SettingsView } from '../profile.ts'
import { aiokafkaCommits, aiokafkaDerive, aiokafkaRead } from './aiokafka-rules.ts'
import { capable } from './capable.ts'
import { autoCommitOf, policyCommits, policyProblems, readPolicy, transactionProblem } from './faststream-policy.ts'
import { faststreamCanonical, faststreamKafkaSettings, faststreamTakes, faststreamUnexpected } from './faststream-settings.ts'
import { keyword } from './python-values.ts'

const PUBLISH_FAILS =
  "publish() raises IllegalOperation: Can't send messages while not in transaction, as no transaction is ever begun"

/** Without a group aiokafka commits nothing; else the acknowledgement policy decides. */
function derive(view: SettingsView): readonly Derived[] {
  if (view.role === 'producer') return aiokafkaDerive({ ...view, version: ENGINE })
  if (!isEffectively(view, 'group.id', null)) return autoCommitOf(view)
  return [
    {
      key: 'enable.auto.commit',
      value: known(false),
      because: 'group.id',
      says: 'there is no group id: nothing is committed',
      citation: 'aiokafka/consumer/consumer.py (NoGroupCoordinator)',
      overridesGiven: true,
    },
  ]
}

function problems(view: SettingsView): readonly SettingProblem[] {
  if (view.role === 'producer') return transactionProblem(view, PUBLISH_FAILS)
  // from 0.6.0 on only the commits fail, message by message
  const groupless = compareVersions(view.version, '0.6.0') < 0 ? 'You must use `group_id` with manual commit mode.' : undefined
  return policyProblems(view, groupless)
}

/** Rules of aiokafka ask for its version; every FastStream release wants one of the newer ones. */
const ENGINE = '0.14.0'

export const faststreamKafka: Profile = {
  id: 'faststream-kafka',
  title: 'FastStream (aiokafka)',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'faststream' }],
  oldestAssumed: '0.3.0',
  newestRead: '0.7.8',
  notes: [
    'The default policy, ACK_FIRST, is the auto-commit of aiokafka: a task in the background commits what was handed over, while the handler works. NACK_ON_ERROR commits after the handler and goes back to a message whose handler raised; ACK and REJECT_ON_ERROR commit such a message too.',
    'FastStream 0.6.0 to 0.6.2 leaves auto-commit on whatever the policy says; 0.6.3 mends it. The switch was `enable_auto_commit` until 0.2.1, `auto_commit` from 0.2.2 to 0.6, and is only `ack_policy` from 0.7.0 on.',
    'A broker with a `transactional_id` cannot publish: no transaction is ever begun.',
    'acks defaults to 1, `isolation_level` to read_uncommitted. Without a group id nothing is committed.',
  ],
  settings: faststreamKafkaSettings,
  aliases: { auto_commit: 'enable.auto.commit', enable_auto_commit: 'enable.auto.commit' },
  spell: (canonical) => (canonical === 'enable.auto.commit' ? 'auto_commit' : keyword(canonical)),
  canonical: (key) => faststreamCanonical(key, faststreamKafkaSettings),
  accepts: (key, _role, version) => faststreamTakes(key, version),
  unknownSetting: [
    { since: '0', value: { effect: 'raises', says: faststreamUnexpected }, citation: 'run: faststream 0.5.48 … 0.7.8' },
  ],
  read: (canonical, literal) => readPolicy(canonical, literal) ?? aiokafkaRead(canonical, literal),
  derive,
  problems,
  commits: (view) => policyCommits(view, aiokafkaCommits(view)),
  capabilities: [
    capable('0', 'faststream 0.2.1 … 0.7.8', { idempotentProducer: true, readCommitted: true }),
    capable('0.6.7', 'faststream 0.6.7', { idempotentProducer: true, readCommitted: true, staticMembership: true }),
  ],
  boundaries: ['0.2.2', '0.5.0', '0.6.0', '0.6.3', '0.7.0'],
  methods: { send: ['publish', 'publish_batch', 'request'], commit: ['ack'], close: ['stop', 'close'] },
  groupRequired: false,
}
