// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable that nobody resolved
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readGradleVersion, readMavenVersion } from '../../../src/input/project/maven-version.ts'
import { normaliseName, readPep440, readRequirement } from '../../../src/input/project/pep440.ts'
import { readNpmRange, readPoetryConstraint } from '../../../src/input/project/semver.ts'
import { isVersion, type Specifier } from '../../../src/input/project/specifier.ts'
import { includes } from '../../../src/model/version.ts'
import { cpuSeconds } from '../../formats/tree.ts'

const CANDIDATES = [
  '0.9.0',
  '1.0.0',
  '1.2.0',
  '1.2.3',
  '1.2.9',
  '1.3.0',
  '1.9.9',
  '2.0.0',
  '2.0.2',
  '2.1.0',
  '2.2.0',
  '3.0.0',
  '10.0.0',
]

/** The first and last candidate that a specifier allows, and their number: enough to tell ranges apart. */
function allowed({ versions }: Specifier): string {
  const all = CANDIDATES.filter((version) => versions.some((range) => includes(range, version)))
  return all.length === 0 ? 'none' : `${all[0]} … ${all.at(-1)} (${all.length})`
}

const ALL = '0.9.0 … 10.0.0 (13)'

describe('PEP 440', () => {
  test.each([
    ['==2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['===2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['== 2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['==2.0.2,>=2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['==1.2.*', 'range', '1.2.0 … 1.2.9 (3)'],
    ['!=1.2.*', 'range', '0.9.0 … 10.0.0 (10)'],
    ['~=1.2', 'range', '1.2.0 … 1.9.9 (5)'],
    ['~=1.2.3', 'range', '1.2.3 … 1.2.9 (2)'],
    ['>=1.2,<2', 'range', '1.2.0 … 1.9.9 (5)'],
    ['>=1.2, <2, !=1.3.0', 'range', '1.2.0 … 1.9.9 (4)'],
    ['>2.0.2', 'range', '2.1.0 … 10.0.0 (4)'],
    ['<=2.0.2', 'range', '0.9.0 … 2.0.2 (9)'],
    ['(>=2.0)', 'range', '2.0.0 … 10.0.0 (6)'],
    ['>3,<2', 'range', 'none'],
    ['', 'none', ALL],
    ['==${VERSION}', 'none', ALL],
    ['^2.0', 'none', ALL],
    ['>=2,nonsense', 'none', ALL],
  ])('%s', (text, strength, expected) => {
    const read = readPep440(text)
    expect([read.strength, allowed(read)]).toEqual([strength, expected])
  })

  test('a release with a suffix is still one version', () => {
    const { versions, version } = readPep440('==2.0.2.post1')
    expect(version).toBe('2.0.2.post1')
    expect(versions.some((range) => includes(range, '2.0.2'))).toBe(true)
    expect(versions.some((range) => includes(range, '2.0.3'))).toBe(false)
    expect(readPep440('==2.0.0rc1').versions.some((range) => includes(range, '2.0.0'))).toBe(false)
  })

  test.each([
    ['kafka-python==2.0.2', 'kafka-python', '==2.0.2'],
    ['Kafka_Python [crc32c] >=2 , <3 ; python_version < "3.12"', 'kafka-python', '>=2 , <3'],
    ['kafka.python==2.0.2 --hash=sha256:abc', 'kafka-python', '==2.0.2'],
    ['kafka-python  # the client', 'kafka-python', ''],
    ['kafka-python @ git+https://example.org/x@2.0.2', 'kafka-python', ''],
    ['kafka-python (>=1.4)', 'kafka-python', '(>=1.4)'],
  ])('requirement %s', (text, name, specifier) => {
    expect(readRequirement(text)).toMatchObject({ name, specifier })
  })

  test.each(['-e .', './local', 'https://example.org/a.whl', '[x]', '', 'a b c'])('%j is no requirement', (text) => {
    expect(readRequirement(text)).toBeUndefined()
  })

  test('names', () => {
    expect(['Kafka_Python', 'kafka.python', 'kafka--python', 'kafka-python'].map(normaliseName)).toEqual(
      Array(4).fill('kafka-python'),
    )
  })
})

describe('npm', () => {
  test.each([
    ['2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['v2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['=2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['^1.2.3', 'range', '1.2.3 … 1.9.9 (4)'],
    ['^0.9.0', 'range', '0.9.0 … 0.9.0 (1)'],
    ['~1.2.0', 'range', '1.2.0 … 1.2.9 (3)'],
    ['~1', 'range', '1.0.0 … 1.9.9 (6)'],
    ['1.x', 'range', '1.0.0 … 1.9.9 (6)'],
    ['1.2', 'range', '1.2.0 … 1.2.9 (3)'],
    ['2', 'range', '2.0.0 … 2.2.0 (4)'],
    ['>=1.2.3 <2.0.0', 'range', '1.2.3 … 1.9.9 (4)'],
    ['>= 1.2.3', 'range', '1.2.3 … 10.0.0 (10)'],
    ['>1', 'range', '2.0.0 … 10.0.0 (6)'],
    ['<=1.2', 'range', '0.9.0 … 1.2.9 (5)'],
    ['1.0 - 2.0', 'range', '1.0.0 … 2.0.2 (8)'],
    ['1.0.0 - 1.2.3', 'range', '1.0.0 … 1.2.3 (3)'],
    ['^1.2 || ^2.1', 'range', '1.2.0 … 2.2.0 (7)'],
    ['*', 'none', ALL],
    ['latest', 'none', ALL],
    ['workspace:^1.2.0', 'none', ALL],
    ['git+https://example.org/x.git#v1', 'none', ALL],
    ['file:../x', 'none', ALL],
    ['', 'none', ALL],
  ])('%s', (text, strength, expected) => {
    const read = readNpmRange(text)
    expect([read.strength, allowed(read)]).toEqual([strength, expected])
  })
})

describe('Poetry', () => {
  test.each([
    ['2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['==2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['2.0', 'pin', '2.0.0 … 2.0.0 (1)'],
    ['^2.0', 'range', '2.0.0 … 2.2.0 (4)'],
    ['^0.9', 'range', '0.9.0 … 0.9.0 (1)'],
    ['~1.2', 'range', '1.2.0 … 1.2.9 (3)'],
    ['1.*', 'range', '1.0.0 … 1.9.9 (6)'],
    ['>=1.2,<2.0', 'range', '1.2.0 … 1.9.9 (5)'],
    ['>=1.2, !=1.3.0, <2', 'range', '1.2.0 … 1.9.9 (4)'],
    ['~=1.2', 'range', '1.2.0 … 1.9.9 (5)'],
    ['^1.3|^2.1', 'range', '1.3.0 … 2.2.0 (4)'],
    ['*', 'none', ALL],
  ])('%s', (text, strength, expected) => {
    const read = readPoetryConstraint(text)
    expect([read.strength, allowed(read)]).toEqual([strength, expected])
  })
})

describe('Maven and Gradle', () => {
  test.each([
    ['2.0.2', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['2.0.2.Final', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['2.0.2.RELEASE', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['[1.2,2.0)', 'range', '1.2.0 … 1.9.9 (5)'],
    ['(1.2.0,2.0]', 'range', '1.2.3 … 2.0.0 (5)'],
    ['[2.0.2]', 'pin', '2.0.2 … 2.0.2 (1)'],
    ['(,1.2.0]', 'range', '0.9.0 … 1.2.0 (3)'],
    ['[1.2.0,1.2.3],[3.0,)', 'range', '1.2.0 … 10.0.0 (4)'],
    ['LATEST', 'none', ALL],
    ['${kafka.version}', 'none', ALL],
    ['', 'none', ALL],
  ])('%s', (text, strength, expected) => {
    const read = readMavenVersion(text)
    expect([read.strength, allowed(read)]).toEqual([strength, expected])
  })

  test.each([
    ['1.2.+', 'range', '1.2.0 … 1.2.9 (3)'],
    ['2.0.2!!', 'pin', '2.0.2 … 2.0.2 (1)'],
    [']1.2.0,2.0[', 'range', '1.2.3 … 1.9.9 (4)'],
    ['[1.2,2.0)', 'range', '1.2.0 … 1.9.9 (5)'],
    ['+', 'none', ALL],
    ['latest.release', 'none', ALL],
    ['$kafkaVersion', 'none', ALL],
  ])('%s', (text, strength, expected) => {
    const read = readGradleVersion(text)
    expect([read.strength, allowed(read)]).toEqual([strength, expected])
  })
})

test('no specifier makes a reader throw, nor the order of its ranges wrong', () => {
  const piece = fc.constantFrom(
    '^',
    '~',
    '~=',
    '>=',
    '<',
    '==',
    '!=',
    '*',
    '.x',
    '1',
    '2.0',
    '.3',
    ',',
    ' ',
    '||',
    ' - ',
    '[',
    ')',
    '+',
    '-rc1',
    'v',
    '\n',
  )
  const text = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.string({ maxLength: 40 }),
  )
  fc.assert(
    fc.property(text, (written) => {
      for (const read of [readPep440, readNpmRange, readPoetryConstraint, readMavenVersion, readGradleVersion]) {
        const { versions, strength, version } = read(written)
        expect(strength === 'pin').toBe(version !== undefined)
        if (version !== undefined) expect(versions.some((range) => includes(range, version))).toBe(true)
      }
    }),
    { numRuns: 1000 },
  )
})

describe('isVersion', () => {
  test.each(['1', 'v2.2.4', '2.0.0rc1', '3.4.0-1.el9', '2.0.dev1+local.1', '7.4.0-ccs', '1_0'])('takes %s', (text) => {
    expect(isVersion(text)).toBe(true)
  })
  test.each(['', 'v', 'latest', '1..2', '1.', '-1', '1 2', '^1', `1${'0'.repeat(99)}`])('does not take %j', (text) => {
    expect(isVersion(text)).toBe(false)
  })
  test('says so at once of a long word that is none', () => {
    expect(cpuSeconds(() => isVersion(`2${'ail.properties'.repeat(6)}=`))).toBeLessThan(1)
  })
})
