import { overlaps, type Span } from './span.ts'

export const REDACTED = '‹redacted›'

/** `text[from, to)` with every part that lies in a secret span replaced by a mask, one mask for each span. */
export function maskRange(text: string, from: number, to: number, secrets: readonly Span[]): string {
  const hidden = secrets.filter((span) => overlaps(span, { start: from, end: to })).sort((a, b) => a.start - b.start)
  let masked = ''
  let at = from
  for (const span of hidden) {
    if (span.end <= at) continue
    if (span.start > at) masked += text.slice(at, span.start)
    masked += REDACTED
    at = Math.min(span.end, to)
  }
  return masked + text.slice(at, to)
}

/** A function that takes secrets out of prose. `secrets` are the secret texts of the files that were read. */
export type Redactor = (text: string) => string

const URL_CREDENTIALS = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@:'"`]*:[^\s/@'"`]+@/gi
const JAAS_PASSWORD = /(password\s*=\s*)(\\?["'])[^"']*\2/gi

/**
 * Builds the redactor of an audit from the secret texts of the files it read. Those of eight characters or more are taken out wherever they
 * stand: inside a word too when they look random (letters and digits), else as words, or a password "password" would tear every key that
 * holds the word. Shorter ones ("kafka", "1") are left to `redactorFor(…, true)`, for text that is about the secret itself.
 */
export function redactorFor(secrets: Iterable<string>, about = false): Redactor {
  const texts = new Set<string>()
  for (const secret of secrets) {
    const bare = secret.trim().replace(/^(["'])([\s\S]*)\1$/, '$2')
    if (bare !== '' && bare !== REDACTED && (about || bare.length >= 8)) texts.add(bare)
  }
  // longest first: a secret may contain another
  const patterns = [...texts]
    .sort((a, b) => b.length - a.length)
    .map((text) => {
      const random = /[a-z]/i.test(text) && /\d/.test(text) && text.length >= 8
      return random ? escapeRegExp(text) : `(?<![\\w.-])${escapeRegExp(text)}(?![\\w-])`
    })
  const known = patterns.length > 0 ? new RegExp(patterns.join('|'), 'g') : undefined
  // a report says the same words thousands of times
  const seen = new Map<string, string>()
  return (text) => {
    const before = seen.get(text)
    if (before !== undefined) return before
    const bare = text.replace(URL_CREDENTIALS, `$1${REDACTED}@`).replace(JAAS_PASSWORD, `$1$2${REDACTED}$2`)
    const clean = known ? bare.replace(known, REDACTED) : bare
    seen.set(text, clean)
    return clean
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
