import { describe, expect, it } from 'vitest'
import { kafkaClients } from '../../../src/knowledge/clients/kafka-clients.ts'
import { kafkaConsumerCommits } from '../../../src/knowledge/clients/kafka-clients-commits.ts'
import { normaliseKafkaVersion } from '../../../src/knowledge/clients/kafka-clients-versions.ts'
import { entryAt } from '../../../src/knowledge/history.ts'
import { known, type Literal, unknown } from '../../../src/model/value.ts'
import { versionClasses } from '../../../src/resolve/versions.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Options = Readonly<Record<string, Literal>>

const IN_FLIGHT = 'max.in.flight.requests.per.connection'

function effective(role: 'producer' | 'consumer', version: string, options: Options, key: string): Literal | undefined {
  const value = judge(kafkaClients, role, version, options).settings.get(key)?.value
  return value?.kind === 'known' ? value.value : undefined
}

function told(role: 'producer' | 'consumer', version: string, options: Options): readonly string[] {
  return judge(kafkaClients, role, version, options).problems.map((p) => `${p.effect} ${p.key}: ${p.says}`)
}

describe('effective defaults by version', () => {
  it.each([
    ['2.0.1', '1', 0, false],
    ['2.8.2', '1', 2_147_483_647, false],
    ['3.0.0', 'all', 2_147_483_647, false],
    ['3.0.1', 'all', 2_147_483_647, true],
    ['3.1.0', 'all', 2_147_483_647, false],
    ['3.1.1', 'all', 2_147_483_647, true],
    ['3.9.1', 'all', 2_147_483_647, true],
    ['4.4.0', 'all', 2_147_483_647, true],
  ])('producer %s: acks %s, retries %s, idempotence %s', (version, acks, retries, idempotence) => {
    expect(effective('producer', version, {}, 'acks')).toBe(acks)
    expect(effective('producer', version, {}, 'retries')).toBe(retries)
    expect(effective('producer', version, {}, 'enable.idempotence')).toBe(idempotence)
  })

  it.each([
    ['0.10.0.1', 30_000, 40_000],
    ['0.10.1.0', 10_000, 305_000],
    ['2.8.2', 10_000, 30_000],
    ['3.0.0', 45_000, 30_000],
  ])('consumer %s: session timeout %s, request timeout %s', (version, session, request) => {
    expect(effective('consumer', version, {}, 'session.timeout.ms')).toBe(session)
    expect(effective('consumer', version, {}, 'request.timeout.ms')).toBe(request)
  })

  it('has no transactions before 0.11', () => {
    const { settings, problems } = judge(kafkaClients, 'producer', '0.10.2.2', { 'transactional.id': 't' })
    expect(settings.has('transactional.id')).toBe(false)
    expect(problems).toMatchObject([{ key: 'transactional.id', effect: 'ignored', about: 'transactions' }])
    expect(entryAt(kafkaClients.capabilities, '0.10.2.2')?.value.transactions).toBe(false)
  })

  it('keeps the 3.0.0 and 3.1.0 defect in classes of their own', () => {
    const starts = versionClasses(kafkaClients).map(({ from }) => from)
    expect(starts).toEqual(expect.arrayContaining(['3.0.0', '3.0.1', '3.1.0', '3.1.1']))
  })
})

describe('idempotence turned off in silence', () => {
  it.each([
    [{ acks: '1' }, 'acks'],
    [{ acks: '0' }, 'acks'],
    [{ retries: 0 }, 'retries'],
    [{ [IN_FLIGHT]: 6 }, IN_FLIGHT],
  ] as readonly (readonly [Options, string])[])('%o names the key', (options, because) => {
    const setting = judge(kafkaClients, 'producer', '3.7.1', options).settings.get('enable.idempotence')
    expect(setting).toMatchObject({ value: known(false), origin: { kind: 'derived', because } })
  })

  it('does not decide when acks is not known', () => {
    const { settings } = judge(kafkaClients, 'producer', '3.7.1', [{ key: 'acks', value: unknown('environment') }])
    expect(settings.get('enable.idempotence')?.value.kind).toBe('unknown')
  })

  it('decides when every possible value turns it off', () => {
    const { settings } = judge(kafkaClients, 'producer', '3.7.1', [
      { key: 'acks', value: { kind: 'either', values: ['0', '1'] } },
    ])
    expect(settings.get('enable.idempotence')?.value).toEqual(known(false))
  })

  it('stays on with retries=3', () => {
    expect(effective('producer', '3.7.1', { retries: 3 }, 'enable.idempotence')).toBe(true)
  })

  it('says nothing of 2.8, where false is the default', () => {
    const setting = judge(kafkaClients, 'producer', '2.8.2', { acks: '1' }).settings.get('enable.idempotence')
    expect(setting?.origin.kind).toBe('default')
  })
})

