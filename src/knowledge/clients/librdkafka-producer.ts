import type { SettingProblem } from '../../model/facts.ts'
import { effectiveNumber, givenNumber, isEffectively, isGiven, literalOf } from '../derive-values.ts'
import type { SettingsView } from '../profile.ts'
import { before, isIdempotent, isTransactional, lowersLinger, type Refused } from './librdkafka-words.ts'

/** What librdkafka refuses of a producer's settings. */
export function producerProblems(view: SettingsView, librdkafka: string, refused: Refused): readonly SettingProblem[] {
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
