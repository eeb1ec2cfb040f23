// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { describe, expect, it } from 'vitest'
import { looksTemplated, maskTemplates } from '../../src/formats/template.ts'
import { parseYaml } from '../../src/formats/yaml.ts'
import { at, cpuSeconds, keys, mapping, plain, scalar, sequence } from './tree.ts'

describe('looksTemplated', () => {
  it('tells template constructs from other text', () => {
    for (const text of ['a: {{ .x }}', '{% if x %}', '<%= x %>', 'version: @project.version@'])
      expect(looksTemplated(text)).toBe(true)
    for (const text of ['a: ${X}', '{"a": {"b": 1}}', 'mail: me@example.org', 'a: 50%']) expect(looksTemplated(text)).toBe(false)
  })
})

describe('maskTemplates', () => {
  it('keeps every offset', () => {
    const text = '{{- if .a }}\nx: {{ .b | default "}}" }} # {{/* c */}}\n  {{ include "x" . }}\n{{- end }}\n{{ open'
    const masked = maskTemplates(text, 'bare')
    expect(masked?.text).toHaveLength(text.length)
    expect(masked?.text.indexOf('x:')).toBe(text.indexOf('x:'))
    expect(masked?.text.slice(0, 12)).toBe('\n'.repeat(12))
    expect(masked?.fills.map(({ start, end }) => text.slice(start, end))).toEqual(['{{ .b | default "}}" }}', '{{/* c */}}'])
  })

  it('is linear in unclosed constructs', () => {
    const units = ['{{', '{{ "', '{{ "}}', '{%', '{{/*', '<%', '@a', '{{ `']
    const spent = cpuSeconds(() => {
      for (const unit of units) maskTemplates(unit.repeat(200_000), 'bare')
    })
    expect(spent).toBeLessThan(6)
  })
})

describe('parseYaml of templates', () => {
  it('restores the text of templated values, keys and comments', () => {
    const parsed = parseYaml('a: {{ .x }}-{{ .y }}\n"{{ .k }}": 1 # see {{ .z }}\n')
    expect(at(parsed, 'a')).toMatchObject({ value: '{{ .x }}-{{ .y }}', templated: true })
    expect(keys(parsed.documents[0])).toEqual(['a', '{{ .k }}'])
    expect(mapping(parsed.documents[0]).open).toBe(true)
    expect(parsed.comments[0]?.text).toBe('see {{ .z }}')
  })

  it('restores templates in folded and quoted scalars of several lines', () => {
    const parsed = parseYaml('a: >-\n  x {{ .y }}\n  {{ .z }} end\nb: "{{ .y }}\n  two\\n{{ .z }}"\n')
    expect(at(parsed, 'a')).toMatchObject({ value: 'x {{ .y }} {{ .z }} end', templated: true })
    expect(at(parsed, 'b')).toMatchObject({ value: '{{ .y }} two\n{{ .z }}', templated: true })
  })

  it('opens the mapping that directly holds a condition, and no other', () => {
    const parsed = parseYaml(
      'a:\n  b:\n    x: 1\n    {{- if .p }}\n    y: 2\n    {{- else }}\n    y: 3\n    {{- end }}\n  c: 1\n',
    )
    expect(mapping(at(parsed, 'a', 'b')).open).toBe(true)
    expect(mapping(at(parsed, 'a', 'b')).entries.map((entry) => entry.conditional ?? false)).toEqual([false, true, true])
    expect(mapping(at(parsed, 'a')).open).toBeUndefined()
    expect(mapping(parsed.documents[0]).open).toBeUndefined()
  })

  it('does not open what a condition holds entirely', () => {
    const parsed = parseYaml('{{- if .on }}\na:\n  b: 1\n{{- end }}\n')
    expect(mapping(parsed.documents[0]).open).toBeUndefined()
    expect(mapping(at(parsed, 'a')).open).toBeUndefined()
  })

  it('opens sequences in loops', () => {
    const parsed = parseYaml('env:\n  - name: A\n  {{- range .env }}\n  - name: {{ .name }}\n  {{- end }}\nx: 1\n')
    expect(sequence(at(parsed, 'env')).open).toBe(true)
    expect(mapping(parsed.documents[0]).open).toBeUndefined()
  })

  it('gives inserted lines to the collection of their indentation', () => {
    const parsed = parseYaml(
      'metadata:\n  labels:\n    {{- include "labels" . | nindent 4 }}\n  name: x\nspec:\n  a: 1\n{{ toYaml .Values.s | indent 2 }}\n  b:\n    c: 1\n  {{- with .q }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n',
    )
    expect(at(parsed, 'metadata', 'labels')).toMatchObject({ kind: 'mapping', entries: [], open: true })
    expect(mapping(at(parsed, 'metadata')).open).toBeUndefined()
    expect(mapping(at(parsed, 'spec')).open).toBe(true)
    expect(mapping(at(parsed, 'spec', 'b')).open).toBeUndefined()
    expect(mapping(parsed.documents[0]).open).toBeUndefined()
  })

  it('reads a file that only includes another as an open mapping', () => {
    expect(parseYaml('{{ include "common.deployment" . }}\n').documents).toMatchObject([{ kind: 'mapping', open: true }])
    expect(parseYaml('{{/* nothing */}}\n').documents).toEqual([])
  })

  it('reads Jinja and Maven constructs', () => {
    const parsed = parseYaml(
      '{% set a = 1 %}\nhosts: {{ hosts | join(",") }}\n{% for x in y %}\n{{ x }}: 1\n{% endfor %}\nversion: @project.version@\n{# note #}\n',
    )
    expect(parsed.problems).toEqual([])
    expect(scalar(at(parsed, 'hosts')).templated).toBe(true)
    expect(mapping(parsed.documents[0]).open).toBe(true)
    expect(at(parsed, 'version')).toMatchObject({ value: '@project.version@', templated: true })
  })

  it('marks a value that is inserted as a block', () => {
    const parsed = parseYaml('data:\n  a.properties: |-\n    {{ .Files.Get "a" | indent 4 }}\n  b: 1\n')
    expect(scalar(at(parsed, 'data', 'a.properties')).templated).toBe(true)
    expect(plain(at(parsed, 'data', 'b'))).toBe(1)
  })

  it('leaves ordinary values of a templated file as they are', () => {
    const parsed = parseYaml('{{- $x := 1 }}\na: 1\nb: "two"\n')
    expect(plain(parsed.documents[0])).toEqual({ a: 1, b: 'two' })
    expect(mapping(parsed.documents[0]).open).toBeUndefined()
  })
})
