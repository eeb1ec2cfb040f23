import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known } from '../../model/value.ts'
import { givenNumber, isEffectively, isGiven, literalOf, problemAt } from '../derive-values.ts'
import type { Derived, SettingsView } from '../profile.ts'
import { consumerProblems } from './librdkafka-consumer.ts'
import { producerProblems } from './librdkafka-producer.ts'
import { librdkafkaAccepts } from './librdkafka-properties.ts'
import {
  before,
  FINALIZE,
  isIdempotent,
  isTransactional,
  type LibrdkafkaWords,
  lowersLinger,
  type Refused,
} from './librdkafka-words.ts'

export type { LibrdkafkaWords } from './librdkafka-words.ts'

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

/** Combinations that a librdkafka version refuses at the construction, or takes and ignores. */
export function librdkafkaProblems(view: SettingsView, librdkafka: string, words: LibrdkafkaWords): readonly SettingProblem[] {
  const refused: Refused = (keys, says, fix, citation = FINALIZE) =>
    problemAt(view, keys, { effect: 'raises', says: `${words.refuses}: ${says}`, fix, citation })
  const own =
    view.role === 'producer' ? producerProblems(view, librdkafka, refused) : consumerProblems(view, librdkafka, words, refused)
  return [...own, ...otherSide(view, librdkafka)]
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
