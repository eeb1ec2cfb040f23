/** A Python string literal taken apart: what stands before the quotes, and where its content is. */
export interface LiteralParts {
  readonly bytes: boolean
  readonly raw: boolean
  readonly format: boolean
  /** Offsets of the content in the literal's text. */
  readonly from: number
  readonly to: number
}

/** Reads prefix and quotes of a literal as written; an unterminated literal ends where its text ends. */
export function literalParts(text: string): LiteralParts {
  let at = 0
  while (at < text.length && text[at] !== '"' && text[at] !== "'") at++
  const prefix = text.slice(0, at).toLowerCase()
  const quote = text[at] ?? "'"
  const long = text.startsWith(quote.repeat(3), at)
  const width = long ? 3 : 1
  const from = Math.min(at + width, text.length)
  const closed = text.length >= from + width && text.endsWith(quote.repeat(width))
  return {
    bytes: prefix.includes('b'),
    raw: prefix.includes('r'),
    format: prefix.includes('f'),
    from,
    to: closed ? text.length - width : text.length,
  }
}

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Decodes the escapes of a string's content; an escape that Python does not know stays as written, as Python leaves it. */
export function decodeEscapes(content: string): string {
  if (!content.includes('\\')) return content
  return content.replace(
    /\\(?:(\r\n|\n|\r)|([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|([\s\S]))/g,
    (all, newline, octal, hex2, hex4, hex8, named, other) => {
      if (newline !== undefined) return ''
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
      const hex = hex2 ?? hex4 ?? hex8
      if (hex !== undefined) {
        const code = Number.parseInt(hex, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : all
      }
      if (named !== undefined) return all
      return SIMPLE[other] ?? all
    },
  )
}
