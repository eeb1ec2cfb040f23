import { describe, expect, it } from 'vitest'
import { springBootKafka } from '../../../src/knowledge/clients/spring-boot-kafka.ts'
import {
  bootToKafkaClients,
  bootToSpringKafka,
  normaliseBootVersion,
} from '../../../src/knowledge/clients/spring-boot-versions.ts'
import { known, type Literal, unknown } from '../../../src/model/value.ts'
import { type Given, judge } from '../../profiles/jvm/judge.ts'

type Options = Readonly<Record<string, Literal>> | readonly Given[]
type Role = 'producer' | 'consumer'

const settingOf = (role: Role, version: string, options: Options, key: string) =>
  judge(springBootKafka, role, version, options).settings.get(key)

const told = (role: Role, version: string, options: Options) =>
  judge(springBootKafka, role, version, options).problems.map((p) => `${p.effect} ${p.spelled}: ${p.says}`)

const commits = (version: string, options: Options = {}) => {
  const { view, settings } = judge(springBootKafka, 'consumer', version, options)
  return springBootKafka.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
}

describe('versions', () => {
  it.each([
    ['1.5.22', '0.10.1.1', '1.1.8'],
    ['2.0.0', '1.0.0', '2.1.4'],
    ['2.6.4', '3.0.0', '2.8.3'],
    ['2.6.5', '3.0.1', '2.8.4'],
    ['2.7.18', '3.1.2', '2.8.11'],
    ['3.1.0', '3.4.0', '3.0.7'],
    ['3.5.0', '3.9.1', '3.3.6'],
    ['3.5.99', '3.9.2', '3.3.16'],
    ['4.1.2', '4.2.2', '4.1.2'],
    ['5.0.0', '4.2.2', '4.1.2'],
  ])('Boot %s brings kafka-clients %s and spring-kafka %s', (boot, kafkaClients, springKafka) => {
    expect(bootToKafkaClients(boot)).toBe(kafkaClients)
    expect(bootToSpringKafka(boot)).toBe(springKafka)
  })

  it('takes milestones by their number', () => {
    expect(normaliseBootVersion('2.1.4.RELEASE')).toBe('2.1.4')
    expect(normaliseBootVersion('4.0.0-M1')).toBe('4.0.0')
  })

  it.each([
    ['2.5.15', '1', false, 'default'],
    ['2.6.4', 'all', false, 'derived'],
    ['2.6.5', 'all', true, 'default'],
    ['3.5.0', 'all', true, 'default'],
  ])('Boot %s: acks %s, idempotence %s (%s)', (version, acks, idempotence, origin) => {
    expect(settingOf('producer', version, {}, 'acks')?.value).toEqual(known(acks))
    const setting = settingOf('producer', version, {}, 'enable.idempotence')
    expect(setting).toMatchObject({ value: known(idempotence), origin: { kind: origin } })
  })
})

