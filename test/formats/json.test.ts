import { describe, expect, it } from 'vitest'
import { parseEmbedded } from '../../src/formats/embedded.ts'
import { parseJson } from '../../src/formats/json.ts'
import { allSpans, at, keys, mapping, plain, scalar, sourceOf } from './tree.ts'

describe('parseJson', () => {
  it('reads values with their types and spans', () => {
    const text = '{"name": "sink", "config": {"tasks.max": 2, "ok": true, "none": null, "list": ["a", 1.5]}}'
    const parsed = parseJson(text)
    expect(plain(parsed.documents[0])).toEqual(JSON.parse(text))
    expect(sourceOf(text, at(parsed, 'name'))).toBe('"sink"')
    expect(sourceOf(text, at(parsed, 'config', 'list'))).toBe('["a", 1.5]')
    const entry = mapping(at(parsed, 'config')).entries[0]
    expect(text.slice(entry?.span.start, entry?.span.end)).toBe('"tasks.max": 2')
  })

  it('accepts comments, trailing commas and a byte order mark', () => {
    const parsed = parseJson('\ufeff// head\n{"a": [1, 2,], /* mid */ "b": 3,}\n')
    expect(plain(parsed.documents[0])).toEqual({ a: [1, 2], b: 3 })
    expect(parsed.comments.map((comment) => comment.text)).toEqual(['head', 'mid'])
    expect(parsed.problems).toEqual([])
  })

  it('keeps what stands around syntax errors', () => {
    const parsed = parseJson('{"a": 1, "b": , "c": 3, "d": {"e": 4')
    expect(at(parsed, 'a')).toMatchObject({ value: 1 })
    expect(at(parsed, 'd', 'e')).toMatchObject({ value: 4 })
    expect(parsed.problems.length).toBeGreaterThan(0)
  })

  it('ends an unfinished comment with the text', () => {
    expect(parseJson('/*').comments).toEqual([{ text: '', span: { start: 0, end: 2 } }])
    const text = '{"a": /*'
    for (const { end } of allSpans(parseJson(text))) expect(end).toBeLessThanOrEqual(text.length)
  })

  it('keeps duplicate keys', () => {
    expect(keys(parseJson('{"a": 1, "a": 2}').documents[0])).toEqual(['a', 'a'])
  })

  it('refuses deep nesting with one problem', () => {
    for (const text of ['['.repeat(100_000), '{"a":'.repeat(100_000), '[}'.repeat(100_000)]) {
      const parsed = parseJson(text)
      expect(parsed.documents).toEqual([])
      expect(parsed.problems).toHaveLength(1)
    }
  })

  it('is not misled by brackets in strings', () => {
    expect(plain(at(parseJson(JSON.stringify({ a: '['.repeat(2000) })), 'a'))).toBe('['.repeat(2000))
  })

  it('reads template placeholders as values', () => {
    const text =
      '{"tasks.max": {{ .Values.tasks }}, "topics": "{{ .Values.topics }}",\n{{- if .Values.x }}\n"acks": "1",\n{{- end }}\n"z": 1}'
    const parsed = parseJson(text)
    expect(at(parsed, 'tasks.max')).toMatchObject({ value: '{{ .Values.tasks }}', templated: true })
    expect(at(parsed, 'topics')).toMatchObject({ value: '{{ .Values.topics }}', templated: true })
    expect(mapping(parsed.documents[0]).open).toBe(true)
    expect(at(parsed, 'z')).toMatchObject({ value: 1 })
  })

  it('maps a document embedded in an escaped string', () => {
    const text = '{"file": "a=1\\nenable.auto.commit=\\u0074rue\\nz=2"}'
    const inner = parseEmbedded(scalar(at(parseJson(text), 'file')), 'properties')
    expect(plain(inner.documents[0])).toEqual({ a: '1', 'enable.auto.commit': 'true', z: '2' })
    expect(sourceOf(text, at(inner, 'enable.auto.commit'))).toBe('\\u0074rue')
    expect(sourceOf(text, at(inner, 'z'))).toBe('2')
  })
})
