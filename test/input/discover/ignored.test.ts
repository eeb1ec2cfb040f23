import fc from 'fast-check'
import ignore from 'ignore'
import { expect, test } from 'vitest'
import { compilePatterns, type IgnoreRules, isIgnored } from '../../../src/input/discover/ignored.ts'

const level = (texts: string[], strip = 0, parent?: IgnoreRules, prefix = ''): IgnoreRules => ({
  strip,
  prefix,
  patterns: compilePatterns(texts),
  parent,
})
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

test.each([
  ['*.log', 'a/b.log', false, true],
  ['logs', 'a/logs', true, true],
  ['logs/', 'a/logs', false, false],
  ['/logs', 'a/logs', true, false],
  ['a/logs', 'a/logs', true, true],
  ['a/**/c', 'a/x/y/c', true, true],
  ['*.py[cod]', 'x.pyc', false, true],
  ['Logs', 'logs', true, false],
  ['# logs', 'logs', true, false],
  ['\\#logs', '#logs', true, true],
  ['*\n!keep', 'keep', true, false],
  ['!keep\n*', 'keep', true, true],
])('%j on %s', (text, path, isFolder, expected) => {
  expect(isIgnored(level([text]), path, nameOf(path), isFolder)).toBe(expected)
})

test('the nearest ignore file decides, and later ones in a folder win', () => {
  const root = level(['*.env\nout'])
  const nested = level(['!prod.env'], 'app/'.length, root)
  expect(isIgnored(nested, 'app/prod.env', 'prod.env', false)).toBe(false)
  expect(isIgnored(nested, 'app/dev.env', 'dev.env', false)).toBe(true)
  expect(isIgnored(root, 'prod.env', 'prod.env', false)).toBe(true)
  expect(isIgnored(level(['a', '!a']), 'a', 'a', false)).toBe(false)
})

test('a folder above the root sees the path from where it stands', () => {
  const above = level(['services/app/local\n/local'], 0, undefined, 'services/app/')
  expect(isIgnored(above, 'local', 'local', true)).toBe(true)
  expect(isIgnored(above, 'x/local', 'local', true)).toBe(false)
})

test('the gate in front of the patterns changes no answer', () => {
  const segment = fc.constantFrom('a', 'b', 'build', '.env', 'x.py', 'y.log', 'A', 'a b')
  const pattern = fc
    .tuple(
      fc.constantFrom('', '!', '/', '**/', '#', '\\', '!/'),
      fc.array(fc.constantFrom('a', 'b', 'build', '*.py', '*', '**', '?', '[ab]', '.env*', 'a b', '.*'), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constantFrom('', '/', ' ', '\\ ', '/**'),
    )
    .map(([start, parts, end]) => start + parts.join('/') + end)
  fc.assert(
    fc.property(
      fc.array(pattern, { maxLength: 5 }),
      fc.array(segment, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (patterns, segments, isFolder) => {
        const text = patterns.join('\n')
        const reference = ignore({ ignorecase: false }).add(text)
        const rules = level([text])
        // folders are asked from the top, and what stands below an ignored one never is
        for (let i = 1; i <= segments.length; i++) {
          const path = segments.slice(0, i).join('/')
          const folder = i < segments.length || isFolder
          const expected = reference.ignores(folder ? `${path}/` : path)
          expect(isIgnored(rules, path, nameOf(path), folder)).toBe(expected)
          if (expected) return
        }
      },
    ),
    { numRuns: 1500 },
  )
})