describe('names', () => {
  it.each([
    ['enable-auto-commit', 'enable.auto.commit'],
    ['enableAutoCommit', 'enable.auto.commit'],
    ['enable_auto_commit', 'enable.auto.commit'],
    ['enable.auto.commit', 'enable.auto.commit'],
    ['properties.enable.idempotence', 'enable.idempotence'],
    ['auto-commit-interval', 'auto.commit.interval.ms'],
    ['listener.ackMode', 'listener.ack-mode'],
    ['transaction-id-prefix', 'transaction-id-prefix'],
    ['enable-idempotence', undefined],
    ['properties.auto-offset-reset', undefined],
    ['consumer.session.timeout.ms', undefined],
  ])('%s is %s', (key, canonical) => {
    expect(springBootKafka.canonical(key)).toBe(canonical)
  })

  it('spells typed settings in kebab-case and the others under properties', () => {
    expect(springBootKafka.spell('isolation.level')).toBe('isolation-level')
    expect(springBootKafka.spell('enable.idempotence')).toBe('properties.enable.idempotence')
  })

  it.each([
    ['enable-idempotence', 'properties.enable.idempotence'],
    ['delivery-timeout', 'properties.delivery.timeout.ms'],
    ['enable-idempotance', 'properties.enable.idempotence'],
  ])('a typed %s does not exist', (key, instead) => {
    const [says] = told('producer', '3.5.0', { [key]: 'true' })
    expect(says).toMatch(/^ignored /)
    expect(says).toContain(`\`spring.kafka.producer.${key}\` and drops it`)
    expect(says).toContain(`\`${instead}\``)
  })

  it('reports a dotted name that stands right under the section', () => {
    const [says] = told('consumer', '3.5.0', { 'consumer.session.timeout.ms': '10000' })
    expect(says).toContain('no property `consumer.session.timeout.ms` and drops it')
    expect(says).toContain('`properties.session.timeout.ms`')
  })

  it('reports a typed property of the other role', () => {
    const [says] = told('producer', '3.5.0', { 'enable-auto-commit': 'false' })
    expect(says).toContain('belongs under `spring.kafka.consumer`')
  })

  it.each([
    'topic',
    'topics.orders',
    'key-deserializer',
    'properties.spring.json.trusted.packages',
    'schema.registry.url',
    'listener.concurrency',
  ])('leaves %s in peace', (key) => {
    expect(told('consumer', '3.5.0', { [key]: 'x' })).toEqual([])
  })

  it('leaves common properties of the other role in peace', () => {
    const given = [{ key: 'enable.idempotence', value: known('true'), inheritedFrom: 'spring.kafka.properties' }]
    expect(told('consumer', '3.5.0', given)).toEqual([])
  })

  it('knows that the keys of a map reach the client as they are written', () => {
    const common = [{ key: 'auto-offset-reset', value: known('earliest'), inheritedFrom: 'spring.kafka.properties' }]
    expect(settingOf('consumer', '3.5.0', common, 'auto.offset.reset')?.value).toEqual(known('latest'))
    expect(told('consumer', '3.5.0', common)[0]).toContain('it does not know `auto-offset-reset`')
    expect(told('consumer', '3.5.0', { 'properties.auto-offset-reset': 'earliest' })[0]).toMatch(/^ignored/)
  })

  it('knows in which release a typed property came', () => {
    const options = { 'max-poll-interval': '10m' }
    expect(settingOf('consumer', '3.5.0', options, 'max.poll.interval.ms')?.value).toEqual(known(600_000))
    expect(settingOf('consumer', '3.4.0', options, 'max.poll.interval.ms')?.value).toEqual(known(300_000))
    expect(told('consumer', '3.4.0', options)[0]).toContain('from 3.5.0 on')
  })
})

describe('values', () => {
  it.each([
    ['5s', 5_000],
    ['PT1M', 60_000],
    ['250ms', 250],
    [5_000, 5_000],
  ])('interval %s is %s ms', (written, milliseconds) => {
    expect(settingOf('consumer', '3.5.0', { 'auto-commit-interval': written }, 'auto.commit.interval.ms')?.value).toEqual(
      known(milliseconds),
    )
  })

  it('relaxes enumerations and booleans of typed properties only', () => {
    expect(settingOf('consumer', '3.5.0', { 'isolation-level': 'READ-COMMITTED' }, 'isolation.level')?.value).toEqual(
      known('read_committed'),
    )
    expect(told('consumer', '3.5.0', { 'isolation-level': 'READ_COMMITTED' })).toEqual([])
    expect(told('consumer', '3.5.0', { 'isolation.level': 'READ_COMMITTED' })[0]).toContain(
      'fails-later isolation.level: ConfigException: Invalid value READ_COMMITTED',
    )
    expect(told('consumer', '3.5.0', { 'enable.auto.commit': 'yes' })[0]).toContain('fails-later')
  })

  it('refuses an ack mode that does not exist', () => {
    expect(told('consumer', '3.5.0', { 'listener.ack-mode': 'always' })[0]).toContain('does not start')
  })
})

describe('isolation level', () => {
  const common = [{ key: 'isolation.level', value: known('read_committed'), inheritedFrom: 'spring.kafka.properties' }]

  it('of the common properties is overwritten from 2.2 on', () => {
    expect(settingOf('consumer', '2.1.18', common, 'isolation.level')?.value).toEqual(known('read_committed'))
    expect(settingOf('consumer', '2.2.0', common, 'isolation.level')?.value).toEqual(known('read_uncommitted'))
    expect(told('consumer', '2.1.18', common)).toEqual([])
    expect(told('consumer', '3.5.0', common)[0]).toMatch(/^replaced isolation.level/)
  })

  it('of the consumer’s own properties is not', () => {
    const own = { 'isolation.level': 'read_committed' }
    expect(settingOf('consumer', '3.5.0', own, 'isolation.level')?.value).toEqual(known('read_committed'))
    expect(told('consumer', '3.5.0', own)).toEqual([])
  })
})

