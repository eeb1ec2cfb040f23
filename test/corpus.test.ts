import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULES } from '../rules/index.ts'
import { audit } from '../src/audit.ts'

const ROOT = join(import.meta.dirname, 'corpus')

/** The corpus: by language and shape, one project that has the mistake and one, as like it as can be, that has not. */
const SHAPES = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: language }) => readdirSync(join(ROOT, language)).map((shape) => [language, shape] as const))

/** What the comments of a project's files expect: `# expect: rule` on the line of the report. */
function expectedIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const lines = readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n')
      return lines.flatMap((line, i) => {
        const rules = /(?:#|\/\/) expect: ([\w, -]+)/.exec(line)?.[1]?.split(',') ?? []
        return rules.map((rule) => `${entry.name}:${i + 1} ${rule.trim()}`)
      })
    })
    .sort()
}

async function reported(folder: string): Promise<string[]> {
  const report = await audit({ root: folder, rules: RULES, now: new Date('2026-01-01T00:00:00Z') })
  return report.findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ location, rule }) => `${location?.path.split('/').at(-1)}:${location?.line} ${rule}`)
    .sort()
}

describe.each(SHAPES)('%s: %s', (language, shape) => {
  it('is reported where it is wrong, and nothing else is', async () => {
    const folder = join(ROOT, language, shape, 'bad')
    const expected = expectedIn(folder)
    expect(expected.length).toBeGreaterThan(0)
    expect(await reported(folder)).toEqual(expected)
  })

  it('is not reported where it is right', async () => {
    expect(await reported(join(ROOT, language, shape, 'good'))).toEqual([])
  })
})
