import type { Capabilities, SettingProblem } from '../../model/facts.ts'
import { problemAt } from '../derive-values.ts'
import type { History } from '../history.ts'
import type { Profile, SettingsView } from '../profile.ts'
import { before } from './kafka-clients-versions.ts'
import {
  type Bundled,
  boundHistory,
  boundReleases,
  boundSettings,
  librdkafkaAliases,
  librdkafkaCanonical,
  librdkafkaCapabilities,
  librdkafkaUnder,
} from './librdkafka.ts'
import { LIBRDKAFKA_PROPERTY_RELEASES, librdkafkaAccepts, librdkafkaUnknown } from './librdkafka-properties.ts'
import { librdkafkaRead } from './librdkafka-read.ts'
import { type LibrdkafkaWords, librdkafkaCommits, librdkafkaDerive, librdkafkaProblems } from './librdkafka-rules.ts'

/** The librdkafka that is built with it: `librdkafka` in its package.json from 2.5.0 on, the git submodule before. */
export const NODE_RDKAFKA_BUNDLES: Bundled = (
  [
    ['0', '0.9.1'],
    ['0.8.0', '0.9.4'],
    ['1.0.0', '0.9.5'],
    ['2.1.0', '0.11.1'],
    ['2.3.0', '0.11.3'],
    ['2.3.4', '0.11.4'],
    ['2.4.0', '0.11.5'],
    ['2.6.0', '0.11.6'],
    ['2.7.0', '1.0.0'],
    ['2.7.4', '1.2.2'],
    ['2.8.0', '1.3.0'],
    ['2.9.0', '1.4.2'],
    ['2.10.0', '1.5.2'],
    ['2.11.0', '1.6.1'],
    ['2.12.0', '1.7.0'],
    ['2.13.0', '1.8.2'],
    ['2.14.0', '1.9.2'],
    ['2.15.0', '2.0.2'],
    ['2.16.0', '2.1.1'],
    ['2.17.0', '2.2.0'],
    ['2.18.0', '2.3.0'],
    ['3.1.0', '2.5.0'],
    ['3.1.1', '2.5.3'],
    ['3.2.0', '2.6.0'],
    ['3.2.1', '2.6.1'],
    ['3.3.0', '2.8.0'],
    ['3.4.0', '2.10.0'],
    ['3.4.1', '2.10.1'],
    ['3.5.0', '2.11.1'],
    ['3.6.0', '2.12.0'],
  ] as const
).map(([since, value]) => ({ since, value, citation: 'node-rdkafka package.json' }))

/** Keys of the binding itself: `true` or a function stands for a callback of librdkafka. */
const BINDING_KEYS = new Set([
  'event_cb',
  'dr_cb',
  'dr_msg_cb',
  'rebalance_cb',
  'offset_commit_cb',
  'partitioner_cb',
  'throttle_cb',
])

const WORDS: LibrdkafkaWords = {
  handOver: 'consume() or a stream',
  store: 'offsetsStore()',
  storeCalls: ['offsetsStore'],
  refuses: 'the client throws where it is constructed or connects',
  storeFails: 'an error ERR__INVALID_ARG',
}

const librdkafkaOf = (version: string) => librdkafkaUnder(NODE_RDKAFKA_BUNDLES, version)

/** The transactional methods came with 2.11.0: before, librdkafka could, and JavaScript could not ask it to. */
const capabilities: History<Capabilities> = (() => {
  const bound = boundHistory(NODE_RDKAFKA_BUNDLES, librdkafkaCapabilities)
  return bound.map((entry) =>
    before(entry.since, '2.11.0')
      ? { ...entry, value: { ...entry.value, transactions: false, groupMetadataFencing: false } }
      : entry,
  )
})()

function problems(view: SettingsView): readonly SettingProblem[] {
  const librdkafka = librdkafkaOf(view.version)
  const found = librdkafkaProblems(view, librdkafka, WORDS)
  if (view.role !== 'producer' || !before(view.version, '2.11.0') || before(librdkafka, '1.4.0')) return found
  const unusable = problemAt(view, ['transactional.id'], {
    effect: 'fails-later',
    says: 'librdkafka takes it, but initTransactions() and its kin exist from node-rdkafka 2.11.0 on: the producer cannot send',
    fix: 'move to node-rdkafka 2.11.0 or later',
    citation: 'node-rdkafka 2.11.0, lib/producer.js',
    about: 'transactions',
  })
  return [...found, ...unusable]
}

export const nodeRdkafka: Profile = {
  id: 'node-rdkafka',
  title: 'node-rdkafka',
  language: 'javascript',
  packages: [{ ecosystem: 'npm', name: 'node-rdkafka' }],
  oldestAssumed: '2.7.0',
  newestRead: '3.6.1',
  notes: [
    'A binding of librdkafka, which is built with it: node-rdkafka 2.18 and 3.0 run on librdkafka 2.3.0, 3.6 on 2.12.0. BUILD_LIBRDKAFKA=0 links the one of the system.',
    'With the defaults an offset is stored as its message leaves librdkafka for JavaScript, and a background thread commits what is stored: a crash while a handler works on the message skips it. Set `enable.auto.offset.store` to false and call offsetsStore() after the work.',
    'commit() and commitMessage() are asynchronous; commitSync() and commitMessageSync() wait. commit() takes the offset as it is given: the next one, not the message’s own.',
    'produce() is fire and forget: without `dr_cb` or `dr_msg_cb` and poll() no failure is seen. HighLevelProducer hands it to the callback.',
    'disconnect() flushes for 5 s at most, and then drops what is queued.',
  ],
  settings: boundSettings(NODE_RDKAFKA_BUNDLES),
  aliases: librdkafkaAliases,
  spell: (setting) => setting,
  canonical: (key) => librdkafkaCanonical(key),
  accepts: (key, _role, version) => BINDING_KEYS.has(key) || librdkafkaAccepts(key, librdkafkaOf(version)),
  unknownSetting: [
    {
      since: '0',
      value: { effect: 'raises', says: (key) => `${WORDS.refuses}: ${librdkafkaUnknown(key)}` },
      citation: 'librdkafka src/rdkafka_conf.c; node-rdkafka src/config.cc',
    },
  ],
  read: (setting, literal, _role, version) => librdkafkaRead(setting, literal, librdkafkaOf(version), WORDS.refuses),
  derive: (view) => librdkafkaDerive(view, librdkafkaOf(view.version)),
  problems,
  commits: (view) => librdkafkaCommits(view, WORDS),
  capabilities,
  boundaries: [...boundReleases(NODE_RDKAFKA_BUNDLES, LIBRDKAFKA_PROPERTY_RELEASES), '2.11.0'],
  methods: {
    subscribe: ['subscribe'],
    assign: ['assign', 'incrementalAssign'],
    seek: ['seek'],
    receive: ['consume'],
    commit: ['commitSync', 'commitMessageSync'],
    commitAsync: ['commit', 'commitMessage'],
    store: ['offsetsStore'],
    send: ['produce'],
    flush: ['flush'],
    close: ['disconnect'],
    initTransactions: ['initTransactions'],
    beginTransaction: ['beginTransaction'],
    commitTransaction: ['commitTransaction'],
    abortTransaction: ['abortTransaction'],
    sendOffsets: ['sendOffsetsToTransaction'],
  },
  groupRequired: true,
}
