import { chmodSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, run } from './run.ts'

const GOOD =
  "from confluent_kafka import Consumer\nc = Consumer({'bootstrap.servers': 'k:9092', 'group.id': 'g'})\nc.subscribe(['t'])\n"
const NAMED = 'bootstrap.servers=kafka:9092\ngroup.id=g\n'

/** A bad file beside a good one: the good one is audited, the bad one never ends in a stack trace. */
async function auditBeside(path: string, content: string | Buffer) {
  const cwd = folderWith({ 'good/worker.py': GOOD, [path]: '' })
  writeFileSync(join(cwd, path), content)
  const ran = await run(cwd, ['-f', 'json', '--no-config'])
  const report = JSON.parse(ran.out)
  expect(ran.err).not.toMatch(/^\s+at .+:\d+:\d+/m)
  expect(report.findings.map((f: { location: { path: string } }) => f.location.path)).toContain('good/worker.py')
  return {
    report,
    skipped: report.skipped.filter((s: { path: string }) => s.path === path) as { kind: string; reason: string; line?: number }[],
  }
}

const nested = (open: string, close: string, times = 100_000) => open.repeat(times) + close.repeat(times)
const bomb = `a0: &a0 [kafka, bootstrap.servers]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(', ')}]`).join('\n')}\n`

describe('a bad file beside a good one', () => {
  test.each([
    ['an empty file', 'application.yml', ''],
    ['CRLF', 'consumer.properties', NAMED.replaceAll('\n', '\r\n')],
    ['a byte order mark', 'consumer.properties', `\ufeff${NAMED}`],
    [
      'a Helm template',
      'templates/app.yaml',
      '{{- if .Values.kafka }}\nspring:\n  kafka:\n    consumer:\n      group-id: {{ .Values.group }}\n{{- end }}\n',
    ],
    ['an alias bomb', 'application.yml', bomb],
    ['a million lines', 'consumer.properties', `${NAMED}${'client.id=x\n'.repeat(150_000)}`],
  ])('%s is read', async (_, path, content) => {
    await auditBeside(path, content)
  })

  test.each([
    ['broken YAML', 'application.yml', 'spring:\n  kafka:\n   consumer: [\n  group-id: x\n', 'syntax'],
    ['broken JSON', 'consumer.json', '{"bootstrap.servers": "k:9092", "group.id": ', 'syntax'],
    ['broken TOML', 'kafka.toml', '[kafka\n"bootstrap.servers" = = 1\n', 'syntax'],
    [
      'Python that does not parse',
      'bad.py',
      "from kafka import KafkaConsumer\nc = KafkaConsumer('t', group_id=)\ndef (\n",
      'syntax',
    ],
    ['deep JSON', 'consumer.json', `{"bootstrap.servers": ${nested('[', ']')}}`, 'too-deep'],
    ['deep YAML', 'application.yml', `spring: {kafka: ${nested('[', ']')}}\nbootstrap.servers: kafka\n`, 'too-deep'],
    ['deep Python', 'deep.py', `from kafka import KafkaConsumer\nx = ${nested('(', ')', 20_000)}\n`, 'too-deep'],
    ['a binary file', 'consumer.properties', Buffer.concat([Buffer.from(NAMED), Buffer.from([0, 1, 2, 0, 255])]), 'binary'],
    [
      'bytes that are no UTF-8',
      'application.yml',
      Buffer.concat([Buffer.from('spring:\n  kafka:\n    consumer:\n      group-id: caf'), Buffer.from([0xe9, 0x0a])]),
      'encoding',
    ],
  ])('%s is named once, with what to try', async (_, path, content, kind) => {
    const { skipped } = await auditBeside(path, content)
    expect(skipped).toHaveLength(1)
    expect(['syntax', 'too-deep', kind]).toContain(skipped[0]?.kind)
    expect(skipped[0]?.reason).not.toContain('\n')
  })

  test('a huge file that names Kafka is passed over by name', async () => {
    const cwd = folderWith({ 'good/worker.py': GOOD, 'huge/consumer.properties': NAMED })
    truncateSync(join(cwd, 'huge/consumer.properties'), 100 * 1024 * 1024)
    const report = JSON.parse((await run(cwd, ['-f', 'json'])).out)
    expect(report.skipped).toMatchObject([{ path: 'huge/consumer.properties', kind: 'too-large' }])
  })

  test('symbolic links that loop are not followed', async () => {
    const cwd = folderWith({ 'good/worker.py': GOOD })
    symlinkSync(cwd, join(cwd, 'good/again'))
    const ran = await run(cwd, ['-f', 'json'])
    expect(JSON.parse(ran.out).clients).toHaveLength(1)
  })

  test.skipIf(process.getuid?.() === 0)('a file without permission makes the audit incomplete', async () => {
    const cwd = folderWith({ 'consumer.properties': NAMED })
    chmodSync(join(cwd, 'consumer.properties'), 0)
    const ran = await run(cwd, ['-f', 'json'])
    expect(ran.code).toBe(3)
    expect(JSON.parse(ran.out).skipped).toMatchObject([{ path: 'consumer.properties', kind: 'unreadable' }])
  })

  test('a named path that is a broken link makes it incomplete or wrong, never silent', async () => {
    const cwd = folderWith({})
    symlinkSync(join(cwd, 'nowhere'), join(cwd, 'consumer.properties'))
    expect([2, 3]).toContain((await run(cwd, ['consumer.properties'])).code)
  })
})
