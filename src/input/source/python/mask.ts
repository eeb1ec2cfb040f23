import type { Span } from '../../../text/span.ts'

/** Deeper nesting than this is no code that people write, and is left out before the grammar sees it. */
const MAX_BRACKETS = 200

export interface Masked {
  /** As long as the text given, so that every offset stays true. */
  readonly text: string
  readonly tooDeep?: Span
}

/**
 * Prepares a text for the grammar, which does not know two forms of `with` that Python has (a target with a dot, items in parentheses), nor a
 * stack that is never full. Only characters are replaced; nothing moves.
 */
export function maskForGrammar(text: string): Masked {
  let masked = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text
  let tooDeep: Span | undefined
  if (mayNestDeeply(masked)) {
    const cut = cutDeepNesting(masked)
    masked = cut.text
    tooDeep = cut.tooDeep
  }
  if (masked.includes('with')) masked = maskWith(masked)
  // `2.` without a digit after the point; the value is read from the text itself.
  masked = masked.replace(/(?<![\w.])(\d+)\.(?![\w.])/g, '$1 ')
  // A variable named print, which the grammar takes for the statement of Python 2.
  masked = masked.replace(/^([ \t]*)print(?=[ \t]*=[^=])/gm, '$1prin_')
  return { text: masked, ...(tooDeep ? { tooDeep } : {}) }
}

/** A quick upper bound that knows nothing of strings. */
function mayNestDeeply(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 40 || code === 91 || code === 123) {
      if (++depth > MAX_BRACKETS) return true
    } else if (code === 41 || code === 93 || code === 125) {
      if (depth > 0) depth--
    }
  }
  return false
}

function cutDeepNesting(text: string): Masked {
  const out: string[] = []
  let tooDeep: Span | undefined
  let depth = 0
  let kept = 0
  let i = 0
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === 34 || code === 39) {
      i = endOfString(text, i)
      continue
    }
    if (code === 35) {
      const end = text.indexOf('\n', i)
      i = end < 0 ? text.length : end
      continue
    }
    if (code === 40 || code === 91 || code === 123) {
      depth++
      if (depth === MAX_BRACKETS + 1) {
        out.push(text.slice(kept, i))
        kept = i
      }
    } else if (code === 41 || code === 93 || code === 125) {
      if (depth === MAX_BRACKETS + 1) {
        out.push(blank(text.slice(kept, i + 1)))
        tooDeep ??= { start: kept, end: i + 1 }
        kept = i + 1
      }
      if (depth > 0) depth--
    }
    i++
  }
  if (depth > MAX_BRACKETS) {
    tooDeep ??= { start: kept, end: text.length }
    out.push(blank(text.slice(kept)))
  } else out.push(text.slice(kept))
  return { text: out.join(''), ...(tooDeep ? { tooDeep } : {}) }
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}

function endOfString(text: string, at: number): number {
  const quote = text[at] as string
  const long = text.startsWith(quote.repeat(3), at)
  let i = at + (long ? 3 : 1)
  while (i < text.length) {
    if (text[i] === '\\') i += 2
    else if (long ? text.startsWith(quote.repeat(3), i) : text[i] === quote) return i + (long ? 3 : 1)
    else if (!long && text[i] === '\n') return i
    else i++
  }
  return text.length
}

const WITH = /^[ \t]*(?:async[ \t]+)?with\b(?=[ \t]*\(|[^\n]*\bas[ \t]+(?:[A-Za-z_]\w*\.|\())/gm

function maskWith(text: string): string {
  const edits: { at: number; length: number; by: string }[] = []
  for (const match of text.matchAll(WITH)) {
    const at = match.index + match[0].length
    const opening = /^[ \t]*\(/.exec(text.slice(at, at + 200))
    if (opening) maskParentheses(text, at + opening[0].length - 1, edits)
    maskTargets(text, at, edits)
  }
  if (edits.length === 0) return text
  edits.sort((a, b) => a.at - b.at)
  const out: string[] = []
  let kept = 0
  for (const edit of edits) {
    if (edit.at < kept) continue
    out.push(text.slice(kept, edit.at), edit.by)
    kept = edit.at + edit.length
  }
  out.push(text.slice(kept))
  return out.join('')
}

/** `with (a as b, c as d):` → the same without the parentheses and on one logical line. */
function maskParentheses(text: string, open: number, edits: { at: number; length: number; by: string }[]): void {
  const breaks: { at: number; length: number; by: string }[] = []
  let depth = 0
  let as = false
  let i = open
  const limit = Math.min(text.length, open + 5000)
  for (; i < limit; i++) {
    const char = text[i] as string
    if (char === '"' || char === "'") i = endOfString(text, i) - 1
    else if (char === '#') {
      const end = text.indexOf('\n', i)
      const to = end < 0 ? text.length : end
      breaks.push({ at: i, length: to - i, by: ' '.repeat(to - i) })
      i = to - 1
    } else if (char === '\n' || char === '\r') {
      if (depth === 1) breaks.push({ at: i, length: 1, by: ' ' })
    } else if (char === '(' || char === '[' || char === '{') depth++
    else if (char === ')' || char === ']' || char === '}') {
      depth--
      if (depth === 0) break
    } else if (depth === 1 && char === 'a' && /^as\s/.test(text.slice(i, i + 3)) && /\s/.test(text[i - 1] ?? '')) as = true
  }
  if (depth !== 0 || !as || !/^\s*:/.test(text.slice(i + 1, i + 20))) return
  edits.push({ at: open, length: 1, by: ' ' }, ...breaks, { at: i, length: 1, by: ' ' })
  // A trailing comma is only legal inside the parentheses.
  const trailing = /,\s*$/.exec(text.slice(open + 1, i))
  if (trailing) edits.push({ at: open + 1 + trailing.index, length: 1, by: ' ' })
}

/** `as self.consumer` and `as (a, b)` → a name as long, whose target is read back from the text by the conversion. */
function maskTargets(text: string, from: number, edits: { at: number; length: number; by: string }[]): void {
  const end = text.indexOf('\n', from)
  const line = text.slice(from, end < 0 ? text.length : end)
  for (const match of line.matchAll(/\bas[ \t]+([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|\([\w \t,]+\))(?=[ \t]*[,:)])/g)) {
    const target = match[1] as string
    const at = from + match.index + match[0].length - target.length
    edits.push({ at, length: target.length, by: target.replace(/\W/g, '_') })
  }
}
