import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { audit, listFiles } from '../src/audit.ts'
import { folderWith } from './cli/run.ts'

const root = fileURLToPath(new URL('../examples/shop', import.meta.url))

test('the programmatic entry audits a folder with every rule', async () => {
  const report = await audit({ root })
  expect(report.complete).toBe(true)
  expect(report.clients.length).toBeGreaterThan(5)
  expect(report.findings.map((finding) => finding.rule)).toContain('weak-acks')
  expect(report.findings.every((finding) => !finding.location?.path.startsWith('/'))).toBe(true)
})

test('paths narrow it, rules can be given, and nothing is left for a folder without clients', async () => {
  const one = await audit({ root, paths: [`${root}/orders`], rules: [] })
  expect(new Set(one.clients.map((client) => client.location.path.split('/')[0]))).toEqual(new Set(['orders']))
  expect(one.findings).toEqual([])
  const nothing = await audit({ root: folderWith({ 'a.txt': 'kafka' }) })
  expect(nothing).toMatchObject({ complete: true, clients: [], findings: [], notEvaluated: [], skipped: [] })
})

test('what would be read can be listed without reading it', async () => {
  const files = await listFiles({ root, exclude: ['orders/'] })
  expect(files).toContain('payments/consumer.py')
  expect(files.filter((path) => path.startsWith('orders/'))).toEqual([])
})