describe('what idempotence brings where it is not the default', () => {
  it('raises acks and retries in 2.0', () => {
    expect(effective('producer', '2.0.1', { 'enable.idempotence': 'true' }, 'acks')).toBe('all')
    expect(effective('producer', '2.0.1', { 'transactional.id': 't' }, 'retries')).toBe(2_147_483_647)
  })

  it('allows one request in flight in 0.11 and five from 1.0', () => {
    expect(effective('producer', '0.11.0.3', { 'enable.idempotence': 'true' }, IN_FLIGHT)).toBe(1)
    expect(effective('producer', '1.0.0', { 'enable.idempotence': 'true' }, IN_FLIGHT)).toBe(5)
    expect(told('producer', '0.11.0.3', { 'enable.idempotence': 'true', [IN_FLIGHT]: 5 })[0]).toContain('to 1 in order to use')
    expect(told('producer', '1.0.0', { 'enable.idempotence': 'true', [IN_FLIGHT]: 5 })).toEqual([])
  })
})

describe('refused combinations', () => {
  it('acks=1 with explicit idempotence', () => {
    expect(told('producer', '3.7.1', { 'enable.idempotence': 'true', acks: '1' })).toEqual([
      'raises acks: ConfigException: Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.',
    ])
  })

  it('a transactional id with acks=1, in the words of the version', () => {
    const options = { 'transactional.id': 't', acks: '1' }
    expect(told('producer', '2.8.2', options)[0]).toContain('Must set acks to all')
    expect(told('producer', '3.0.0', options)[0]).toContain('Must set acks to all')
    expect(told('producer', '3.2.0', options)[0]).toContain('Cannot set a transactional.id without also enabling idempotence')
  })

  it('from 4.0 more than five in flight even where acks=1 turned idempotence off', () => {
    expect(told('producer', '3.9.2', { acks: '1', [IN_FLIGHT]: 6 })).toEqual([])
    expect(told('producer', '4.0.0', { acks: '1', [IN_FLIGHT]: 6 })[0]).toContain('must be set to at most 5')
    expect(told('producer', '4.0.0', { 'enable.idempotence': 'false', [IN_FLIGHT]: 6 })).toEqual([])
  })

  it('shows the setting that it conflicts with', () => {
    const [problem] = judge(kafkaClients, 'producer', '3.7.1', { 'enable.idempotence': 'true', acks: '1' }).problems
    expect(problem?.related).toMatchObject([{ label: '`enable.idempotence`' }])
  })

  it('a delivery timeout below linger and request timeout', () => {
    expect(told('producer', '3.9.1', { 'delivery.timeout.ms': 30_000 })).toEqual([])
    expect(told('producer', '4.0.0', { 'delivery.timeout.ms': 30_000 })[0]).toContain('(30000 < 30005)')
    expect(effective('producer', '3.9.1', { 'request.timeout.ms': 200_000 }, 'delivery.timeout.ms')).toBe(200_000)
  })

  it('client timeouts under the consumer protocol, from 4.0', () => {
    const options = { 'group.id': 'g', 'group.protocol': 'consumer', 'session.timeout.ms': 10_000 }
    expect(told('consumer', '3.9.1', options)).toEqual([])
    expect(told('consumer', '4.0.0', options)).toEqual([
      'raises session.timeout.ms: ConfigException: session.timeout.ms cannot be set when group.protocol=CONSUMER',
    ])
  })

  it('a remote assignor under the classic protocol, from 3.9', () => {
    const options = { 'group.id': 'g', 'group.remote.assignor': 'uniform' }
    expect(told('consumer', '3.8.1', options)).toEqual([])
    expect(told('consumer', '3.9.0', options)[0]).toContain('cannot be set when group.protocol=CLASSIC')
  })

  it('a heartbeat as long as the session', () => {
    const options = { 'group.id': 'g', 'session.timeout.ms': 3_000, 'heartbeat.interval.ms': 3_000 }
    expect(told('consumer', '3.9.1', options)[0]).toContain('Heartbeat must be set lower than the session timeout (3000 >= 3000)')
  })

  it('does not judge combinations whose other half may be hidden', () => {
    const { problems } = judge(
      kafkaClients,
      'consumer',
      '1.1.1',
      { 'group.id': 'g', 'request.timeout.ms': 9_000 },
      { complete: false },
    )
    expect(problems).toEqual([])
  })
})

