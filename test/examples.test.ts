import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../rules/index.ts'
import { run } from './cli/run.ts'

const ROOT = join(import.meta.dirname, '..')

test('the example shop shows every rule, and what its services are', async () => {
  const ran = await run(ROOT, ['audit', 'examples/shop', '-f', 'json'])
  const report = JSON.parse(ran.out)
  const seen = new Set(report.findings.map((finding: { rule: string }) => finding.rule))
  // what only a cluster can say needs one
  const judgedHere = RULES.filter((rule) => !rule.examples.cluster)
  expect(judgedHere.map((rule) => rule.id).filter((id) => !seen.has(id))).toEqual([])
  expect(ran.code).toBe(1)
  expect(new Set(report.clients.map((client: { variants: { library: string }[] }) => client.variants[0]?.library))).toEqual(
    new Set(['kafka-python', 'confluent-kafka', 'aiokafka', 'spring-boot-kafka', 'kafkajs']),
  )
  expect(ran.out).not.toContain('not-for-the-report')
})
