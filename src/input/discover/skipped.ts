import type { Skipped } from '../../model/document.ts'
import { LARGEST_FILE } from './read.ts'

const WORDS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'operation not permitted'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'not a folder'],
  ['EISDIR', 'a folder, not a file'],
  ['EIO', 'input/output error'],
  ['ELOOP', 'a symbolic link that leads to itself'],
  ['ENAMETOOLONG', 'name too long'],
  ['EMFILE', 'too many open files'],
])

const HINTS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'give the user who runs the audit the right to read it, or exclude it'],
  ['EPERM', 'give the user who runs the audit the right to read it, or exclude it'],
  ['ENOENT', 'check the spelling, relative to the current folder'],
])

export function unreadable(path: string, code: string, what: 'file' | 'folder'): Skipped {
  const reason = `the ${what} cannot be read: ${WORDS.get(code) ?? 'input/output error'} (${code})`
  return { path, kind: 'unreadable', reason, hint: HINTS.get(code) ?? 'exclude it if it does not belong to the project' }
}

export function tooLarge(path: string, size: number, limit = LARGEST_FILE): Skipped {
  return {
    path,
    kind: 'too-large',
    reason: `${megabytes(size)} MB, more than the ${megabytes(limit)} MB that are read of one file`,
    hint: 'split it if it configures a client, or exclude it',
  }
}

function megabytes(bytes: number): string {
  return String(Math.round((bytes / 1024 / 1024) * 10) / 10)
}

export function binary(path: string): Skipped {
  return {
    path,
    kind: 'binary',
    reason: 'NUL bytes: binary, or UTF-16 without a byte order mark',
    hint: 'save it as UTF-8 if it is text, or exclude it',
  }
}

export function encoding(path: string, note: string): Skipped {
  return { path, kind: 'encoding', reason: note, hint: 'save it as UTF-8' }
}
