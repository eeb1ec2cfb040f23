import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import { kafkaLibraries } from './libraries.ts'

/** The first start of a version also formats and archives. */
const START_TIMEOUT = 120_000

/**
 * A suite with a cluster of its own, there from `beforeAll` to `afterAll`. Where Kafka cannot be had it is skipped and says why; in CI it
 * fails.
 */
export function describeKafka(title: string, options: ClusterOptions, suite: (cluster: () => Cluster) => void): void {
  const libraries = kafkaLibraries(options.version)
  if ('reason' in libraries) describeMissing(title, libraries.reason)
  else describeRunning(title, options, suite)
}

function describeRunning(title: string, options: ClusterOptions, suite: (cluster: () => Cluster) => void): void {
  describe(title, () => {
    let cluster: Cluster | undefined
    beforeAll(async () => {
      cluster = await startCluster(options)
    }, START_TIMEOUT)
    afterAll(async () => {
      await cluster?.close()
    })
    suite(() => {
      if (!cluster) throw new Error('the cluster is there only while tests run')
      return cluster
    })
  })
}

/**
 * A suite that needs one broker without security, whichever: that of `SEMCHECK_TEST_BOOTSTRAP` (`host:port,…`), else one of our own. Tests
 * must use names of topics and groups that nobody else has.
 */
export function describeBroker(title: string, suite: (bootstrap: () => readonly string[]) => void): void {
  const given = process.env.SEMCHECK_TEST_BOOTSTRAP?.split(',').map((address) => address.trim())
  const libraries = given ? undefined : kafkaLibraries()
  if (given) describe(title, () => suite(() => given))
  else if (libraries && 'reason' in libraries)
    describeMissing(title, `${libraries.reason}, and SEMCHECK_TEST_BOOTSTRAP=host:port names no broker`)
  else describeRunning(title, {}, (cluster) => suite(() => cluster().bootstrap))
}

function describeMissing(title: string, reason: string): void {
  if (process.env.CI) {
    test(title, () => {
      throw new Error(`CI must have Kafka: ${reason}`)
    })
    return
  }
  console.log(`${title}: skipped, because ${reason}`)
  describe.skip(title, () => {
    test(`needs Kafka: ${reason}`, () => {})
  })
}
