import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith, run } from './run.ts'

const BIN = fileURLToPath(new URL('../../bin/semcheck.js', import.meta.url))
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** The launcher of the built package. */
function bin(cwd: string, ...argv: string[]) {
  const env = { ...process.env, NO_COLOR: '1' }
  return spawnSync(process.execPath, [BIN, ...argv], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 })
}

function shell(cwd: string, script: string) {
  const env = { ...process.env, NODE: process.execPath, BIN, NO_COLOR: '1' }
  return spawnSync('bash', ['-c', script], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 })
}

describe('the built launcher', () => {
  beforeAll(() => {
    if (!existsSync(new URL('../../dist/cli.js', import.meta.url))) throw new Error('run npm run build first')
  })

  test('prints its version, explains a rule, audits, and exits with the code', () => {
    expect(bin('.', '--version').stdout).toBe(`${version}\n`)
    expect(bin('.', 'explain', 'weak-acks', '-f', 'json')).toMatchObject({ status: 0, stderr: '' })
    const cwd = folderWith({
      'worker.py': 'from kafka import KafkaConsumer\nc = KafkaConsumer("t", group_id="g")\nfor m in c: pass\n',
    })
    const audited = bin(cwd, '-f', 'concise', '--fail-on', 'warning', '--assume', 'kafka-python=2.0.2')
    expect(audited.stdout).toMatch(/^worker\.py:2:5: warning\[auto-commit\] /m)
    expect(audited).toMatchObject({ status: 1, stderr: '' })
    expect(bin(cwd, 'no-such-folder')).toMatchObject({ status: 2, stdout: '' })
  })

  test('a report larger than a pipe arrives whole at a slow reader', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `p${i}/consumer.properties`,
        'bootstrap.servers=a:9092\ngroup.id=g\nauto.offset.reset=latest\n',
      ]),
    )
    const cwd = folderWith(files)
    const whole = (await run(cwd, ['-f', 'json'])).out
    expect(whole.length).toBeGreaterThan(200_000)
    const piped = shell(cwd, '"$NODE" "$BIN" -f json | { sleep 0.5; cat; }')
    expect(piped.stdout).toBe(whole)
  })

  test('a pipe closed early is quiet', () => {
    const cwd = folderWith({ 'consumer.properties': 'bootstrap.servers=a:9092\ngroup.id=g\n' })
    const cut = shell(cwd, '"$NODE" "$BIN" schema report | head -n 1; "$NODE" "$BIN" --clients | true')
    expect(cut.stdout).toBe('{\n')
    expect(cut.stderr).toBe('')
  })
})
