import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { audit } from '../src/audit.ts'
import { KNOWN_GAPS } from './known-gaps.ts'

/**
 * Small projects in pairs: `err/<language>/<shape>` has in comments what must be reported, and where; its twin in `ok` must stay silent.
 * A comment `expect: rule, rule` speaks of its own line, `expect-next:` of the next one, where a line cannot end in a comment.
 */
const CORPUS = join(import.meta.dirname, 'corpus')
const EXPECT = /(?:#|\/\/)\s*expect(?<next>-next)?:\s*(?<rules>[\w-]+(?:\s*,\s*[\w-]+)*)/g

const foldersIn = (folder: string) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const shapesIn = (half: 'err' | 'ok') =>
  foldersIn(join(CORPUS, half)).flatMap((language) =>
    foldersIn(join(CORPUS, half, language)).map((name) => `${language}/${name}`),
  )

function filesIn(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((path) => statSync(join(folder, path)).isFile()).sort()
}

/** `path:line rule` of every comment of a project that asks for a finding. */
function expectedIn(folder: string): readonly string[] {
  return filesIn(folder).flatMap((path) =>
    readFileSync(join(folder, path), 'utf8')
      .split('\n')
      .flatMap((text, i) =>
        [...text.matchAll(EXPECT)].flatMap(({ groups }) =>
          (groups?.rules ?? '').split(/\s*,\s*/).map((rule) => `${path}:${i + (groups?.next ? 2 : 1)} ${rule}`),
        ),
      ),
  )
}

/** `path:line rule` of every error and warning; advice is not what a pair is about. */
async function foundIn(root: string): Promise<readonly string[]> {
  const { findings, failures } = await audit({ root, now: new Date('2026-01-01T00:00:00Z') })
  expect(failures).toEqual([])
  const told = findings.filter(({ severity }) => severity !== 'info')
  return [...new Set(told.map(({ location, rule }) => `${location?.path}:${location?.line} ${rule}`))]
}

/** What is asked for, with the known gaps turned round. */
function withGaps(shape: string, expected: readonly string[]): readonly string[] {
  const gaps = KNOWN_GAPS.filter(({ at }) => at.startsWith(`${shape}/`)).map(({ at }) => at.slice(shape.length + 1))
  return [...expected.filter((one) => !gaps.includes(one)), ...gaps.filter((one) => !expected.includes(one))].sort()
}

describe('the corpus', () => {
  test('is in pairs, one of which asks for something', () => {
    expect(shapesIn('err')).toEqual(shapesIn('ok'))
    expect(shapesIn('err').length).toBeGreaterThan(0)
    expect(shapesIn('err').filter((shape) => expectedIn(join(CORPUS, 'err', shape)).length === 0)).toEqual([])
    expect(shapesIn('ok').filter((shape) => expectedIn(join(CORPUS, 'ok', shape)).length > 0)).toEqual([])
  })

  test('has every known gap', () => {
    const shapes = [...shapesIn('err').map((shape) => `err/${shape}/`), ...shapesIn('ok').map((shape) => `ok/${shape}/`)]
    expect(KNOWN_GAPS.filter(({ at }) => !shapes.some((shape) => at.startsWith(shape)))).toEqual([])
  })

  test.each(shapesIn('err'))('err/%s is told', async (shape) => {
    const folder = join(CORPUS, 'err', shape)
    expect([...(await foundIn(folder))].sort()).toEqual(withGaps(`err/${shape}`, expectedIn(folder)))
  })

  test.each(shapesIn('ok'))('ok/%s is silent', async (shape) => {
    const folder = join(CORPUS, 'ok', shape)
    expect([...(await foundIn(folder))].sort()).toEqual(withGaps(`ok/${shape}`, []))
  })
})