describe('auto-commit', () => {
  it('is off without a group from 2.2 on', () => {
    expect(effective('consumer', '2.1.1', {}, 'enable.auto.commit')).toBe(true)
    expect(effective('consumer', '2.2.0', {}, 'enable.auto.commit')).toBe(false)
    expect(effective('consumer', '2.2.0', { 'group.id': 'g' }, 'enable.auto.commit')).toBe(true)
  })

  it('asked for without a group is refused, and only guessed at in a file that a program loads', () => {
    const [problem] = judge(kafkaClients, 'consumer', '3.7.1', { 'enable.auto.commit': 'true' }).problems
    expect(problem).toMatchObject({ effect: 'raises', confidence: 'low' })
    expect(problem?.says).toContain('default group id (null)')
  })

  const commits = (version: string, options: Options) =>
    kafkaConsumerCommits(judge(kafkaClients, 'consumer', version, { 'group.id': 'g', ...options }).view)

  it('commits on poll, on close and on revocation', () => {
    const found = commits('3.7.1', {})
    expect(found).toMatchObject({ when: 'on-poll', what: 'position', onClose: true, onRevoke: true, loses: 'on-exception' })
    expect(found.says).toMatch(/next poll\(\).*close\(\)/)
  })

  it('never commits when it is off', () => {
    expect(commits('3.7.1', { 'enable.auto.commit': 'false' })).toMatchObject({ when: 'never', loses: 'no' })
  })

  it('runs in the background under the early consumer protocol, and on poll again from 4.0', () => {
    expect(commits('3.8.1', { 'group.protocol': 'CONSUMER' })).toMatchObject({ when: 'background', loses: 'yes' })
    expect(commits('4.0.0', { 'group.protocol': 'consumer' })).toMatchObject({ when: 'on-poll', loses: 'on-exception' })
  })
})

describe('values', () => {
  const read = (key: string, literal: Literal, version = '3.9.1') => kafkaClients.read(key, literal, 'consumer', version)

  it('takes booleans in any case and nothing else', () => {
    expect(read('enable.auto.commit', ' TRUE ')).toMatchObject({ kind: 'value', value: known(true) })
    expect(read('enable.auto.commit', 'yes')).toMatchObject({ kind: 'rejected', effect: 'raises' })
  })

  it('takes -1 for all, and no other case', () => {
    expect(read('acks', '-1')).toMatchObject({ value: known('all') })
    expect(read('acks', 1)).toMatchObject({ value: known('1') })
    expect(read('acks', 'ALL')).toMatchObject({ kind: 'rejected' })
  })

  it('takes durations as reset policy from 4.0', () => {
    expect(read('auto.offset.reset', 'by_duration:PT1H')).toMatchObject({ kind: 'rejected' })
    expect(read('auto.offset.reset', 'by_duration:PT1H', '4.0.0')).toMatchObject({ value: known('by_duration:PT1H') })
    expect(read('auto.offset.reset', 'by_duration:-PT1H', '4.0.0')).toMatchObject({ kind: 'rejected' })
    expect(read('auto.offset.reset', 'none')).toMatchObject({ value: known('none') })
    expect(read('auto.offset.reset', 'smallest')).toMatchObject({ kind: 'rejected' })
  })

  it('takes assignors by class', () => {
    const range = 'org.apache.kafka.clients.consumer.RangeAssignor'
    const own = 'com.example.OurAssignor'
    expect(read('partition.assignment.strategy', `${range}, ${own}`)).toMatchObject({
      value: { kind: 'list', items: [known('range'), known(own)] },
    })
    expect(read('partition.assignment.strategy', 'cooperative-sticky')).toMatchObject({ kind: 'rejected' })
    const cooperative = 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor'
    expect(read('partition.assignment.strategy', cooperative, '2.3.1')).toMatchObject({ kind: 'rejected' })
    expect(read('partition.assignment.strategy', cooperative, '2.4.0')).toMatchObject({ kind: 'value' })
  })

  it('refuses an empty group only from 4.0', () => {
    expect(read('group.id', '')).toMatchObject({ kind: 'value' })
    expect(read('group.id', ' ', '4.0.0')).toMatchObject({ kind: 'rejected' })
  })
})

