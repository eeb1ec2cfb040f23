import { join } from 'node:path'
import { expect, test } from 'vitest'
import { RULES } from '../rules/index.ts'
import { run } from './cli/run.ts'

const ROOT = join(import.meta.dirname, '..')

test('the example shop shows every rule, and what its services are', async () => {
  const ran = await run(ROOT, ['audit', 'examples/shop', '-f', 'json'])
  const report = JSON.parse(ran.out)
  const seen = new Set(report.findings.map((finding: { rule: string }) => finding.rule))
  // files alone cannot show what a rule finds in a cluster
  const shown = RULES.filter((rule) => !rule.examples.cluster).map((rule) => rule.id)
  expect(shown.filter((id) => !seen.has(id))).toEqual([])
  expect(ran.code).toBe(1)
  expect(new Set(report.clients.map((client: { variants: { library: string }[] }) => client.variants[0]?.library))).toEqual(
    new Set(['kafka-python', 'confluent-kafka', 'aiokafka', 'spring-boot-kafka']),
  )
  expect(ran.out).not.toContain('not-for-the-report')
})
