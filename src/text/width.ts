// Ranges of the East Asian Width classes Wide and Fullwidth (Unicode 15) and of emoji that terminals draw over two columns.
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]

/** Columns that one code point takes in a terminal: 0 for combining marks and joiners, 2 for wide characters, else 1. */
export function codePointWidth(codePoint: number): number {
  if (codePoint < 0x300) return 1
  if (/^(?:\p{Mn}|\p{Me}|\p{Cf})$/u.test(String.fromCodePoint(codePoint))) return 0
  return WIDE.some(([from, to]) => codePoint >= from && codePoint <= to) ? 2 : 1
}

/** Columns that a text without escape sequences takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += codePointWidth(character.codePointAt(0) as number)
  return width
}
