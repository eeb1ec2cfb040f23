import type { Comment, ConfigFormat, Entry, Node } from '../../formats/syntax.ts'
import { type Location, locate } from '../../model/location.ts'
import type { LineStarts } from '../../text/lines.ts'
import type { Span } from '../../text/span.ts'

/** One configuration document as recognisers see it: a file, or a file embedded in a ConfigMap. Spans count in the text of `path`. */
export interface ConfigDocument {
  /** The file that it stands in, relative to the root. */
  readonly path: string
  /** Folder of that file; '' for the root. */
  readonly folder: string
  /** The file's own name, or the key under which a ConfigMap embeds it. */
  readonly name: string
  /** '' for a file; for an embedded document what tells it from others in the same file, ending in `/`. */
  readonly scope: string
  readonly format: ConfigFormat
  readonly lines: LineStarts
  /** One per YAML document, else at most one. */
  readonly roots: readonly Node[]
  readonly comments: readonly Comment[]
}

export function locationOf(document: ConfigDocument, span: Span): Location {
  return locate(document.path, document.lines, span)
}

/** The whole entry when it stands on one line, else its key: a finding about a section points at its name. */
export function entryLocation(document: ConfigDocument, entry: Entry): Location {
  const whole = locationOf(document, entry.span)
  return whole.line === whole.endLine ? whole : locationOf(document, entry.keySpan)
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A relative path resolved against a folder of the root; undefined when it leaves the root or is absolute. */
export function resolvePath(folder: string, relative: string): string | undefined {
  if (/^([/~]|[a-z]+:)/i.test(relative)) return undefined
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}
