// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { describe, expect, it } from 'vitest'
import { parseEnv } from '../../src/formats/env.ts'
import { at, plain, sourceOf } from './tree.ts'

function values(text: string): unknown {
  return plain(parseEnv(text).documents[0])
}

describe('parseEnv', () => {
  it('reads bare, quoted and exported values', () => {
    expect(values('A=1\nexport B=\'x y\'\nC="a\\nb"\n D = spaced out \nE=\n')).toEqual({
      A: '1',
      B: 'x y',
      C: 'a\nb',
      D: 'spaced out',
      E: '',
    })
  })

  it('takes a comment only behind white space', () => {
    const parsed = parseEnv('# top\nA=1 # one\nB=a#b\nC="x # y" # z\nD= # none\n')
    expect(plain(parsed.documents[0])).toEqual({ A: '1', B: 'a#b', C: 'x # y', D: '' })
    expect(parsed.comments.map((comment) => comment.text)).toEqual(['top', 'one', 'z', 'none'])
  })

  it('reads quoted values over several lines', () => {
    const text = 'KEY="-----BEGIN\nabc\n-----END"\nNEXT=1\n'
    const parsed = parseEnv(text)
    expect(plain(parsed.documents[0])).toEqual({ KEY: '-----BEGIN\nabc\n-----END', NEXT: '1' })
    expect(sourceOf(text, at(parsed, 'KEY'))).toBe('"-----BEGIN\nabc\n-----END"')
  })

  it('takes an unclosed quote as part of a one-line value', () => {
    expect(values('A="abc\nB=1')).toEqual({ A: '"abc', B: '1' })
    expect(values("A=it's\nB=1")).toEqual({ A: "it's", B: '1' })
  })

  it('resolves references to variables defined above and marks the others', () => {
    const parsed = parseEnv(
      "HOST=kafka\nSERVERS=${HOST}:9092\nOTHER=${ELSEWHERE}:1\nBARE=$ELSEWHERE\nDEFAULT=${X:-y}\nRAW='${HOST}'\nLATE=${OTHER}\n",
    )
    expect(at(parsed, 'SERVERS')).toMatchObject({ value: 'kafka:9092' })
    expect(at(parsed, 'SERVERS')).not.toHaveProperty('templated')
    for (const [key, value] of [
      ['OTHER', '${ELSEWHERE}:1'],
      ['BARE', '$ELSEWHERE'],
      ['DEFAULT', '${X:-y}'],
      ['LATE', '${OTHER}'],
    ] as const) {
      expect(at(parsed, key)).toMatchObject({ value, templated: true })
    }
    expect(at(parsed, 'RAW')).toMatchObject({ value: '${HOST}' })
    expect(at(parsed, 'RAW')).not.toHaveProperty('templated')
  })

  it('leaves a bare name to the shell', () => {
    expect(at(parseEnv('TOKEN\n'), 'TOKEN')).toMatchObject({ value: null, templated: true })
  })

  it('reports lines that are no assignment', () => {
    const parsed = parseEnv('A=1\n<html> what\nB=2\r\n')
    expect(plain(parsed.documents[0])).toEqual({ A: '1', B: '2' })
    expect(parsed.problems).toHaveLength(1)
  })

  it('skips a byte order mark', () => {
    expect(values('\ufeffA=1')).toEqual({ A: '1' })
  })
})
