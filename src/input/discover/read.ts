import { isUtf8 } from 'node:buffer'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { FileKind } from '../files.ts'

/** Sources and configuration above this size are data or generated; parsing one would cost more than the rest of a project. */
export const LARGEST_FILE = 2 * 1024 * 1024
/** Lock files of real projects reach some 10 MB. */
export const LARGEST_MANIFEST = 32 * 1024 * 1024

let shared: Buffer | undefined

/** What reading a file gave. `bytes` of a `whole` or `part` are overwritten by the next call. */
export type Read =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** The first bytes of a file above the limit. */
  | { readonly kind: 'part'; readonly bytes: Buffer; readonly size: number }
  | { readonly kind: 'failed'; readonly code: string }

/** Reads a regular file into a buffer that every call shares: allocating and freeing one per file costs more than the reading. */
export function readShared(path: string): Read {
  shared ??= Buffer.allocUnsafeSlow(LARGEST_FILE + 1)
  return read(path, shared)
}

/** Reads a file up to a limit into memory of its own. */
export function readOwn(path: string, limit: number): Read {
  if (limit <= LARGEST_FILE) {
    const result = readShared(path)
    return result.kind === 'whole' ? { kind: 'whole', bytes: Buffer.from(result.bytes) } : result
  }
  const result = readShared(path)
  if (result.kind === 'whole') return { kind: 'whole', bytes: Buffer.from(result.bytes) }
  if (result.kind === 'failed' || result.size > limit) return result
  return read(path, Buffer.allocUnsafeSlow(result.size + 1))
}

function read(path: string, into: Buffer): Read {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    return { kind: 'failed', code: codeOf(error) }
  }
  try {
    let length = readSync(file, into, 0, into.length, null)
    // one call reads a whole regular file; only a full buffer, or a file system that answers in pieces, needs more
    if (length === into.length) return { kind: 'part', bytes: into, size: fstatSync(file).size }
    if (length > 0 && length % 4096 === 0) length = readRest(file, into, length)
    return { kind: 'whole', bytes: into.subarray(0, length) }
  } catch (error) {
    return { kind: 'failed', code: codeOf(error) }
  } finally {
    closeSync(file)
  }
}

function readRest(file: number, into: Buffer, from: number): number {
  let length = from
  while (length < into.length) {
    const more = readSync(file, into, length, into.length - length, null)
    if (more === 0) break
    length += more
  }
  return length
}

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'UNKNOWN'
}

/** How a file's bytes are to be decoded; `note` says what was assumed, where that may be wrong. */
export interface Encoding {
  readonly name: 'utf8' | 'utf16le' | 'utf16be' | 'latin1'
  readonly note?: string
}

/** UTF-16 is known by its byte order mark alone, so that it can be told before the bytes are filtered. */
export function isUtf16(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

export function encodingOf(kind: FileKind, bytes: Buffer): Encoding {
  if (isUtf16(bytes)) return { name: bytes[0] === 0xff ? 'utf16le' : 'utf16be' }
  if (isUtf8(bytes)) return { name: 'utf8' }
  // Java reads .properties as ISO 8859-1, and Python sources may declare another encoding (PEP 263)
  if (kind === 'properties' || (kind === 'python' && declaresEncoding(bytes))) return { name: 'latin1' }
  return { name: 'latin1', note: 'not valid UTF-8; read as Latin-1' }
}

function declaresEncoding(bytes: Buffer): boolean {
  return /^(?:[^\n]*\n)?[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8)[\w.-]+/i.test(
    bytes.toString('latin1', 0, Math.min(bytes.length, 400)),
  )
}

/** The text of a file, without its byte order mark. */
export function decode(bytes: Buffer, { name }: Encoding): string {
  switch (name) {
    case 'utf16le':
      return bytes.toString('utf16le', 2)
    case 'utf16be':
      return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString('utf16le')
    case 'latin1':
      return bytes.toString('latin1')
    case 'utf8':
      return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0)
  }
}
