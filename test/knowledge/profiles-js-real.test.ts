import { mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { compareKafkajs } from '../profiles/js/js-compare.ts'

// further releases, and the other package: node test/profiles/js/check.mjs
it('the profile of kafkajs says what the installed package does', { timeout: 60_000 }, () => {
  const folder = dirname(dirname(fileURLToPath(import.meta.resolve('kafkajs'))))
  const installed = folder.endsWith('kafkajs') ? folder : join(folder, 'kafkajs')
  const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const cache = join(import.meta.dirname, '../../.cache/profiles/js')
  mkdirSync(cache, { recursive: true })
  const { facts, disagreements } = compareKafkajs(cache, join(import.meta.dirname, '../profiles/js'), version, installed)
  expect(disagreements).toEqual([])
  expect(facts).toBeGreaterThan(200)
})
