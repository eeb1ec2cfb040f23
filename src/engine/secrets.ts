import type { Document } from '../model/document.ts'
import type { Location } from '../model/location.ts'
import { type Redactor, redactorFor } from '../text/redact.ts'
import { overlaps, type Span } from '../text/span.ts'

/** What an audit knows of the secrets in the files it read. */
export interface Secrets {
  readonly redact: Redactor
  /** True when a place takes in a secret. */
  holds(location: Location): boolean
  /** The redactor for text about these places: it also takes out short secrets that stand in them. */
  redactAbout(locations: readonly Location[]): Redactor
}

export function secretsOf(documents: ReadonlyMap<string, Document>): Secrets {
  const all: string[] = []
  for (const { text, secrets } of documents.values()) for (const { start, end } of secrets) all.push(text.slice(start, end))
  const redact = redactorFor(all)
  return {
    redact,
    holds: (location) => secretsAt(documents, location).length > 0,
    redactAbout: (locations) => {
      const near = locations.flatMap((location) => secretsAt(documents, location))
      if (near.length === 0) return redact
      const strict = redactorFor(near, true)
      return (text) => redact(strict(text))
    },
  }
}

function secretsAt(documents: ReadonlyMap<string, Document>, location: Location): string[] {
  const document = documents.get(location.path)
  if (!document || document.secrets.length === 0) return []
  const place = spanOfLocation(document, location)
  return document.secrets.filter((secret) => overlaps(secret, place)).map(({ start, end }) => document.text.slice(start, end))
}

function spanOfLocation({ lines, text }: Document, location: Location): Span {
  const offset = (line: number, column: number) => (lines[line - 1] ?? text.length) + column - 1
  const start = offset(location.line, location.column)
  // an empty place still stands somewhere
  return { start, end: Math.max(start + 1, offset(location.endLine, location.endColumn)) }
}

/** Keys that hold identifiers of ours or places, never quoted source. */
const KEPT = new Set(['path', 'location', 'fingerprint', 'rule', 'kind', 'schemaVersion', 'citation'])

/** A client's id is its path and its function, by which findings are joined to it; the id of a group or topic is the project's text. */
function isClientId(key: string, object: object): boolean {
  return key === 'id' && ('role' in object || ('kind' in object && object.kind === 'client'))
}

/** The value with every string of it redacted; parts without secrets are shared with the original, as most are. */
export function redactDeep<T>(value: T, redact: Redactor): T {
  if (typeof value === 'string') return redact(value) as T
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    let items: unknown[] | undefined
    for (let i = 0; i < value.length; i++) {
      const clean: unknown = redactDeep(value[i], redact)
      if (clean === value[i]) continue
      items ??= [...value]
      items[i] = clean
    }
    return (items ?? value) as T
  }
  let copy: Record<string, unknown> | undefined
  for (const key in value) {
    if (KEPT.has(key) || isClientId(key, value)) continue
    const before: unknown = value[key]
    const clean = redactDeep(before, redact)
    if (clean === before) continue
    copy ??= { ...(value as Record<string, unknown>) }
    copy[key] = clean
  }
  return (copy as T | undefined) ?? value
}
