import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { audit, type ReportFinding } from '../../src/audit.ts'
import type { Rule } from '../../src/rule/rule.ts'

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** What one rule says of a small project of Python files. */
export async function judgedSource(rule: Rule, files: Readonly<Record<string, string>>): Promise<readonly ReportFinding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'semcheck-rule-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const report = await audit({ root: folder, rules: [rule], persona: 'auditor', now: new Date('2026-01-01T00:00:00Z') })
  return report.findings
}

/** Lines of the findings, with their confidence. */
export async function linesOf(rule: Rule, worker: string, requirements = ''): Promise<readonly string[]> {
  const findings = await judgedSource(rule, { 'worker.py': worker, 'requirements.txt': requirements })
  return findings.map(({ location, severity, confidence }) => `${location?.line} ${severity} ${confidence}`)
}

/** A confluent-kafka consumer `consumer` and producer `producer`; its loop body starts at line 10. */
export function confluent(body: string, settings = ''): string {
  const indented = body.replace(/^(?=.)/gm, '    ')
  return `import requests
from confluent_kafka import Consumer, Producer
producer = Producer({"bootstrap.servers": "k:9092"})
consumer = Consumer({"group.id": "g", "enable.auto.commit": False, "auto.offset.reset": "earliest"${settings}})
consumer.subscribe(["orders"])
while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
${indented}
`
}

/** A kafka-python consumer that polls batches; its loop body starts at line 6, with the batch in `records`. */
export function kafkaPython(body: string): string {
  const indented = body.replace(/^(?=.)/gm, '    ')
  return `import requests
from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition
consumer = KafkaConsumer("orders", group_id="g", enable_auto_commit=False, auto_offset_reset="earliest")
while True:
    records = consumer.poll(timeout_ms=1000)
${indented}
`
}

export const CHARGE = 'requests.post("http://pay", data=message.value())'
