// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseEmbedded } from '../../src/formats/embedded.ts'
import { parseConfig } from '../../src/formats/parse.ts'
import type { ConfigFormat } from '../../src/formats/syntax.ts'
import { allSpans } from './tree.ts'

const FORMATS: readonly ConfigFormat[] = ['properties', 'yaml', 'json', 'toml', 'env', 'ini']

// pieces that lead into every branch of the parsers, besides arbitrary text
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...[
      'a',
      'b.c',
      ' ',
      '  ',
      '\n',
      '\r\n',
      '\t',
      ':',
      ': ',
      '=',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '\\',
      '\\u',
      '#',
      '! ',
    ],
    ...[
      '|\n',
      '>-\n',
      '&x ',
      '*x',
      '<<: ',
      '!t ',
      '---\n',
      '? ',
      '%YAML',
      '"""',
      "'''",
      '[[',
      ']]',
      '/*',
      '//',
      '$',
      '${a}',
      '\ud800',
    ],
    ...[
      '{{',
      '}}',
      '{{- if x }}',
      '{{ end }}',
      '{{ else }}',
      '{{ x }}',
      '{%',
      '%}',
      '<%',
      '%>',
      '@a@',
      '\ufeff',
      '\0',
      '1',
      'true',
      '%(a)s',
    ],
  ),
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
)

describe('parseConfig', () => {
  it.each(FORMATS)('never throws for %s and keeps every span inside the text', async (format) => {
    await fc.assert(
      fc.asyncProperty(text, async (source) => {
        const parsed = await parseConfig(format, source)
        for (const { start, end } of allSpans(parsed)) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: 200 },
    )
  })

  it.each(FORMATS)('keeps the spans of embedded %s inside the scalar', async (format) => {
    await fc.assert(
      fc.asyncProperty(text, async (source) => {
        const block = `a:\n  b: |\n    x\n${source
          .split('\n')
          .map((line) => `    ${line}`)
          .join('\n')}\nc: 1\n`
        const outer = await parseConfig('yaml', block)
        const root = outer.documents[0]
        const a = root?.kind === 'mapping' ? root.entries[0]?.value : undefined
        const b = a?.kind === 'mapping' ? a.entries[0]?.value : undefined
        if (b?.kind !== 'scalar') return
        for (const { start, end } of allSpans(parseEmbedded(b, format))) {
          expect(start).toBeGreaterThanOrEqual(b.span.start)
          expect(end).toBeLessThanOrEqual(b.span.end)
        }
      }),
      { numRuns: 100 },
    )
  })
})
