import { verdictOf } from '../../src/engine/exit.ts'
import type { Report } from '../../src/engine/report.ts'
import type { Facts } from '../../src/model/facts.ts'
import type { Rendering } from '../../src/output/rendering.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { PLAIN } from '../../src/text/style.ts'
import { documentOf, factsOf, finding, placeOf, reportOf, ruleSaying, WORKER, workerClient } from '../engine/shop.ts'

export function rendering(report: Report, facts: Facts, rest: Partial<Rendering> = {}): Rendering {
  return {
    documents: facts.documents,
    fromHere: (path) => path,
    verdict: verdictOf(report, { failOn: 'error', strict: false }),
    rules: async () => [],
    style: PLAIN,
    width: 110,
    quiet: false,
    everySetting: false,
    ...rest,
  }
}

export const CONNECT = documentOf('deploy/producer.properties', 'bootstrap.servers=kafka-1:9092\nacks=1\n')

const subject = { kind: 'client', id: 'deploy/producer.properties#producer', name: 'producer' } as const

/** An error with a trace about an absent key, a warning on a line, an ignored and a hidden finding, and a question without an answer. */
export const RULES: readonly Rule[] = [
  ruleSaying(
    'auto-commit',
    finding(workerClient().location, {
      message: '`enable_auto_commit` is not set, and kafka-python 2.0.2 defaults to true',
      why: 'the offset is committed inside the next poll, so a message whose handler failed before close() is committed all the same and never comes back',
      fix: 'set enable_auto_commit=False and commit after the work',
      related: [{ label: 'group billing', location: placeOf(WORKER, 'group_id="billing"') }],
      trace: [{ text: 'poll() returns m0 m1' }, { text: 'the handler of m0 raises' }, { text: 'close() commits 2' }],
    }),
    finding(placeOf(WORKER, 'BROKERS'), { confidence: 'low' }),
  ),
  ruleSaying(
    'weak-acks',
    finding(placeOf(CONNECT, 'acks=1'), {
      severity: 'warning',
      subject,
      message: '`acks` is 1: 100%, \u001b[2Jsure',
      why: 'only the leader confirms',
      fix: 'set acks=all',
      related: [{ label: 'the consumer of it', location: placeOf(WORKER, 'BROKERS') }],
    }),
  ),
  ruleSaying('read-uncommitted', {
    kind: 'not-evaluated',
    subject,
    need: 'version',
    reason: 'true for kafka-python 1.4, not for 2.2, and the project does not say which',
    location: placeOf(CONNECT, 'bootstrap.servers'),
  }),
]

export const FACTS = factsOf([WORKER, CONNECT], [workerClient()])

export function shopReport(): Report {
  return reportOf(FACTS, RULES, {}, [
    {
      path: 'deploy/broken.yml',
      line: 3,
      kind: 'syntax',
      reason: 'a tab stands where spaces are wanted',
      hint: 'indent with spaces',
    },
  ])
}
