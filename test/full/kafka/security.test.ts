import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs'
import { expect, test } from 'vitest'
import { describeKafka } from '../../kafka/describe-kafka.ts'
import { joinGroup } from '../../kafka/group-member.ts'
import type { Mechanism, Security } from '../../kafka/security.ts'
import { createTopic, produce, withAdmin } from '../../kafka/traffic.ts'

const reader = { name: 'reader', password: 'reader-secret' }

describeKafka('scram', { security: 'scram', users: [reader] }, (cluster) => {
  test.each<Mechanism>(['SCRAM-SHA-256', 'SCRAM-SHA-512', 'PLAIN'])('the admin gets in by %s', async (mechanism) => {
    const config = cluster().kafkaJs('admin', mechanism)
    expect((await withAdmin(config, (admin) => admin.describeCluster())).brokers).toHaveLength(1)
  })

  test('a wrong password does not', async () => {
    const config = cluster().kafkaJs()
    const wrong = { ...config, sasl: { ...config.sasl, password: 'wrong' }, retry: { retries: 0 } }
    await expect(withAdmin(wrong as typeof config, (admin) => admin.listTopics())).rejects.toThrow(/[Aa]uthentication failed/)
  })

  test('others see what they are allowed to', async () => {
    await createTopic(cluster().kafkaJs(), 'orders')
    const topicsOfReader = () => withAdmin(cluster().kafkaJs('reader'), (admin) => admin.listTopics())
    expect(await topicsOfReader()).toEqual([])
    const common = {
      resourceName: 'orders',
      resourcePatternType: ResourcePatternTypes.LITERAL,
      principal: 'User:reader',
      host: '*',
      permissionType: AclPermissionTypes.ALLOW,
    }
    const acl = { ...common, resourceType: AclResourceTypes.TOPIC, operation: AclOperationTypes.DESCRIBE }
    await withAdmin(cluster().kafkaJs(), (admin) => admin.createAcls({ acl: [acl] }))
    expect(await topicsOfReader()).toEqual(['orders'])
  })
})

describeKafka('scram with three brokers', { security: 'scram', brokers: 3 }, (cluster) => {
  test('the cluster is whole', async () => {
    await createTopic(cluster().kafkaJs(), 'orders', { copies: 3 })
    await produce(cluster().kafkaJs(), 'orders', 3)
  })
})

for (const security of ['tls', 'mtls', 'scram-tls'] satisfies Security[])
  describeKafka(security, { security }, (cluster) => {
    test('clients get in, of kafkajs and of Java', async () => {
      await createTopic(cluster().kafkaJs(), 'orders')
      await produce(cluster().kafkaJs(), 'orders', 3)
      const clientProperties = cluster().clientProperties()
      const member = await joinGroup({ kind: 'consumer', group: 'g', topics: ['orders'], clientProperties })
      expect(member.assigned).toEqual(['orders-0'])
      await member.stop()
    })
  })

describeKafka('stores of the JVM', { security: 'mtls' }, (cluster) => {
  test.each(['PKCS12', 'JKS'] as const)('a trust store of type %s is good for the Java client', async (type) => {
    await createTopic(cluster().kafkaJs(), `orders-${type}`)
    const { trustStore, keyStore } = cluster().certificates!
    const trust = trustStore(type)
    const key = keyStore()
    const settings = {
      'ssl.truststore.type': type,
      'ssl.truststore.location': trust.path,
      'ssl.truststore.password': trust.password,
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': key.path,
      'ssl.keystore.password': key.password,
    }
    const clientProperties = cluster().clientProperties()
    const member = await joinGroup({ kind: 'consumer', group: type, topics: [`orders-${type}`], clientProperties, settings })
    expect(member.assigned).toEqual([`orders-${type}-0`])
    await member.stop()
  })

  test('without its certificate a client does not get in', async () => {
    const { certificates, ...rest } = cluster()
    const config = { ...rest.kafkaJs(), ssl: certificates!.forNode(false), retry: { retries: 0 } }
    await expect(withAdmin(config, (admin) => admin.listTopics())).rejects.toThrow()
  })
})
