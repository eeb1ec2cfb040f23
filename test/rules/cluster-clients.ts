import type { ClusterFacts, Group } from '../../src/model/cluster.ts'
import type { Client, Facts } from '../../src/model/facts.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { stagedGroup } from '../../src/rule/staged.ts'
import { consumer, explicit, facts, producer, run } from './facts.ts'

/** The bootstrap server of the staged cluster. */
export const STAGED = 'kafka.example.com:9092'

/** A consumer of `orders` in `billing` on the staged cluster, with a reset policy. */
export function billing(reset: 'earliest' | 'latest' | 'none' = 'earliest', rest: Partial<Client> = {}): Client {
  return consumer({ cluster: STAGED, variant: { settings: { 'auto.offset.reset': explicit(reset) } }, ...rest })
}

/** A producer of `orders` on the staged cluster. */
export function shop(acks: string | number = 'all', rest: Partial<Client> = {}): Client {
  return producer({ cluster: STAGED, variant: { settings: { acks: explicit(acks) } }, ...rest })
}

export function judged(rule: Rule, cluster: ClusterFacts, clients: readonly Client[], rest: Partial<Facts> = {}) {
  return run(rule, facts({ clients, cluster, ...rest }))
}

export const NOTHING = { findings: [], missing: [] }

/** The group `billing` without members. */
export function emptyGroup(rest: Partial<Group> = {}): Group {
  return stagedGroup('billing', {
    description: { state: 'known', value: { state: 'Empty', assignor: '', members: [] } },
    ...rest,
  })
}
