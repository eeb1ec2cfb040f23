// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { describe, expect, it } from 'vitest'
import { parseYaml } from '../../src/formats/yaml.ts'
import { at, child, cpuSeconds, keys, mapping, plain, scalar, sequence, sourceOf } from './tree.ts'

describe('parseYaml', () => {
  it('reads nested documents with exact spans', () => {
    const text = 'spring:\n  kafka:\n    consumer:\n      enable-auto-commit: true # c\n      topics: [a, "b"]\n    x:\n'
    const parsed = parseYaml(text)
    expect(plain(parsed.documents[0])).toEqual({
      spring: { kafka: { consumer: { 'enable-auto-commit': true, topics: ['a', 'b'] }, x: null } },
    })
    const entry = mapping(at(parsed, 'spring', 'kafka', 'consumer')).entries[0]
    expect(text.slice(entry?.span.start, entry?.span.end)).toBe('enable-auto-commit: true')
    expect(sourceOf(text, at(parsed, 'spring', 'kafka', 'consumer', 'topics', 1))).toBe('"b"')
    expect(parsed.comments).toEqual([{ text: 'c', span: { start: text.indexOf('#'), end: text.indexOf('#') + 3 } }])
    expect(at(parsed, 'spring', 'kafka', 'x').span).toEqual({ start: text.length - 1, end: text.length - 1 })
  })

  it('gives one node per document that is not empty', () => {
    expect(parseYaml('# c\n').documents).toEqual([])
    expect(parseYaml('').documents).toEqual([])
    expect(parseYaml('a: 1\n---\n---\n# c\n---\nb: 2\n...\n').documents.map(plain)).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('keeps the core schema: yes and on are strings, digits beyond 2^53 too', () => {
    expect(
      plain(parseYaml('a: yes\nb: on\nc: True\nd: "false"\ne: 1.5\nf: 0o14\ng: 12345678901234567890\nh: ~').documents[0]),
    ).toEqual({
      a: 'yes',
      b: 'on',
      c: true,
      d: 'false',
      e: 1.5,
      f: 12,
      g: '12345678901234567890',
      h: null,
    })
  })

  it('names keys as they are written', () => {
    expect(keys(parseYaml('1.10: a\ntrue: b\n"c d": e\n? f\n: g\n').documents[0])).toEqual(['1.10', 'true', 'c d', 'f'])
  })

  it('follows aliases to the same node and merge keys to the same entries', () => {
    const text =
      'base: &base\n  acks: all\n  retries: 3\none:\n  <<: *base\n  retries: 5\ntwo: *base\nthree:\n  <<: [*base, {retries: 9, x: 1}]\n'
    const parsed = parseYaml(text)
    expect(plain(at(parsed, 'one'))).toEqual({ acks: 'all', retries: 5 })
    expect(keys(at(parsed, 'one'))).toEqual(['acks', 'retries'])
    expect(plain(at(parsed, 'three'))).toEqual({ acks: 'all', retries: 3, x: 1 })
    expect(at(parsed, 'two')).toBe(at(parsed, 'base'))
    expect(at(parsed, 'one', 'acks')).toBe(at(parsed, 'base', 'acks'))
  })

  it('leaves a mapping open where an alias leads nowhere or to itself', () => {
    const parsed = parseYaml('a: *missing\nb: &b\n  c: *b\nd:\n  <<: *missing\n  e: 1\n')
    expect(at(parsed, 'a')).toMatchObject({ kind: 'mapping', open: true })
    expect(at(parsed, 'b', 'c')).toMatchObject({ kind: 'mapping', open: true })
    expect(at(parsed, 'd')).toMatchObject({ open: true })
    expect(plain(at(parsed, 'd', 'e'))).toBe(1)
  })

  it('does not expand an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 40; i++)
      lines.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      )
    const parsed = parseYaml(lines.join('\n'))
    const count = (node: ReturnType<typeof at>): number => {
      if (node.kind === 'scalar') return 1
      const children = node.kind === 'mapping' ? node.entries.map((entry) => entry.value) : node.items
      return children.reduce((sum, item) => sum + count(item), 1)
    }
    expect(count(parsed.documents[0] as never)).toBeLessThan(250_000)
  })

  it('accepts unknown tags and marks what they compute', () => {
    const parsed = parseYaml('a: !vault |\n  $ANSIBLE\nb: !Ref Topic\nc: !reference [.x, script]\nd: !!str 1\ne: !Sub {x: 1}\n')
    expect(at(parsed, 'a')).toMatchObject({ value: '$ANSIBLE\n', templated: true })
    expect(at(parsed, 'b')).toMatchObject({ value: 'Topic', templated: true })
    expect(at(parsed, 'c')).toMatchObject({ kind: 'sequence', open: true })
    expect(at(parsed, 'd')).toMatchObject({ value: '1' })
    expect(scalar(at(parsed, 'd')).templated).toBeUndefined()
    expect(at(parsed, 'e')).toMatchObject({ kind: 'mapping', open: true })
  })

  it('keeps what stands before a syntax error, and later documents', () => {
    const parsed = parseYaml('a: 1\nb: [1, 2\nc: }\n---\nd: 4\n')
    expect(parsed.problems.length).toBeGreaterThan(0)
    expect(plain(at(parsed, 'a'))).toBe(1)
    expect(plain(child(parsed.documents[parsed.documents.length - 1] as never, 'd'))).toBe(4)
  })

  it('leaves ${…} to the reader above', () => {
    expect(at(parseYaml('a: ${KAFKA:localhost}\n'), 'a')).toEqual({
      kind: 'scalar',
      value: '${KAFKA:localhost}',
      span: { start: 3, end: 21 },
    })
  })

  it('reads CRLF and a byte order mark', () => {
    const text = '\ufeffa: 1\r\nb:\r\n  - x\r\n'
    const parsed = parseYaml(text)
    expect(plain(parsed.documents[0])).toEqual({ a: 1, b: ['x'] })
    expect(mapping(parsed.documents[0]).entries[0]?.keySpan).toEqual({ start: 1, end: 2 })
    expect(sourceOf(text, at(parsed, 'b', 0))).toBe('x')
  })

  it('keeps duplicate keys in order', () => {
    expect(keys(parseYaml('a: 1\nb: 2\na: 3\n').documents[0])).toEqual(['a', 'b', 'a'])
  })

  it('refuses deep nesting with one problem', () => {
    const indented = Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')
    for (const text of ['['.repeat(100_000), '{a: '.repeat(100_000), '- '.repeat(100_000), indented]) {
      const parsed = parseYaml(text)
      expect(parsed.documents).toEqual([])
      expect(parsed.problems).toHaveLength(1)
    }
  })

  it('is linear in keys of one mapping', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `key${i}: v`).join('\n')
    expect(cpuSeconds(() => expect(keys(parseYaml(text).documents[0])).toHaveLength(20_000))).toBeLessThan(5)
  })

  it('gives sequences their spans', () => {
    const text = 'a:\n- 1\n- b: 2\n# c\nd: 3\n'
    expect(sourceOf(text, sequence(at(parseYaml(text), 'a')))).toBe('- 1\n- b: 2')
  })
})
