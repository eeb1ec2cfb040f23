import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { QUICK } from '../profiles/python/libraries.ts'
import { check } from '../profiles/python/run.ts'

const cache = join(import.meta.dirname, '../../.cache/profiles')
const probe = join(import.meta.dirname, '../profiles/python/probe.py')
mkdirSync(cache, { recursive: true })

const skip = spawnSync('python3', ['--version']).status !== 0 && !process.env.CI
if (skip) console.log('profiles of the Python clients are not held against the real libraries: python3 is not installed')

// the whole list of versions: node test/profiles/check.mjs --all
it.skipIf(skip).each(QUICK.map((installed) => [`${installed.library} ${installed.version}`, installed] as const))(
  'the profile says what %s does',
  { timeout: 300_000 },
  async (_name, installed) => {
    for (const result of await check(installed, cache, probe)) {
      if ('reason' in result) {
        // without a network there is nothing to compare with; only CI may not go without
        if (process.env.CI) throw new Error(result.reason)
        console.log(`${result.library} ${result.version} was not asked: ${result.reason}`)
        continue
      }
      expect(result.disagreements).toEqual([])
      expect(result.facts).toBeGreaterThan(100)
    }
  },
)