describe('keys', () => {
  const accepts = (key: string) => kafkaClients.accepts(key, 'producer', '3.9.1')

  it.each([
    'key.serializer',
    'ssl.truststore.location',
    'schema.registry.url',
    'auto.register.schemas',
    'specific.avro.reader',
    'my.interceptor.topic',
    'confluent.monitoring.interceptor.topic',
    'sasl.jaas.config',
  ])('%s is nobody’s mistake', (key) => {
    expect(accepts(key)).toBe(true)
  })

  it.each([
    ['enable.idempotance', 'enable.idempotence'],
    ['enable_idempotence', 'enable.idempotence'],
    ['enableIdempotence', 'enable.idempotence'],
    ['transaction.id', 'transactional.id'],
    ['transactionl.id', 'transactional.id'],
    ['request.required.acks', 'acks'],
    ['auto.commit.enable', 'enable.auto.commit'],
  ])('%s is meant to be %s', (key, meant) => {
    expect(accepts(key)).toBe(false)
    const says = kafkaClients.unknownSetting[0]?.value.says(key)
    expect(says).toContain(`\`${meant}\``)
  })

  it('tells the level of the log line', () => {
    const says = (version: string) => entryAt(kafkaClients.unknownSetting, version)?.value.says('acks') ?? ''
    expect(says('3.4.1')).toContain('WARN')
    expect(says('3.5.0')).toContain('INFO')
  })

  it('reports a setting of the other role', () => {
    expect(told('consumer', '3.9.1', { 'group.id': 'g', 'enable.idempotence': 'true' })[0]).toContain(
      'ignored enable.idempotence',
    )
  })
})

describe('versions of other builds', () => {
  it.each([
    ['7.5.1-ccs', '3.5.0'],
    ['7.0.6-ccs', '3.0.0'],
    ['7.0.7-ccs', '3.0.1'],
    ['7.1.1-ce', '3.1.0'],
    ['7.1.2-ccs', '3.1.1'],
    ['8.0.0-ccs', '4.0.0'],
    ['6.1.0-ccs', '2.7.0'],
    ['5.5.0-ccs', '2.5.0'],
    ['4.1.0-ccs', '1.1.0'],
    ['2.0.0-cp1', '2.0.0'],
    ['3.5.0.redhat-00001', '3.5.0'],
    ['0.11.0.3', '0.11.0.3'],
    ['3.9.1', '3.9.1'],
    ['4.0.0-rc1', '4.0.0-rc1'],
  ])('%s is %s', (version, normalised) => {
    expect(normaliseKafkaVersion(version)).toBe(normalised)
  })

  it('judges Confluent 7.0.0 by the defect of Kafka 3.0.0', () => {
    expect(effective('producer', '7.0.0-ccs', {}, 'enable.idempotence')).toBe(false)
    expect(effective('producer', '7.5.0-ccs', {}, 'enable.idempotence')).toBe(true)
  })
})
