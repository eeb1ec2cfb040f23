import type { Scalar } from './syntax.ts'

/**
 * Maps offsets in a decoded string literal back to the file, for literals of JSON and double-quoted YAML on one line. `inner` is the span
 * between the quotes. Undefined when the literal does not decode to `value` by these rules (folded lines).
 */
export function escapeMapping(text: string, innerStart: number, innerEnd: number, value: string): Scalar['mapping'] {
  const mapping: { at: number; source: number }[] = [{ at: 0, source: innerStart }]
  let at = 0
  for (let i = innerStart; i < innerEnd; ) {
    if (text[i] !== '\\') {
      if (text[i] !== value[at]) return undefined
      at++
      i++
      continue
    }
    const letter = text[i + 1] as string
    i += 2 + ({ x: 2, u: 4, U: 8 }[letter] ?? 0)
    at += letter === 'U' && (value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    mapping.push({ at, source: i })
  }
  return at === value.length ? mapping : undefined
}
