import { type Span, spanOf } from '../text/span.ts'

/**
 * What an action of a template language does to the lines around it. `open`/`branch`/`close`: condition or loop; `insert`: puts text in its
 * place; `silent`: puts nothing (assignments, comments).
 */
type Effect = 'open' | 'branch' | 'close' | 'insert' | 'silent'

interface Action {
  readonly start: number
  readonly end: number
  readonly effect: Effect
}

/** A line (or several) that holds only actions and was blanked out. `column`: where inserted text would be indented to, or -1 when none is. */
export interface Hole {
  readonly span: Span
  readonly column: number
}

/** The body of a condition or loop, or one of its branches. */
export type Region = Span

/** A text whose template constructs are replaced, offset for offset, by something that the format's parser reads. */
export interface MaskedText {
  readonly text: string
  /** Inline actions, replaced by a run of filler characters; ascending. */
  readonly fills: readonly Span[]
  /** Matches one run of filler (global). */
  readonly runs: RegExp
  readonly holes: readonly Hole[]
  /** The innermost region from each offset on, ascending; `undefined` outside of every region. */
  readonly regions: readonly { readonly from: number; readonly region: Region | undefined }[]
}

/** `bare`: an inline action becomes a run of letters; `quoted`: outside of string literals it becomes a string literal (JSON, TOML). */
export type FillStyle = 'bare' | 'quoted'

