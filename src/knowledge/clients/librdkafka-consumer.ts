import type { SettingProblem } from '../../model/facts.ts'
import { showValue } from '../../model/value.ts'
import { effectiveNumber, isEffectively, literalItems, literalOf, problemAt } from '../derive-values.ts'
import type { SettingsView } from '../profile.ts'
import { before, type LibrdkafkaWords, type Refused } from './librdkafka-words.ts'

/** What librdkafka refuses or does not look at of a consumer's settings, and calls that then fail. */
export function consumerProblems(
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
