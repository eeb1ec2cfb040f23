import type { Scalar } from './syntax.ts'

/**
 * Maps offsets in a decoded string literal back to the file, for literals of JSON, TOML and double-quoted YAML. `from` and `to` enclose what
 * stands between the quotes. Undefined when the literal does not decode to `value` by these rules (folded lines).
 */
export function escapeMapping(text: string, from: number, to: number, value: string): Scalar['mapping'] {
  const mapping: { at: number; source: number }[] = [{ at: 0, source: from }]
  let at = 0
  for (let i = from; i < to; ) {
    if (text[i] === '\\') {
      const letter = text[i + 1] as string
      if (/\s/.test(letter)) {
        // TOML: a backslash at the end of a line takes the white space that follows
        for (i++; i < to && /\s/.test(text[i] as string); ) i++
      } else {
        i += 2 + ({ x: 2, u: 4, U: 8 }[letter] ?? 0)
        at += letter === 'U' && (value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
      }
      mapping.push({ at, source: i })
    } else if (text[i] === '\r' && text[i + 1] === '\n' && value[at] === '\n') {
      i++
      mapping.push({ at, source: i })
    } else {
      if (text[i] !== value[at]) return undefined
      at++
      i++
    }
  }
  return at === value.length ? mapping : undefined
}
