import { describe, expect, it } from 'vitest'
import { parseEmbedded } from '../../src/formats/embedded.ts'
import { parseIni } from '../../src/formats/ini.ts'
import { at, keys, mapping, plain, scalar, sourceOf } from './tree.ts'

describe('parseIni', () => {
  it('reads sections and keys before them', () => {
    expect(plain(parseIni('top = 1\n[kafka]\nacks=all\nretries : 3\n[empty]\n').documents[0])).toEqual({
      top: '1',
      kafka: { acks: 'all', retries: '3' },
      empty: {},
    })
  })

  it('takes # and ; comments on their own lines only', () => {
    const parsed = parseIni('[a]\n; one\n# two\nx = 1 ; not a comment\n')
    expect(plain(parsed.documents[0])).toEqual({ a: { x: '1 ; not a comment' } })
    expect(parsed.comments.map((comment) => comment.text)).toEqual(['one', 'two'])
  })

  it('joins lines indented deeper, with their places in the file', () => {
    const text = '[options]\ninstall_requires =\n    kafka-python==2.0.2\n    redis>=4\n\n    six\nname = x\n'
    const parsed = parseIni(text)
    const value = scalar(at(parsed, 'options', 'install_requires'))
    expect(value.value).toBe('\nkafka-python==2.0.2\nredis>=4\n\nsix')
    const inner = parseEmbedded(value, 'properties')
    expect(sourceOf(text, at(inner, 'redis>'))).toBe('4')
    expect(plain(at(parsed, 'options', 'name'))).toBe('x')
  })

  it('marks interpolation, and leaves keys without a value null', () => {
    const parsed = parseIni('[a]\nurl = %(host)s:9092\npercent = 50%\nskip-networking\n')
    expect(at(parsed, 'a', 'url')).toMatchObject({ value: '%(host)s:9092', templated: true })
    expect(scalar(at(parsed, 'a', 'percent')).templated).toBeUndefined()
    expect(plain(at(parsed, 'a', 'skip-networking'))).toBeNull()
  })

  it('keeps repeated sections and keys apart', () => {
    const parsed = parseIni('[a]\nx=1\n[b]\n[a]\nx=2\nx=3\r\n')
    expect(keys(parsed.documents[0])).toEqual(['a', 'b', 'a'])
    expect(keys(mapping(parsed.documents[0]).entries[2]?.value)).toEqual(['x', 'x'])
  })
})