describe('transactions', () => {
  it('come with the prefix', () => {
    const { settings, problems } = judge(springBootKafka, 'producer', '2.5.0', { 'transaction-id-prefix': 'tx-' })
    expect(problems).toEqual([])
    expect(settings.get('transactional.id')).toMatchObject({
      value: { kind: 'object', text: 'tx-0, tx-1, …' },
      origin: { kind: 'derived', because: 'transaction-id-prefix' },
    })
    expect(settings.get('enable.idempotence')?.value).toEqual(known(true))
    expect(settings.get('acks')?.value).toEqual(known('all'))
  })

  it('have an id that is made anew where the prefix is', () => {
    const generated = { kind: 'generated', by: 'random', text: 'random.uuid' } as const
    const given = [{ key: 'transaction-id-prefix', value: generated }]
    expect(settingOf('producer', '3.5.0', given, 'transactional.id')?.value).toEqual(generated)
  })

  it('do not go with acks=1', () => {
    const [says] = told('producer', '3.5.0', { 'transaction-id-prefix': 'tx-', acks: '1' })
    expect(says).toContain('fails-later acks: ConfigException: Must set acks to all')
  })

  it('are not there without a prefix', () => {
    expect(settingOf('producer', '3.5.0', {}, 'transactional.id')?.value).toEqual(known(null))
    expect(settingOf('producer', '3.5.0', { 'transaction-id-prefix': '' }, 'transactional.id')?.value).toEqual(known(null))
  })
})

describe('commits', () => {
  it('by the client before 2.2, by the container after it', () => {
    expect(commits('2.1.18')).toMatchObject({ when: 'on-poll', loses: 'on-exception' })
    expect(commits('2.2.0')).toMatchObject({ when: 'after-handler', loses: 'on-exception' })
    expect(commits('2.3.0')).toMatchObject({ when: 'after-handler', loses: 'no' })
    expect(commits('2.2.0').says).toContain('a failed record is skipped')
    expect(commits('3.5.0').says).toContain('10 attempts')
  })

  it('by the client where auto-commit is asked for', () => {
    expect(commits('3.5.0', { 'enable-auto-commit': 'true' })).toMatchObject({ when: 'on-poll', loses: 'on-exception' })
  })

  it('by the listener with a manual ack mode', () => {
    expect(commits('3.5.0', { 'listener.ack-mode': 'manual_immediate' })).toMatchObject({ when: 'never', what: 'marked' })
  })

  it('a manual ack mode does not start beside auto-commit', () => {
    const both = { 'enable-auto-commit': 'true', 'listener.ack-mode': 'manual' }
    expect(told('consumer', '3.5.0', both)[0]).toContain('Consumer cannot be configured for auto commit for ackMode MANUAL')
    expect(told('consumer', '3.5.0', { 'listener.ack-mode': 'manual' })).toEqual([])
    // before 2.2 the client's own default is enough for that
    expect(told('consumer', '2.1.18', { 'listener.ack-mode': 'manual' })[0]).toContain('for ackMode MANUAL')
  })
})

describe('groups', () => {
  it('are the listener’s business: nothing follows from an absent one', () => {
    expect(told('consumer', '3.5.0', { 'enable-auto-commit': 'true' })).toEqual([])
    expect(springBootKafka.frameworkGroup).toContain('@KafkaListener')
  })

  it('let timeouts be compared', () => {
    const options = { 'session.timeout.ms': '10000', 'heartbeat-interval': '10s' }
    expect(told('consumer', '3.5.0', options)[0]).toContain('Heartbeat must be set lower')
  })
})

it('does not decide idempotence when acks is not known', () => {
  const given = [{ key: 'acks', value: unknown('environment') }]
  expect(settingOf('producer', '3.5.0', given, 'enable.idempotence')?.value.kind).toBe('unknown')
})
