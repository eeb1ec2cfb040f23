import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '../rules/index.ts'
import { audit } from '../src/audit.ts'
import type { ReportFinding } from '../src/engine/report.ts'
import { NEEDS, SEVERITIES } from '../src/rule/finding.ts'
import type { Example, Rule, Staged } from '../src/rule/rule.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const NOW = new Date('2026-01-01T00:00:00Z')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semcheck-catalogue-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function filesOf(path: string, ending: string): string[] {
  return readdirSync(join(PROJECT, path))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .sort()
}

async function auditExample(name: string, example: Example, staged?: Staged) {
  const root = join(folder, name)
  for (const [path, text] of Object.entries(example)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return audit({ root, now: NOW, ...(staged ? { cluster: staged.cluster } : {}) })
}

/** What another rule merely advises is no fault of an example. */
function isAdvice({ rule, severity }: ReportFinding, { id }: Rule): boolean {
  return severity === 'info' && rule !== id
}

describe('the catalogue', () => {
  const ids = RULES.map((rule) => rule.id)

  it('lists every rule file once, under its own name', () => {
    const files = filesOf('rules', '.ts').filter((name) => name !== 'index')
    expect([...ids].sort()).toEqual(files)
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  })

  it('tests every rule, and no rule that is not there', () => {
    expect(filesOf('test/rules', '.test.ts')).toEqual([...ids].sort())
  })

  it('is documented as it is', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(PROJECT, 'scripts/docs.mjs'), '--check'], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})

describe.each(RULES)('$id', (rule) => {
  it('is described in sentences, and its summary is one line', () => {
    expect(rule.summary).not.toMatch(/[.\n]$|\n/)
    expect(rule.summary.charAt(0)).toBe(rule.summary.charAt(0).toLowerCase())
    for (const text of [rule.why, rule.fix, rule.ignoreWhen]) expect(text).toMatch(/\.$/)
    expect(rule.references.length).toBeGreaterThan(0)
    for (const reference of rule.references) expect(reference).toMatch(/^https:\/\/|^KIP-\d+: /)
    expect(rule.severities.length).toBeGreaterThan(0)
    for (const severity of rule.severities) expect(SEVERITIES).toContain(severity)
    for (const need of rule.needs) expect(NEEDS).toContain(need)
  })

  it('reports its bad example, and nothing else does', async () => {
    const report = await auditExample(`${rule.id}/bad`, rule.examples.bad, rule.examples.cluster?.bad)
    expect(report.complete).toBe(true)
    const reported = report.findings.filter((finding) => finding.status === 'reported' && !isAdvice(finding, rule))
    expect(new Set(reported.map((finding) => finding.rule))).toEqual(new Set([rule.id]))
    for (const finding of reported) {
      expect(rule.severities).toContain(finding.severity)
      // what only the cluster says stands in no file
      if (finding.location !== null || !rule.examples.cluster)
        expect(Object.keys(rule.examples.bad)).toContain(finding.location?.path)
      for (const text of [finding.why, finding.fix]) expect(text).toMatch(/[.!?]$/)
    }
  })

  it('is silent on its good example, and so is every other rule', async () => {
    const report = await auditExample(`${rule.id}/good`, rule.examples.good, rule.examples.cluster?.good)
    expect(report.complete).toBe(true)
    expect(report.findings.filter((finding) => finding.status === 'reported' && !isAdvice(finding, rule))).toEqual([])
    expect(report.summary.clients.consumer + report.summary.clients.producer + report.summary.keyWrites).toBeGreaterThan(0)
  })
})
