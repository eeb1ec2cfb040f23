/** Nesting beyond this is refused: parsers and readers are recursive, and no configuration comes near it. */
export const DEEPEST_NESTING = 512

export const TOO_DEEP = `nested deeper than ${DEEPEST_NESTING} levels`

/**
 * The offset of the first bracket that nests too deep, if any: the parsers are recursive and would overflow. Brackets in string literals
 * (`quotes`, on one line) do not count. A closing bracket counts only where it fits, so that malformed text is never taken for shallower
 * than a parser will find it.
 */
export function offsetTooDeep(text: string, quotes: string): number | undefined {
  const open: number[] = []
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 123 || code === 91) {
      if (open.push(code + 2) > DEEPEST_NESTING) return i
    } else if (code === open[open.length - 1]) open.pop()
    else if ((code === 34 || code === 39) && quotes.includes(text[i] as string)) i = stringEnd(text, i)
  }
  return undefined
}

function stringEnd(text: string, start: number): number {
  const quote = text.charCodeAt(start)
  let i = start + 1
  for (; i < text.length && text.charCodeAt(i) !== quote && text.charCodeAt(i) !== 10; i++) {
    if (text.charCodeAt(i) === 92 && quote === 34) i++
  }
  return i
}
