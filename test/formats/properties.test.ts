// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProperties } from '../../src/formats/properties.ts'
import { at, cpuSeconds, keys, mapping, plain, scalar, sourceOf } from './tree.ts'

function values(text: string): unknown {
  return plain(parseProperties(text).documents[0])
}

describe('parseProperties', () => {
  it('separates by =, : and white space', () => {
    expect(values('acks=all\nretries : 3\nlinger.ms 5\nempty\nempty2=\n')).toEqual({
      acks: 'all',
      retries: '3',
      'linger.ms': '5',
      empty: '',
      empty2: '',
    })
  })

  it('has comments only at the start of a line', () => {
    const parsed = parseProperties('# one\n  ! two\nacks=1 # x\nurl=http://a/#b\n')
    expect(plain(parsed.documents[0])).toEqual({ acks: '1 # x', url: 'http://a/#b' })
    expect(parsed.comments.map((comment) => comment.text)).toEqual(['one', 'two'])
  })

  it('joins continued lines and keeps the span over them', () => {
    const text = 'bootstrap.servers=a:1,\\\n    b:2,\\\r\n  c:3\ngroup\\\n .id=g\nx=1'
    const parsed = parseProperties(text)
    expect(plain(parsed.documents[0])).toEqual({ 'bootstrap.servers': 'a:1,b:2,c:3', 'group.id': 'g', x: '1' })
    expect(sourceOf(text, at(parsed, 'bootstrap.servers'))).toBe('a:1,\\\n    b:2,\\\r\n  c:3')
  })

  it('treats an even number of backslashes as escapes, not as a continuation', () => {
    expect(values('a=x\\\\\nb=y')).toEqual({ a: 'x\\', b: 'y' })
  })

  it('does not continue comments, and ends a continuation at a blank line', () => {
    expect(values('# note \\\na=1\nb=2\\\n\nc=3')).toEqual({ a: '1', b: '2', c: '3' })
  })

  it('decodes escapes', () => {
    expect(values('a\\=b\\:c\\ d=\\u00e9\\t\\n\\q\\\\')).toEqual({ 'a=b:c d': 'é\t\nq\\' })
  })

  it('reports a malformed \\u escape and goes on', () => {
    const text = 'dir=C:\\users\nacks=all'
    const parsed = parseProperties(text)
    expect(plain(parsed.documents[0])).toEqual({ dir: 'C:\\users', acks: 'all' })
    expect(parsed.problems.map((problem) => problem.span.start)).toEqual([text.indexOf('\\u')])
  })

  it('keeps trailing white space but not the line end', () => {
    const text = 'acks=all  \r\nx=1\r'
    expect(values(text)).toEqual({ acks: 'all  ', x: '1' })
  })

  it('does not take a byte order mark into the first key', () => {
    const text = '\ufeffacks=all'
    const entry = mapping(parseProperties(text).documents[0]).entries[0]
    expect(entry?.key).toBe('acks')
    expect(entry?.keySpan).toEqual({ start: 1, end: 5 })
  })

  it('keeps duplicates in order', () => {
    expect(keys(parseProperties('a=1\nb=2\na=3').documents[0])).toEqual(['a', 'b', 'a'])
  })

  it('gives no document for an empty file', () => {
    expect(parseProperties('').documents).toEqual([])
    expect(parseProperties('\n# only a comment').documents).toEqual([])
  })

  it('marks template values, and the mapping open under template control', () => {
    const text = 'acks={{ .Values.acks }}\nversion=@project.version@\n{{- if .Values.x }}\nretries=0\n{{- end }}\nurl=${env:X}\n'
    const parsed = parseProperties(text)
    expect(at(parsed, 'acks')).toMatchObject({ value: '{{ .Values.acks }}', templated: true })
    expect(at(parsed, 'version')).toMatchObject({ value: '@project.version@', templated: true })
    expect(scalar(at(parsed, 'url')).templated).toBeUndefined()
    expect(mapping(parsed.documents[0]).open).toBe(true)
    expect(mapping(parsed.documents[0]).entries.map((entry) => entry.conditional ?? false)).toEqual([false, false, true, false])
  })

  it('reads a million lines in a few seconds', () => {
    const text = 'some.key.name=some value that is plain\n'.repeat(1_000_000)
    const spent = cpuSeconds(() => expect(mapping(parseProperties(text).documents[0]).entries).toHaveLength(1_000_000))
    expect(spent).toBeLessThan(10)
  })

  it('yields values that are their own source where nothing is escaped, in ascending order', () => {
    const word = fc.stringMatching(/^[^\s\\=:#!@{}<%][^\s\\=:{}<%@]*$/)
    const value = fc.stringMatching(/^([^\s\\=:{}<%@][^\r\n\\{}<%@]*)?$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, value)), (pairs) => {
        const text = pairs.map(([key, content]) => `${key} = ${content}\n`).join('')
        const parsed = parseProperties(text)
        const entries = parsed.documents.length === 0 ? [] : mapping(parsed.documents[0]).entries
        expect(entries.map((entry) => [entry.key, scalar(entry.value).value])).toEqual(pairs)
        expect(entries.map((entry) => sourceOf(text, entry.value))).toEqual(pairs.map(([, content]) => content))
        const starts = entries.map((entry) => entry.span.start)
        expect(starts).toEqual([...starts].sort((a, b) => a - b))
      }),
      { numRuns: 200 },
    )
  })
})
