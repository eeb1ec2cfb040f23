/**
 * Characters that move the cursor, start escape sequences or reorder text: C0 (tab and line feed included), DEL, C1, the line and paragraph
 * separators, and the bidirectional embeddings, overrides, isolates and marks.
 */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** One line of text that is safe on a terminal: every control character is shown as `\x1b` or `\u202e`, tab and line breaks as `\t`, `\n`, `\r`. */
export function visible(text: string): string {
  return text.replace(CONTROL, escapeControl)
}

export function isControl(character: string): boolean {
  return character.search(CONTROL) === 0
}

export function escapeControl(character: string): string {
  const code = character.charCodeAt(0)
  if (code === 9) return '\\t'
  if (code === 10) return '\\n'
  if (code === 13) return '\\r'
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** JSON text whose strings hold no raw control or bidirectional character: `JSON.stringify` alone leaves DEL, C1 and the bidirectional ones. */
export function stringifyVisibly(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
