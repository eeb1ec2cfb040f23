import { describe, expect, it } from 'vitest'
import rejected from '../../rules/setting-rejected.ts'
import rule from '../../rules/transaction-timeout.ts'
import { configs, stagedBroker, stagedCluster } from '../../src/rule/staged.ts'
import { judged, NOTHING, STAGED } from './cluster-clients.ts'
import { at, byDefault, explicit, hidden, problem, producer, run } from './facts.ts'

const given = (timeout: ReturnType<typeof explicit>, id = explicit('orders-0')) =>
  run(rule, [producer({ variant: { settings: { 'transactional.id': id, 'transaction.timeout.ms': timeout } } })])

describe('transaction-timeout', () => {
  it('flags more than a broker allows by default, with medium confidence since a broker may allow more', () => {
    expect(given(explicit(900_001)).findings).toMatchObject([{ severity: 'error', confidence: 'medium', location: at(12) }])
    expect(given(explicit(900_000)).findings).toEqual([])
    expect(given(byDefault(60_000)).findings).toEqual([])
  })

  it('is silent without transactions', () => {
    expect(given(explicit(3_600_000), byDefault(null))).toEqual({ findings: [], missing: [] })
  })

  it('does not decide a hidden timeout of a transactional producer', () => {
    expect(given(hidden()).missing).toHaveLength(1)
    expect(given(hidden(), hidden()).missing).toEqual([])
  })

  it("owns what a version refuses of a transactional producer's timeouts", () => {
    const timeout = problem({
      key: 'delivery.timeout.ms',
      says: 'refused at the construction: `message.timeout.ms` must be <= `transaction.timeout.ms`',
    })
    const clients = [producer({ variant: { settings: { 'transactional.id': explicit('o') }, problems: [timeout] } })]
    expect(run(rule, clients).findings).toMatchObject([{ severity: 'error', location: at(15) }])
    expect(run(rejected, clients).findings).toEqual([])
  })

  describe('with a cluster', () => {
    const allows = (...maxima: string[]) =>
      stagedCluster({
        brokers: maxima.map((ms, i) => stagedBroker(i + 1, { configs: configs({ 'transaction.max.timeout.ms': ms }) })),
      })
    const judge = (
      timeout: ReturnType<typeof explicit>,
      cluster: ReturnType<typeof stagedCluster>,
      bootstrap: string | null = STAGED,
    ) =>
      judged(rule, cluster, [
        producer({
          ...(bootstrap === null ? {} : { cluster: bootstrap }),
          variant: { settings: { 'transactional.id': explicit('orders-0'), 'transaction.timeout.ms': timeout } },
        }),
      ])

    it('goes by what its brokers allow', () => {
      const { findings } = judge(explicit(60_000), allows('10000', '10000'))
      expect(findings).toMatchObject([{ severity: 'error', confidence: 'high', fix: expect.stringContaining('10000') }])
      expect(findings[0]?.message).toContain('60000 ms, above the 10000 ms (10 seconds) that the brokers allow')
      expect(judge(explicit(3_600_000), allows('7200000'))).toEqual(NOTHING)
    })

    it("holds a library's own default against it", () => {
      expect(judge(byDefault(60_000), allows('10000')).findings).toMatchObject([{ severity: 'error', location: at(10) }])
    })

    it('is medium where the client may talk to another', () => {
      expect(judge(explicit(60_000), allows('10000'), null).findings).toMatchObject([{ confidence: 'medium' }])
    })

    it('goes by the default where brokers differ or do not tell, and for another cluster', () => {
      const denied = { state: 'denied', needs: 'DescribeConfigs on Cluster' } as const
      const silent = stagedCluster({ brokers: [stagedBroker(1, { configs: denied })] })
      for (const cluster of [silent, allows('10000', '7200000')]) {
        expect(judge(explicit(60_000), cluster).findings).toEqual([])
        expect(judge(explicit(3_600_000), cluster).findings).toMatchObject([{ confidence: 'medium' }])
      }
      expect(judge(explicit(60_000), allows('10000'), 'other.example.org:9092').findings).toEqual([])
    })
  })
})
