const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ', '0': '\0' }

/** The text that a Java string literal stands for, without its quotes. */
export function decodeJavaEscapes(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(u+[0-9a-fA-F]{4}|.)/g, (_whole, code: string) =>
    code.startsWith('u') && code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(-4), 16)) : (ESCAPES[code] ?? code),
  )
}
