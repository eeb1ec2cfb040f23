import { describe, expect, it } from 'vitest'
import { parseEmbedded } from '../../src/formats/embedded.ts'
import { parseYaml } from '../../src/formats/yaml.ts'
import { at, mapping, plain, scalar, sourceOf } from './tree.ts'

describe('parseEmbedded', () => {
  it('maps properties in a literal block back to the file', () => {
    const text = 'data:\n  application.properties: |\n    # note\n    acks=all\n\n    list=a,\\\n      b\n  next: 1\n'
    const inner = parseEmbedded(scalar(at(parseYaml(text), 'data', 'application.properties')), 'properties')
    expect(plain(inner.documents[0])).toEqual({ acks: 'all', list: 'a,b' })
    const entry = mapping(inner.documents[0]).entries[0]
    expect(text.slice(entry?.span.start, entry?.span.end)).toBe('acks=all')
    expect(sourceOf(text, at(inner, 'list'))).toBe('a,\\\n      b')
    expect(inner.comments.map(({ span }) => text.slice(span.start, span.end))).toEqual(['# note'])
  })

  it('maps YAML in YAML, CRLF line ends, indentation indicators and chomping', () => {
    const text = 'data:\r\n  application.yml: |2-\r\n      a:\r\n        b: 1\r\n      c: [x,\r\n       y]\r\n'
    const inner = parseEmbedded(scalar(at(parseYaml(text), 'data', 'application.yml')), 'yaml')
    expect(plain(inner.documents[0])).toEqual({ a: { b: 1 }, c: ['x', 'y'] })
    expect(sourceOf(text, at(inner, 'a', 'b'))).toBe('1')
    expect(sourceOf(text, at(inner, 'c', 1))).toBe('y')
  })

  it('maps documents two levels deep', () => {
    const text = 'a: |\n  b: |\n    acks=1\n    retries=0\n'
    const middle = parseEmbedded(scalar(at(parseYaml(text), 'a')), 'yaml')
    const inner = parseEmbedded(scalar(at(middle, 'b')), 'properties')
    expect(sourceOf(text, at(inner, 'retries'))).toBe('0')
  })

  it('maps JSON in folded and double-quoted scalars', () => {
    const text = 'a: >-\n  {"acks": "all",\n  "retries": 3}\nb: "{\\"acks\\": \\"1\\",\\n\\"x\\": 22}"\nc: \'{"d": 4}\'\n'
    const parsed = parseYaml(text)
    expect(sourceOf(text, at(parseEmbedded(scalar(at(parsed, 'a')), 'json'), 'retries'))).toBe('3')
    expect(sourceOf(text, at(parseEmbedded(scalar(at(parsed, 'b')), 'json'), 'x'))).toBe('22')
    expect(sourceOf(text, at(parseEmbedded(scalar(at(parsed, 'c')), 'json'), 'd'))).toBe('4')
  })

  it('reads templates inside the block as templates', () => {
    const text = `data:
  application.properties: |
    {{- if .Values.fast }}
    acks=1
    {{- end }}
    enable.auto.commit={{ .Values.commit }}
    retries=3
`
    const outer = scalar(at(parseYaml(text), 'data', 'application.properties'))
    expect(outer.templated).toBe(true)
    const inner = parseEmbedded(outer, 'properties')
    const root = mapping(inner.documents[0])
    expect(root.open).toBe(true)
    expect(root.entries.map((entry) => [entry.key, entry.conditional ?? false])).toEqual([
      ['acks', true],
      ['enable.auto.commit', false],
      ['retries', false],
    ])
    expect(sourceOf(text, at(inner, 'acks'))).toBe('1')
    expect(at(inner, 'enable.auto.commit')).toMatchObject({ templated: true })
    expect(sourceOf(text, at(inner, 'enable.auto.commit'))).toBe('{{ .Values.commit }}')
  })

  it('gives nothing for a scalar that is no text', () => {
    expect(parseEmbedded({ kind: 'scalar', value: 3, span: { start: 0, end: 1 } }, 'yaml').documents).toEqual([])
  })
})