const OPENERS = /\{\{|\{%|\{#|<%|@[A-Za-z][\w.-]{0,200}@/g
// actions longer than this are cut at the first closing delimiter, whatever quotes they hold: keeps the scan linear
const LONGEST_QUOTE_AWARE_ACTION = 4096

/** Whether a text holds Helm/Go (`{{ }}`), Jinja (`{% %}`), ERB (`<% %>`) or Maven filtering (`@name@`) constructs. */
export function looksTemplated(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('<%') || /@[A-Za-z][\w.-]{0,200}@/.test(text)
}

/** Replaces template constructs by filler of the same length, or answers undefined where there are none. */
export function maskTemplates(text: string, style: FillStyle): MaskedText | undefined {
  if (!looksTemplated(text)) return undefined
  const actions = findActions(text)
  if (actions.length === 0) return undefined
  const [first, rest] = fillerCharacters(text)
  const pieces: string[] = []
  const fills: Span[] = []
  const holes: Hole[] = []
  let done = 0
  let quote = ''
  for (let i = 0; i < actions.length; ) {
    const group = lineOnlyGroup(text, actions, i)
    if (group !== undefined) {
      pieces.push(text.slice(done, group.start), '\n'.repeat(group.end - group.start))
      holes.push({ span: spanOf(group.start, group.end), column: insertColumn(text, actions.slice(i, group.next), group.start) })
      quote = ''
      done = group.end
      i = group.next
      continue
    }
    const { start, end } = actions[i] as Action
    if (style === 'quoted') quote = openQuote(text, done, start, quote)
    const quoted = style === 'quoted' && quote === ''
    const filler = first + rest.repeat(end - start - (quoted ? 3 : 1))
    pieces.push(text.slice(done, start), quoted ? `"${filler}"` : filler)
    fills.push(spanOf(start, end))
    done = end
    i++
  }
  pieces.push(text.slice(done))
  return { text: pieces.join(''), fills, runs: new RegExp(`${first}${rest}*`, 'g'), holes, regions: regionsOf(actions) }
}

function findActions(text: string): Action[] {
  const actions: Action[] = []
  const exhausted = new Set<string>()
  OPENERS.lastIndex = 0
  for (let match = OPENERS.exec(text); match !== null; match = OPENERS.exec(text)) {
    const opener = match[0]
    const start = match.index
    if (opener[0] === '@') {
      if (start > 0 && /[\w.-]/.test(text[start - 1] as string)) OPENERS.lastIndex = start + 1
      else actions.push({ start, end: start + opener.length, effect: 'insert' })
      continue
    }
    // `${#name}` is shell, not Jinja
    if (exhausted.has(opener) || (opener === '{#' && text[start - 1] === '$')) continue
    const end = actionEnd(text, start, opener)
    if (end === undefined) {
      exhausted.add(opener)
      continue
    }
    actions.push({ start, end, effect: effectOf(text.slice(start + 2, Math.min(end - 2, start + 400)), opener) })
    OPENERS.lastIndex = end
  }
  return actions
}

function actionEnd(text: string, start: number, opener: string): number | undefined {
  const closer = opener === '{{' ? '}}' : opener === '{%' ? '%}' : opener === '{#' ? '#}' : '%>'
  const plain = text.indexOf(closer, start + 2)
  if (plain < 0) return undefined
  if (opener !== '{{' || text.slice(start + 2, plain).search(/["'`]|\/\*/) < 0) return plain + 2
  const limit = Math.min(text.length, start + LONGEST_QUOTE_AWARE_ACTION)
  if (/^\{\{-?\s*\/\*/.test(text.slice(start, start + 16))) {
    const comment = text.indexOf('*/', start + 3)
    const close = comment < 0 || comment > limit ? -1 : text.indexOf(closer, comment)
    return close < 0 ? plain + 2 : close + 2
  }
  for (let i = start + 2; i < limit; i++) {
    const char = text[i] as string
    if (char === '}' && text[i + 1] === '}') return i + 2
    if (char !== '"' && char !== "'" && char !== '`') continue
    const close = closingQuote(text, i, char, limit)
    if (close !== undefined) i = close
  }
  return plain + 2
}

function closingQuote(text: string, open: number, quote: string, limit: number): number | undefined {
  for (let i = open + 1; i < limit; i++) {
    const char = text[i]
    if (char === quote) return i
    if (char === '\n' && quote !== '`') return undefined
    if (char === '\\' && quote !== '`') i++
  }
  return undefined
}

function effectOf(body: string, opener: string): Effect {
  if (opener === '{#') return 'silent'
  if (opener === '<%') return rubyEffect(body)
  const code = body.replace(/^[-+]?\s*/, '')
  const word = /^[A-Za-z_]+/.exec(code)?.[0] ?? ''
  if (opener === '{%') return jinjaEffect(word, code)
  if (/^(if|with|range|define|block)$/.test(word)) return 'open'
  if (word === 'else') return 'branch'
  if (word === 'end') return 'close'
  if (/^(fail|break|continue)$/.test(word) || code.startsWith('/*') || /^\$\w*\s*(,\s*\$\w+\s*)?:?=/.test(code)) return 'silent'
  return 'insert'
}

function jinjaEffect(word: string, code: string): Effect {
  if (/^(if|for|block|macro|call|filter|with|raw|autoescape|trans)$/.test(word)) return 'open'
  if (/^(else|elif|elsif)$/.test(word)) return 'branch'
  if (word.startsWith('end')) return 'close'
  if (word === 'set') return code.includes('=') ? 'silent' : 'open'
  return /^(import|from|extends|do|assign)$/.test(word) ? 'silent' : 'insert'
}

function rubyEffect(body: string): Effect {
  if (body.startsWith('=')) return 'insert'
  const code = body.replace(/^-?\s*/, '').replace(/\s*-?$/, '')
  if (/^(if|unless|case|for|while|until)\b/.test(code) || /\bdo(\s*\|[^|]*\|)?$/.test(code)) return 'open'
  if (/^(else|elsif|when)\b/.test(code)) return 'branch'
  return /^end\b/.test(code) ? 'close' : 'silent'
}

/** The actions from `first` on that fill their lines alone, with the range to blank: from the line's start to the last action's end. */
function lineOnlyGroup(
  text: string,
  actions: readonly Action[],
  first: number,
): { start: number; end: number; next: number } | undefined {
  let start = (actions[first] as Action).start
  if (text[start] === '@') return undefined
  while (start > 0 && isBlank(text.charCodeAt(start - 1))) start--
  if (start > 0 && !isLineEnd(text.charCodeAt(start - 1)) && !(start === 1 && text.charCodeAt(0) === 0xfeff)) return undefined
  for (let next = first + 1; ; next++) {
    const end = (actions[next - 1] as Action).end
    let at = end
    while (at < text.length && isBlank(text.charCodeAt(at))) at++
    if (at >= text.length || isLineEnd(text.charCodeAt(at)) || (at > end && text[at] === '#')) return { start, end, next }
    if (at !== actions[next]?.start || text[at] === '@') return undefined
  }
}

function insertColumn(text: string, group: readonly Action[], lineStart: number): number {
  for (const action of group) {
    if (action.effect !== 'insert') continue
    const indent = /\bn?indent\s+(\d{1,3})/.exec(text.slice(action.start, Math.min(action.end, action.start + 2000)))
    const column = action.start - lineStart
    if (indent === null) return column
    return Number(indent[1]) + (indent[0].startsWith('n') ? 0 : column)
  }
  return -1
}

/** The quote that is open at `to`, given the one open at `from`. */
function openQuote(text: string, from: number, to: number, quote: string): string {
  let open = quote
  for (let i = from; i < to; i++) {
    const char = text[i] as string
    if (open === '') {
      if (char === '"' || char === "'") open = char
    } else if (char === '\\' && open === '"') i++
    else if (char === open || char === '\n') open = ''
  }
  return open
}

function regionsOf(actions: readonly Action[]): MaskedText['regions'] {
  const ends = new Map<number, number>()
  const opened: number[] = []
  for (const [index, action] of actions.entries()) {
    if (action.effect === 'branch' || action.effect === 'close') {
      const opener = opened.pop()
      if (opener === undefined) continue
      ends.set(opener, action.start)
    }
    if (action.effect === 'open' || action.effect === 'branch') opened.push(index)
  }
  const regions: { from: number; region: Region | undefined }[] = []
  const inside: Region[] = []
  for (const [index, action] of actions.entries()) {
    const before = inside.length
    while (inside.length > 0 && (inside[inside.length - 1] as Region).end <= action.start) inside.pop()
    const end = ends.get(index)
    if (end !== undefined) inside.push(spanOf(action.end, end))
    if (end !== undefined || inside.length !== before) regions.push({ from: action.end, region: inside[inside.length - 1] })
  }
  return regions
}

/** Two characters that the text does not hold: the first starts a run, so that adjacent runs stay apart. */
function fillerCharacters(text: string): readonly [string, string] {
  const free: string[] = []
  for (let code = 0xe000; code < 0xf8ff && free.length < 2; code++) {
    const char = String.fromCharCode(code)
    if (!text.includes(char)) free.push(char)
  }
  return [free[0] ?? '\ue000', free[1] ?? '\ue001']
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9
}

function isLineEnd(code: number): boolean {
  return code === 10 || code === 13
}
