import type { Comment } from '../formats/syntax.ts'
import type { Document } from '../model/document.ts'
import { type Location, locate } from '../model/location.ts'
import { lineText, positionAt } from '../text/lines.ts'
import { didYouMean } from '../text/nearest.ts'

/** An ignore comment that can be read: rules, an optional last day, a reason, and the line it speaks of. */
export interface Ignore {
  readonly path: string
  readonly location: Location
  readonly rules: readonly string[]
  /** Last day it holds, as written: `2027-01-31`, in UTC. */
  readonly until?: string
  readonly reason: string
  /** The line whose findings it silences: its own when it trails, else the next one that is no comment. */
  readonly line: number
  readonly trailing: boolean
}

/** A comment that means to ignore and cannot be read. */
export interface InvalidIgnore {
  readonly path: string
  readonly location: Location
  readonly problem: string
}

export interface ReadIgnores {
  readonly ignores: readonly Ignore[]
  readonly invalid: readonly InvalidIgnore[]
}

/** Every comment that begins like a directive of ours, spelled right or not; prose that only names semcheck is none. */
const DIRECTIVE = /^semcheck[-:\s]+(?:ignore|disable|suppress|skip|allow|noqa)/i

export function readIgnores(documents: Iterable<Document>, ruleIds: readonly string[]): ReadIgnores {
  const ignores: Ignore[] = []
  const invalid: InvalidIgnore[] = []
  for (const document of documents) {
    for (const comment of document.comments) {
      if (!DIRECTIVE.test(comment.text)) continue
      const location = locate(document.path, document.lines, comment.span)
      const parsed = parseIgnore(comment.text, ruleIds)
      if (typeof parsed === 'string') invalid.push({ path: document.path, location, problem: parsed })
      else ignores.push({ path: document.path, location, ...parsed, ...targetOf(document, comment) })
    }
  }
  return { ignores, invalid }
}

/** The parts of an ignore comment, or what is wrong with it. */
export function parseIgnore(text: string, ruleIds: readonly string[]): Pick<Ignore, 'rules' | 'until' | 'reason'> | string {
  if (!/^semcheck-ignore(?:\s|$)/.test(text)) {
    const word = /^\S+(?:\s+\S+)?/.exec(text)?.[0] ?? text
    return `"${word}" is no directive: write "semcheck-ignore"`
  }
  const [head = '', ...rest] = text.split(/\s+--(?:\s+|$)/)
  const reason = text
    .slice(head.length)
    .replace(/^\s+--\s*/, '')
    .trim()
  if (rest.length === 0) return 'it gives no reason: end it with " -- " and why the finding is accepted'
  if (reason === '') return 'it gives no reason after "--"'
  const words = head
    .split(/[,\s]+/)
    .slice(1)
    .filter((word) => word !== '')
  const last = words.at(-1)?.startsWith('until=') ? words.pop() : undefined
  if (words.length === 0) return 'it names no rule'
  for (const word of words) {
    if (word.includes('*')) return `"${word}" is a wildcard, and there is none: name the rules`
    if (word.includes('=')) return 'write it as "semcheck-ignore rule-a, rule-b until=2027-01-31 -- reason"'
    if (!ruleIds.includes(word)) return `there is no rule "${word}"${didYouMean(word, ruleIds)}`
  }
  const until = last?.slice('until='.length)
  if (until !== undefined && !isDay(until)) return `"until=${until}" is no day: write it as until=2027-01-31`
  return { rules: words, ...(until === undefined ? {} : { until }), reason }
}

/** True from the day after `until`, in UTC. */
export function isExpired(ignore: Ignore, now: Date): boolean {
  return ignore.until !== undefined && now.toISOString().slice(0, 10) > ignore.until
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function targetOf(document: Document, comment: Comment): { line: number; trailing: boolean } {
  const { line } = positionAt(document.lines, comment.span.start)
  if (!standsAlone(document, comment)) return { line, trailing: true }
  const alone = new Set(document.comments.filter((c) => standsAlone(document, c)).flatMap((c) => linesOf(document, c)))
  let target = lastLine(document, comment) + 1
  while (alone.has(target)) target++
  return { line: target, trailing: false }
}

function standsAlone(document: Document, comment: Comment): boolean {
  const { line, column } = positionAt(document.lines, comment.span.start)
  return (
    lineText(document.text, document.lines, line)
      .slice(0, column - 1)
      .trim() === ''
  )
}

function linesOf(document: Document, comment: Comment): number[] {
  const { line } = positionAt(document.lines, comment.span.start)
  return Array.from({ length: lastLine(document, comment) - line + 1 }, (_, i) => line + i)
}

/** Some spans of comments take in the line break; the comment does not reach into that next line. */
function lastLine(document: Document, comment: Comment): number {
  return positionAt(document.lines, Math.max(comment.span.start, comment.span.end - 1)).line
}
