import { displayWidth } from './width.ts'

/**
 * Breaks prose at spaces into lines of at most `width` columns; a word longer than that stands alone on its line, unbroken, so that
 * commands and paths can still be copied. Line breaks of the text are kept.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width))
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of paragraph.split(' ')) {
    const columns = displayWidth(word)
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line)
      line = word
      used = columns
    } else {
      used += line === '' ? columns : columns + 1
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines
}
