import { isSecretName, SECRET_HINT } from './secret-name.ts'
import { type Span, spanOf } from './span.ts'

/** In `code` only string literals are values; in `configuration` the rest of the line or word may be. */
export type TextKind = 'code' | 'configuration'

/**
 * Spans that must never be shown, whatever the language: literals assigned to secret names (assignments, keyword arguments, dict entries,
 * defaults of environment reads), passwords in URLs and JAAS fragments, authorization headers, private keys. Ascending, not overlapping;
 * quotes are left outside. Linear in the text.
 */
export function secretSpansInText(text: string, kind: TextKind = 'code'): Span[] {
  return mergeSpans([...namedSecrets(text, kind), ...urlPasswords(text), ...privateKeys(text), ...knownTokens(text)])
}

/** Sorted, overlapping spans joined. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged[merged.length - 1]
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
    else if (end > start) merged.push({ start, end })
  }
  return merged
}

const CANDIDATE = new RegExp(`${SECRET_HINT.source}|authorization|user_`, 'gi')
const LONGEST_NAME = 200

function namedSecrets(text: string, kind: TextKind): Span[] {
  const spans: Span[] = []
  const names = new Map<string, boolean>()
  // `user_alice="…"` is a password in a PlainLoginModule's options, and a user's name nearly everywhere else
  const isJaas = text.includes('LoginModule')
  let floor = 0
  CANDIDATE.lastIndex = 0
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    let start = match.index
    while (start > floor && isNameCharacter(text.charCodeAt(start - 1))) start--
    let end = match.index + match[0].length
    while (end < text.length && isNameCharacter(text.charCodeAt(end))) end++
    floor = end
    CANDIDATE.lastIndex = end
    if (end - start > LONGEST_NAME) continue
    const name = text.slice(start, end)
    let secret = names.get(name)
    if (secret === undefined) {
      secret = isSecretName(name) || (isJaas && /^user_\w+$/.test(name))
      names.set(name, secret)
    }
    const values = secret ? valuesAfter(text, start, end, kind) : isAuthorization(name) ? authorization(text, end) : []
    for (const span of values) {
      spans.push(span)
      // what is hidden already is not searched again
      floor = CANDIDATE.lastIndex = Math.max(floor, span.end)
    }
  }
  return spans
}

const ANNOTATION = /[ \t]{0,8}:[ \t]{0,8}[A-Za-z_][\w.[\], |"']{0,80}?[ \t]{0,8}=(?!=)\s{0,200}/y
const SEPARATOR = /[ \t]{0,40}(?:=>|:=|[=:+]?=|:(?!:))/y
const COMMA = /[ \t]{0,40},/y
const SPACE = /\s{0,200}/y
const BLANK = /[ \t]{0,200}/y
const OPENING = /(?:\(\s{0,40})?(?:([A-Za-z_][\w.]{0,80})\(\s{0,40}(?:(?:default|default_value|value|key)\s{0,8}=\s{0,8})?){0,2}/y
/** Calls that read a setting: their first argument is its name, the second its default. */
const READS = /env|get|config|setting|param|read|load|fetch|find|lookup|prompt|input/i
/** Calls that only wrap a literal. */
const WRAPS =
  /^(?:(?:\w+\.)*(?:Secret\w*|Field|field|str|bytes|bytearray|String|Password|quote|b64decode|Some)\(\s*(?:\w+\s*=\s*)?)*$/
const DEFAULT = /\s{0,40}(?:,\s{0,200}(?:default\s{0,8}=\s{0,8})?|[)\]]{1,2}\s{0,40}(?:or|\?\?|\|\|)\s{1,40})/y
const PREFIX = /[rRbBfFuU]{0,2}(?=["'`]|\\["'])/y

/** The values given to a secret name that ends at `nameEnd`. */
function valuesAfter(text: string, nameStart: number, nameEnd: number, kind: TextKind): Span[] {
  let at = nameEnd
  const quoted = isQuote(text, at)
  if (quoted) at += text[at] === '\\' ? 2 : 1
  if (text[at] === ']') at++
  const annotated = !quoted && kind === 'code' ? sticky(ANNOTATION, text, at) : undefined
  const separated = annotated ?? sticky(SEPARATOR, text, at)
  if (separated === undefined) {
    const comma = quoted && isFirstArgument(text, nameStart) ? sticky(COMMA, text, at) : undefined
    if (comma !== undefined) return literalsAt(text, sticky(SPACE, text, comma) ?? comma) ?? []
    return text.startsWith('-', nameStart) && text[at] === ' ' ? optionValue(text, at) : []
  }
  // `if token:` ends a line; what follows is another statement
  const sameLine = text[separated - 1] === ':' && !quoted
  const literals = literalsAt(text, sticky(sameLine ? BLANK : SPACE, text, separated) ?? separated)
  if (literals !== undefined) return literals
  return kind === 'configuration' ? bareValue(text, nameStart, separated) : []
}

/** The string literals at an offset, behind what calls or brackets may wrap them; undefined when something else stands there. */
function literalsAt(text: string, offset: number): Span[] | undefined {
  OPENING.lastIndex = offset
  const opening = OPENING.exec(text)
  let at = offset + (opening?.[0].length ?? 0)
  const first = literalAt(text, at)
  if (first === undefined) return undefined
  at = first.next
  const calls = opening?.[0].replace(/^\(?\s*/, '') ?? ''
  if (!WRAPS.test(calls)) {
    if (!READS.test(calls)) return []
    const second = sticky(DEFAULT, text, at)
    const literal = second === undefined ? undefined : literalAt(text, second)
    return literal === undefined ? [] : shown(text, literal.span)
  }
  const spans = shown(text, first.span)
  for (let next = literalAt(text, sticky(SPACE, text, at) ?? at); next !== undefined; ) {
    // adjacent literals are one string
    spans.push(...shown(text, next.span))
    next = literalAt(text, sticky(SPACE, text, next.next) ?? next.next)
  }
  return spans
}

function literalAt(text: string, offset: number): { readonly span: Span; readonly next: number } | undefined {
  const open = sticky(PREFIX, text, offset)
  if (open === undefined) return undefined
  const escaped = text[open] === '\\'
  const quote = text[escaped ? open + 1 : open] as string
  const delimiter = escaped ? `\\${quote}` : text.startsWith(quote.repeat(3), open) ? quote.repeat(3) : quote
  const start = open + delimiter.length
  const end = literalEnd(text, start, delimiter)
  return end === undefined ? undefined : { span: spanOf(start, end), next: Math.min(text.length, end + delimiter.length) }
}

// far beyond any password, JAAS configuration or key
const LONGEST_LITERAL = 20_000

function literalEnd(text: string, start: number, delimiter: string): number | undefined {
  const limit = Math.min(text.length, start + LONGEST_LITERAL)
  for (let i = start; i < limit; i++) {
    if (text.startsWith(delimiter, i)) return i
    const char = text[i]
    // an unfinished literal hides the rest of its line
    if (delimiter.length < 3 && (char === '\n' || char === '\r')) return i
    if (char === '\\') i++
  }
  return limit
}

/** `--password value`. */
function optionValue(text: string, offset: number): Span[] {
  const word = /[ \t]{1,8}([^\s"'`,;-][^\s"'`,;]{0,500})/y
  word.lastIndex = offset
  const match = word.exec(text)
  if (match === null) return []
  const end = offset + match[0].length
  return shown(text, spanOf(end - (match[1] as string).length, end))
}

/** An unquoted value: to the end of the line behind a leading key, else to the end of the word. */
function bareValue(text: string, nameStart: number, separated: number): Span[] {
  let start = separated
  if (text.startsWith('${', nameStart - 2)) {
    // `${NAME:-default}`, but `${NAME:?message}`
    if (text[start] === '?') return []
    if (text[start] === '-' || text[start] === '=') start++
  }
  while (text[start] === ' ' || text[start] === '\t') start++
  // a list, a mapping or a template follows
  if ('[{(<'.includes(text[start] ?? '(') && !text.startsWith('${', start)) return []
  // of a longer line only the end is looked at: no key leads there
  const before = text.slice(Math.max(0, nameStart - 80), nameStart).replace(/^[\s\S]*[\n\r]/, '')
  const leading = /^\s*(?:[-#;!]|\/\/)?\s*["']?$/.test(before) && text[nameStart] !== '-'
  const comment = /[#;!/]/.test(before)
  const around = before.at(-1)
  const quote = around === '"' || around === "'" ? around : undefined
  const end = leading && !comment ? endOfLine(text, start, quote) : endOfWord(text, start)
  // prose in a comment: "token: see below"
  if (comment && leading && text[end] === ' ') return []
  return shown(text, spanOf(start, end))
}

/** `quote`: the one that opened before the key, as in `"NAME=value"`. */
function endOfLine(text: string, start: number, quote: string | undefined): number {
  let end = start
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r' && text[end] !== quote) {
    // YAML: a comment behind the value
    if (text[end] === '#' && text[end - 1] === ' ') break
    end++
  }
  while (end > start && ' \t,'.includes(text[end - 1] as string)) end--
  return end
}

function endOfWord(text: string, start: number): number {
  let end = start
  while (end < text.length && !' \t\n\r"\'`,;&)}]'.includes(text[end] as string)) {
    // a placeholder may hold any of these
    if (text[end] === '{') {
      const double = text[end + 1] === '{'
      const close = text.slice(end, end + 200).indexOf(double ? '}}' : '}')
      if (close > 0) end += close + (double ? 1 : 0)
    }
    end++
  }
  return Math.min(end, text.length)
}

const PLACEHOLDER =
  /^(?:\d|read|write|\$\{[^{}]*\}|\$\{\{[^{}]*\}\}|\$\$?\(?\w+\)?|\{\{[\s\S]*\}\}|%\(\w+\)s|%[sA-Z_]+%?|<[^<>]*>|\{[^{}]*\}|null|none|nil|undefined|true|false|~|\*+|(?:![\w/-]+\s*)?[|>][+-]?\d?)$/i
const DEFAULTED = /^\$\{[\w.-]+:[-=?]?([^{}]+)\}$/

/** Nothing for what is no secret (a placeholder, a boolean), only the default of `${NAME:default}`. */
export function shown(text: string, span: Span): Span[] {
  if (span.end <= span.start) return []
  if (span.end - span.start > 400) return [span]
  const value = text.slice(span.start, span.end)
  const fallback = DEFAULTED.exec(value)?.[1]
  if (fallback !== undefined) return [spanOf(span.end - 1 - fallback.length, span.end - 1)]
  return value.trim() === '' || PLACEHOLDER.test(value.trim()) ? [] : [span]
}

function isAuthorization(name: string): boolean {
  return /^(?:proxy-)?authorization$/i.test(name)
}

function authorization(text: string, nameEnd: number): Span[] {
  const value =
    /\\?["']?\]?\s{0,8}[:=,]\s{0,40}[frbFRB]{0,2}\\?["'`]?(?:Bearer|Basic|Token|ApiKey|SharedKey)\s{1,8}([^\s"'`\\]{1,4000})/iy
  value.lastIndex = nameEnd
  const match = value.exec(text)
  if (match === null) return []
  const end = nameEnd + match[0].length
  return shown(text, spanOf(end - (match[1] as string).length, end))
}

/** `scheme://user:password@host`: the password. `scheme://long-token@host`: the token. */
function urlPasswords(text: string): Span[] {
  const spans: Span[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    let colon = -1
    let host = -1
    for (let i = at + 3; i < text.length && !' \t\r\n/\'"`<>,;'.includes(text[i] as string); i++) {
      const char = text[i]
      if (char === ':' && colon < 0) colon = i
      else if (char === '@') host = i
      else if ((char === '{' || char === '$') && text[i + 1] === '{') {
        // `${USER:me}`: no delimiter in it is the URL's
        const close = text.slice(i, i + 200).indexOf('}')
        if (close > 0) i += close
      }
    }
    if (host < 0) continue
    if (colon >= 0 && colon < host) spans.push(...shown(text, spanOf(colon + 1, host)))
    else if (host - at - 3 >= 16) spans.push(...shown(text, spanOf(at + 3, host)))
  }
  return spans
}

const LONGEST_KEY = 20_000

function privateKeys(text: string): Span[] {
  const spans: Span[] = []
  const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z ]{0,10}-----/g
  for (let match = begin.exec(text); match !== null; match = begin.exec(text)) {
    const start = match.index + match[0].length
    const end = text.slice(start, start + LONGEST_KEY).indexOf('-----END')
    // without an end: as much as looks like base64
    const body = /(?:[A-Za-z0-9+/=:,.\s-]|\\[nr]){0,20000}/y
    body.lastIndex = start
    const stop = end >= 0 ? start + end : start + (body.exec(text)?.[0].length ?? 0)
    spans.push(spanOf(start, stop))
    begin.lastIndex = Math.max(stop, start)
  }
  return spans
}

/** Tokens that show what they are by their own form: JSON web tokens, AWS access keys, GitHub and Slack tokens. */
function knownTokens(text: string): Span[] {
  const tokens =
    /(?<![\w-])(?:eyJ[\w-]{10,2000}\.[\w-]{4,4000}\.[\w-]{0,2000}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,255}|xox[abprs]-[\w-]{10,255})/g
  return [...text.matchAll(tokens)].map((match) => spanOf(match.index, match.index + match[0].length))
}

/** `set("sasl.password", "…")`, `("sasl.password", "…")`: a list of names looks the same from the second on. */
function isFirstArgument(text: string, nameStart: number): boolean {
  return /\(\s{0,40}[rRbBuU]?\\?["']$/.test(text.slice(Math.max(0, nameStart - 50), nameStart))
}

function isQuote(text: string, at: number): boolean {
  const char = text[at] === '\\' ? text[at + 1] : text[at]
  return char === '"' || char === "'"
}

/** The end of a sticky match at an offset. */
function sticky(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : undefined
}

function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  )
}
