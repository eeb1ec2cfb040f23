import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, showValue } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { effectiveNumber, givenNumber, isEffectively, isGiven, literalItems, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { librdkafkaAccepts } from './librdkafka-properties.ts'

const FINALIZE = 'librdkafka src/rdkafka_conf.c (rd_kafka_conf_finalize); run'

function before(librdkafka: string, release: string): boolean {
  return compareVersions(librdkafka, release) < 0
}

/** Idempotent by its own setting or because a transactional id asks for it; false where that is not certain. */
function isIdempotent(view: SettingsView, librdkafka: string): boolean {
  if (view.role !== 'producer' || before(librdkafka, '1.0.0')) return false
  return literalOf(view.given('enable.idempotence')) === true || isTransactional(view, librdkafka)
}

function isTransactional(view: SettingsView, librdkafka: string): boolean {
  return view.role === 'producer' && !before(librdkafka, '1.4.0') && isGiven(view, 'transactional.id')
}

/** Defaults that librdkafka changes for an idempotent or transactional producer. */
export function librdkafkaDerive(view: SettingsView, librdkafka: string): readonly Derived[] {
  return [...lingerDerived(view, librdkafka), ...idempotentDerived(view, librdkafka)]
}

function lingerDerived(view: SettingsView, librdkafka: string): readonly Derived[] {
  const delivery = givenNumber(view, 'delivery.timeout.ms')
  const linger = givenNumber(view, 'linger.ms')
  if (!lowersLinger(librdkafka) || delivery === undefined || linger === undefined || delivery === 0 || delivery > linger)
    return []
  const says = 'lowered to less than `delivery.timeout.ms`'
  const because = 'delivery.timeout.ms'
  return [{ key: 'linger.ms', value: known(delivery - 0.1), because, says, citation: FINALIZE, overridesGiven: true }]
}

function idempotentDerived(view: SettingsView, librdkafka: string): readonly Derived[] {
  if (!isIdempotent(view, librdkafka)) return []
  const transactional = isTransactional(view, librdkafka)
  const because = transactional ? 'transactional.id' : 'enable.idempotence'
  const cause = transactional ? 'a transactional id is given' : '`enable.idempotence` is true'
  const derived: Derived[] = [
    { key: 'acks', value: known('all'), because, says: `all, since ${cause}`, citation: FINALIZE },
    { key: 'retries', value: known(2_147_483_647), because, says: `unlimited, since ${cause}`, citation: FINALIZE },
    {
      key: 'max.in.flight.requests.per.connection',
      value: known(5),
      because,
      says: `5, since ${cause}`,
      citation: FINALIZE,
    },
  ]
  if (!transactional) return derived
  const timeout = view.effective('transaction.timeout.ms')
  const milliseconds = literalOf(timeout)
  derived.push(
    { key: 'enable.idempotence', value: known(true), because, says: `true, since ${cause}`, citation: FINALIZE },
    {
      key: 'delivery.timeout.ms',
      value: timeout,
      because: isGiven(view, 'transaction.timeout.ms') ? 'transaction.timeout.ms' : because,
      says: 'as long as `transaction.timeout.ms`, since a transactional id is given',
      citation: FINALIZE,
    },
  )
  if (typeof milliseconds === 'number') {
    derived.push({
      key: 'socket.timeout.ms',
      value: known(Math.max(milliseconds - 100, 900)),
      because,
      says: '100 ms less than `transaction.timeout.ms`, since a transactional id is given',
      citation: FINALIZE,
      overridesGiven: before(librdkafka, '1.5.0'),
    })
  }
  return derived
}

/** A problem of a construction that fails, in librdkafka's words. */
type Refused = (keys: readonly string[], says: string, fix: string, citation?: string) => readonly SettingProblem[]

/** Combinations that a librdkafka version refuses at the construction, or takes and ignores. */
export function librdkafkaProblems(view: SettingsView, librdkafka: string, words: LibrdkafkaWords): readonly SettingProblem[] {
  const refused: Refused = (keys, says, fix, citation = FINALIZE) =>
    problemAt(view, keys, { effect: 'raises', says: `${words.refuses}: ${says}`, fix, citation })
  const own =
    view.role === 'producer' ? producerProblems(view, librdkafka, refused) : consumerProblems(view, librdkafka, words, refused)
  return [...own, ...otherSide(view, librdkafka)]
}

/** How the binding's people name what librdkafka does. */
export interface LibrdkafkaWords {
  /** What hands messages over: `poll() or consume()`. */
  readonly handOver: string
  /** What stores an offset: `store_offsets()`, and the names of its calls. */
  readonly store: string
  readonly storeCalls: readonly string[]
  /** What the binding does with a refused setting, librdkafka's own words following: `the constructor raises KafkaException`. */
  readonly refuses: string
  /** What a failed store raises: `KafkaException _INVALID_ARG "StoreOffsets failed: …"`. */
  readonly storeFails: string
}

function producerProblems(view: SettingsView, librdkafka: string, refused: Refused): readonly SettingProblem[] {
  const problems: SettingProblem[] = []
  const transactional = isTransactional(view, librdkafka)
  if (transactional && literalOf(view.given('enable.idempotence')) === false) {
    problems.push(
      ...refused(
        ['enable.idempotence', 'transactional.id'],
        '`transactional.id` requires `enable.idempotence=true`',
        'remove `enable.idempotence`, or set it to true',
      ),
    )
  } else if (isIdempotent(view, librdkafka)) problems.push(...idempotenceConflicts(view, refused))
  else if (literalOf(view.given('enable.gapless.guarantee')) === true && isEffectively(view, 'enable.idempotence', false)) {
    problems.push(
      ...refused(
        ['enable.gapless.guarantee'],
        '`enable.gapless.guarantee` requires `enable.idempotence` to be enabled',
        'set `enable.idempotence` to true, or remove `enable.gapless.guarantee`',
      ),
    )
  }
  if (transactional) problems.push(...transactionTimeouts(view, librdkafka, refused))
  const delivery = givenNumber(view, 'delivery.timeout.ms') ?? effectiveNumber(view, 'delivery.timeout.ms')
  const linger = givenNumber(view, 'linger.ms')
  if (
    !before(librdkafka, '1.0.0') &&
    !lowersLinger(librdkafka) &&
    linger !== undefined &&
    delivery !== undefined &&
    delivery !== 0 &&
    delivery <= linger
  ) {
    problems.push(
      ...refused(
        ['delivery.timeout.ms', 'linger.ms'],
        '`message.timeout.ms` must be greater than `linger.ms`',
        'give `delivery.timeout.ms` more time than `linger.ms`',
      ),
    )
  }
  return problems
}

/** 1.5.0 to 1.8.2 look for the setting in the wrong table, and lower it without a word where later and earlier ones refuse it. */
function lowersLinger(librdkafka: string): boolean {
  return !before(librdkafka, '1.5.0') && before(librdkafka, '1.9.0')
}

function idempotenceConflicts(view: SettingsView, refused: Refused): readonly SettingProblem[] {
  const cause = isGiven(view, 'enable.idempotence') ? 'enable.idempotence' : 'transactional.id'
  const problems: SettingProblem[] = []
  const acks = literalOf(view.given('acks'))
  if (acks !== undefined && acks !== 'all') {
    const says = '`acks` must be set to `all` when `enable.idempotence` is true'
    problems.push(...refused(['acks', cause], says, 'remove `acks`, or set it to all'))
  }
  const inFlight = givenNumber(view, 'max.in.flight.requests.per.connection')
  if (inFlight !== undefined && inFlight > 5) {
    const says = '`max.in.flight` must be set <= 5 when `enable.idempotence` is true'
    problems.push(...refused(['max.in.flight.requests.per.connection', cause], says, 'remove it, or set it to 5 or less'))
  }
  const retries = givenNumber(view, 'retries')
  if (retries !== undefined && retries < 1) {
    const says = '`retries` must be set >= 1 when `enable.idempotence` is true'
    problems.push(...refused(['retries', cause], says, 'remove `retries`'))
  }
  if (literalOf(view.given('queuing.strategy')) === 'lifo') {
    const says = '`queuing.strategy` must be set to `fifo` when `enable.idempotence` is true'
    problems.push(...refused(['queuing.strategy', cause], says, 'remove `queuing.strategy`'))
  }
  return problems
}

function transactionTimeouts(view: SettingsView, librdkafka: string, refused: Refused): readonly SettingProblem[] {
  const transaction = effectiveNumber(view, 'transaction.timeout.ms')
  if (transaction === undefined) return []
  const problems: SettingProblem[] = []
  const delivery = givenNumber(view, 'delivery.timeout.ms')
  if (delivery !== undefined && delivery > transaction) {
    const says = `\`message.timeout.ms\` must be set <= \`transaction.timeout.ms\` (${delivery} > ${transaction})`
    const fix = 'remove it: under a transactional id it is `transaction.timeout.ms`'
    problems.push(...refused(['delivery.timeout.ms', 'transaction.timeout.ms'], says, fix))
  }
  const socket = givenNumber(view, 'socket.timeout.ms')
  // 1.4 looks for another setting there, and overrules this one
  if (!before(librdkafka, '1.5.0') && socket !== undefined && socket > transaction + 100) {
    const says = `\`socket.timeout.ms\` must be set <= \`transaction.timeout.ms\` + 100 (${socket} > ${transaction + 100})`
    problems.push(...refused(['socket.timeout.ms', 'transaction.timeout.ms'], says, 'remove `socket.timeout.ms`'))
  }
  return problems
}

function consumerProblems(
  view: SettingsView,
  librdkafka: string,
  words: LibrdkafkaWords,
  refused: Refused,
): readonly SettingProblem[] {
  const problems: SettingProblem[] = [...assignorProblems(view, librdkafka, refused)]
  const newProtocol = !before(librdkafka, '2.4.0') && literalOf(view.given('group.protocol')) === 'consumer'
  if (newProtocol && !before(librdkafka, '2.10.0')) {
    const share = before(librdkafka, '2.15.0') ? '' : ' or share consumer'
    const source = 'librdkafka src/rdkafka_conf.c@v2.10.0 (rd_kafka_conf_finalize); run'
    for (const [key, text] of [
      ['session.timeout.ms', `${share}. It is defined broker side`],
      ['heartbeat.interval.ms', `${share}. It is defined broker side`],
      ['partition.assignment.strategy', '. Use `group.remote.assignor` instead'],
    ] as const) {
      if (!view.declared(key)) continue
      const says = `\`${key}\` is not supported for \`group.protocol=consumer\`${text}`
      problems.push(...refused([key, 'group.protocol'], says, `remove \`${key}\``, source))
    }
  }
  const poll = effectiveNumber(view, 'max.poll.interval.ms')
  const session = effectiveNumber(view, 'session.timeout.ms')
  if (!newProtocol && !before(librdkafka, '1.0.0') && poll !== undefined && session !== undefined && poll < session) {
    problems.push(
      ...refused(
        ['max.poll.interval.ms', 'session.timeout.ms'],
        `\`max.poll.interval.ms\`must be >= \`session.timeout.ms\` (${poll} < ${session})`,
        'lower `session.timeout.ms` too, or raise `max.poll.interval.ms`',
      ),
    )
  }
  problems.push(
    ...problemAt(view, ['auto.commit.enable'], {
      effect: 'ignored',
      says: "a setting of librdkafka's legacy simple consumer: a consumer that subscribes does not look at it",
      fix: 'write `enable.auto.commit`',
      why: `\`enable.auto.commit\` stays ${showValue(view.effective('enable.auto.commit'))}`,
      citation: 'librdkafka CONFIGURATION.md, topic configuration, auto.commit.enable',
    }),
  )
  const storing = view.calls.some((call) => words.storeCalls.includes(call))
  if (storing && !before(librdkafka, '1.0.0') && isEffectively(view, 'enable.auto.offset.store', true)) {
    problems.push(
      ...problemAt(view, ['enable.auto.offset.store', 'enable.auto.commit', 'group.id', 'bootstrap.servers'], {
        effect: 'fails-later',
        says: `${words.store} raises ${words.storeFails}, since \`enable.auto.offset.store\` is true`,
        fix: 'set `enable.auto.offset.store` to false',
        why: 'offsets are stored as messages are handed over, whatever the program stores',
        citation: 'librdkafka src/rdkafka_offset.c (rd_kafka_offsets_store); run with 2.0.2 and 2.15.0',
      }),
    )
  }
  return problems
}

const EAGER = new Set(['range', 'roundrobin'])

function assignorProblems(view: SettingsView, librdkafka: string, refused: Refused): readonly SettingProblem[] {
  const assignors = literalItems(view.given('partition.assignment.strategy'))
  if (!assignors) return []
  const source = 'librdkafka src/rdkafka_assignor.c (rd_kafka_assignors_init); run'
  const cooperative = !before(librdkafka, '1.6.0')
  const strange = assignors.find((name) => name !== '' && !EAGER.has(name) && !(cooperative && name === 'cooperative-sticky'))
  if (strange !== undefined) {
    const says = `Unsupported partition.assignment.strategy: ${strange}`
    const fix = `name ${cooperative ? 'range, roundrobin or cooperative-sticky' : 'range or roundrobin'}`
    return refused(['partition.assignment.strategy'], says, fix, source)
  }
  if (assignors.includes('cooperative-sticky') && assignors.some((name) => EAGER.has(name))) {
    const says = `All partition.assignment.strategy (${assignors.join(',')}) assignors must have the same protocol type, online migration between assignors with different protocol types is not supported`
    return refused(['partition.assignment.strategy'], says, 'name cooperative-sticky alone, or leave it out', source)
  }
  return []
}

const PRODUCER_ONLY = [
  'enable.idempotence',
  'transactional.id',
  'transaction.timeout.ms',
  'acks',
  'retries',
  'delivery.timeout.ms',
]
const CONSUMER_ONLY = [
  'isolation.level',
  'enable.auto.commit',
  'enable.auto.offset.store',
  'auto.offset.reset',
  'group.instance.id',
]

/** Properties of the other side are taken and do nothing; librdkafka says so in one log line (from 1.6.0). */
function otherSide(view: SettingsView, librdkafka: string): readonly SettingProblem[] {
  const [keys, side] = view.role === 'consumer' ? ([PRODUCER_ONLY, 'producer'] as const) : ([CONSUMER_ONLY, 'consumer'] as const)
  const warns = before(librdkafka, '1.6.0') ? '' : ', with a CONFWARN line in the log'
  return keys
    .filter((key) => librdkafkaAccepts(view.declared(key)?.key ?? key, librdkafka))
    .flatMap((key) =>
      problemAt(view, [key], {
        effect: 'ignored',
        says: `a ${side} property: this ${view.role} ignores it${warns}`,
        fix: `set it on the ${side}`,
        citation: 'librdkafka src/rdkafka_conf.c (rd_kafka_anyconf_warn_deprecated); run',
      }),
    )
}

/** When a librdkafka consumer commits by itself: by a timer, what was stored, which by default is what was handed over. */
export function librdkafkaCommits(view: SettingsView, words: LibrdkafkaWords): CommitBehaviour {
  const citation =
    'run: confluent-kafka 1.7.0 on librdkafka 2.0.2 and 2.15.0, confluent-kafka 2.16.1, handler of 2 s, interval 0.5 s'
  if (isEffectively(view, 'enable.auto.commit', false)) {
    return {
      when: 'never',
      what: 'stored',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: 'Auto-commit is off: only the program commits.',
      citation,
    }
  }
  const base = { when: 'background', what: 'stored', onClose: true, onRevoke: true, citation } as const
  if (!isEffectively(view, 'enable.auto.offset.store', false)) {
    return {
      ...base,
      loses: 'yes',
      says: `A background thread commits every message that ${words.handOver} has handed over, while the program still works on it: a crash then skips it.`,
    }
  }
  if (view.followed && !view.calls.some((call) => words.storeCalls.includes(call))) {
    return {
      ...base,
      when: 'never',
      onClose: false,
      onRevoke: false,
      loses: 'no',
      says: `\`enable.auto.offset.store\` is false and ${words.store} is never called: nothing is committed by itself.`,
    }
  }
  return {
    ...base,
    loses: 'no',
    says: `A background thread commits what ${words.store} stored: where that is called after the work, a crash repeats messages and skips none.`,
  }
}
