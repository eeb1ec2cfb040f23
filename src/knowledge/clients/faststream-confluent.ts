import type { SettingProblem } from '../../model/facts.ts'
import { known } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, Profile, SettingsView } from '../profile.ts'
import { capable } from './capable.ts'
import { autoCommitOf, policyCommits, policyProblems, readPolicy, transactionProblem } from './faststream-policy.ts'
import { faststreamCanonical, faststreamConfluentSettings, faststreamTakes, faststreamUnexpected } from './faststream-settings.ts'
import { LIBRDKAFKA_NEWEST, librdkafkaCanonical } from './librdkafka.ts'
import { librdkafkaAccepts } from './librdkafka-properties.ts'
import { librdkafkaRead } from './librdkafka-read.ts'
import { type LibrdkafkaWords, librdkafkaCommits } from './librdkafka-rules.ts'
import { keyword } from './python-values.ts'

const DEFAULT_GROUP = 'faststream-consumer-group'

const WORDS: LibrdkafkaWords = {
  handOver: 'FastStream',
  store: 'store_offsets()',
  storeCalls: [],
  refuses: 'the broker raises KafkaException _INVALID_ARG at its start',
  storeFails: 'KafkaException',
}

/** 0.6.0 and 0.6.1 lay the broker's options, with the default group among them, over those of the subscriber. */
function overrulesGroup(view: SettingsView): boolean {
  return compareVersions(view.version, '0.6.0') >= 0 && compareVersions(view.version, '0.6.2') < 0
}

const GROUP_SOURCE = 'faststream 0.6.0 confluent/helpers/config.py, helpers/client.py; run: 0.6.0, 0.6.2'

function derive(view: SettingsView): readonly Derived[] {
  if (view.role === 'producer') return []
  const derived = [...autoCommitOf(view)]
  if (overrulesGroup(view) && isGiven(view, 'group.id') && !view.declared('group.id')?.key.includes('.')) {
    const says = `${DEFAULT_GROUP}, whatever the subscriber says: FastStream 0.6.0 and 0.6.1 overrule it`
    derived.push({
      key: 'group.id',
      value: known(DEFAULT_GROUP),
      because: 'group.id',
      says,
      citation: GROUP_SOURCE,
      overridesGiven: true,
    })
  }
  return derived
}

function problems(view: SettingsView): readonly SettingProblem[] {
  if (view.role === 'producer') return producerProblems(view)
  const verb = compareVersions(view.version, '0.6.0') < 0 ? 'should install' : 'must use'
  const own = policyProblems(view, `You ${verb} \`group_id\` with manual commit mode`)
  if (!overrulesGroup(view) || !isGiven(view, 'group.id') || view.declared('group.id')?.key.includes('.')) return own
  return [
    ...own,
    ...problemAt(view, ['group.id'], {
      effect: 'replaced',
      says: `FastStream 0.6.0 and 0.6.1 put every subscriber into the group ${DEFAULT_GROUP}, whatever \`group_id\` says (mended in 0.6.2)`,
      fix: "move to faststream 0.6.2 or later, or say `config={'group.id': …}` at the broker",
      why: 'Subscribers of different applications share one group: each gets only a part of the messages, and they commit for each other.',
      citation: GROUP_SOURCE,
    }),
  ]
}

function producerProblems(view: SettingsView): readonly SettingProblem[] {
  const idempotent = literalOf(view.given('enable.idempotence')) === true
  if (isGiven(view, 'transactional.id')) {
    const says = idempotent
      ? 'publish() raises KafkaException _STATE "Unable to produce message: Local: Erroneous state", as no transaction is ever begun'
      : `${WORDS.refuses}: Failed to create producer: \`transactional.id\` requires \`enable.idempotence=true\`, as FastStream passes its own default, False`
    return transactionProblem(view, says)
  }
  const acks = literalOf(view.given('acks'))
  if (!idempotent || acks === undefined || acks === 'all') return []
  return problemAt(view, ['acks', 'enable.idempotence'], {
    effect: 'fails-later',
    says: `${WORDS.refuses}: \`acks\` must be set to \`all\` when \`enable.idempotence\` is true`,
    fix: "remove `acks`, or set it to 'all'",
    citation: 'librdkafka src/rdkafka_conf.c (rd_kafka_conf_finalize)',
  })
}

export const faststreamConfluent: Profile = {
  id: 'faststream-confluent',
  title: 'FastStream (confluent-kafka)',
  language: 'python',
  packages: [{ ecosystem: 'pypi', name: 'faststream' }],
  oldestAssumed: '0.5.16',
  newestRead: '0.7.8',
  notes: [
    'The default policy, ACK_FIRST, is the auto-commit of librdkafka: a background thread commits what was handed over, while the handler works. NACK_ON_ERROR commits after the handler and goes back to a message whose handler raised; ACK and REJECT_ON_ERROR commit such a message too. Commits are asynchronous.',
    'FastStream 0.6.0 to 0.6.2 leaves auto-commit on whatever the policy says; 0.6.3 mends it.',
    `A subscriber without a group id joins ${DEFAULT_GROUP}, and so does every other one in the world; 0.6.0 and 0.6.1 put subscribers there even when they name a group.`,
    '`isolation_level` is passed as read_uncommitted, over the read_committed of librdkafka.',
    'A broker with a `transactional_id` either does not start (idempotence is passed as False) or cannot publish, as no transaction is ever begun.',
  ],
  settings: faststreamConfluentSettings,
  aliases: { auto_commit: 'enable.auto.commit', enable_auto_commit: 'enable.auto.commit' },
  spell: (canonical) => (canonical === 'enable.auto.commit' ? 'auto_commit' : keyword(canonical)),
  canonical: (key) => {
    // the broker's `config` speaks librdkafka's own language
    const own = key.includes('.') ? librdkafkaCanonical(key) : faststreamCanonical(key, faststreamConfluentSettings)
    return own !== undefined && Object.hasOwn(faststreamConfluentSettings, own) ? own : undefined
  },
  accepts: (key, _role, version) =>
    key.includes('.')
      ? librdkafkaAccepts(key, LIBRDKAFKA_NEWEST)
      : faststreamTakes(key, version) || librdkafkaAccepts(key, LIBRDKAFKA_NEWEST),
  unknownSetting: [
    { since: '0', value: { effect: 'raises', says: faststreamUnexpected }, citation: 'run: faststream 0.5.48 … 0.7.8' },
  ],
  read: (canonical, literal) =>
    readPolicy(canonical, literal) ?? librdkafkaRead(canonical, literal, LIBRDKAFKA_NEWEST, WORDS.refuses),
  derive,
  problems,
  commits: (view) => policyCommits(view, librdkafkaCommits(view, WORDS)),
  capabilities: [
    capable('0', 'faststream 0.4.7 … 0.7.8', { idempotentProducer: true, readCommitted: true, staticMembership: true }),
  ],
  boundaries: ['0.2.2', '0.5.0', '0.6.0', '0.6.2', '0.6.3', '0.7.0'],
  methods: { send: ['publish', 'publish_batch', 'request'], commit: ['ack'], close: ['stop', 'close'] },
  groupRequired: false,
}
