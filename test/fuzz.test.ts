import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, '../scripts/fuzz.mjs')

test('no file is so broken that reading it throws or hangs', () => {
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, '--beginnings', '650', '--inputs', '1500', '--seed', '1'], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  expect(stdout).toMatch(/\d+ inputs from \d+ files, seed 1: 0 failed/)
  expect(status).toBe(0)
}, 150_000)
