import type { Recognised } from './declare.ts'
import type { ConfigDocument } from './document.ts'

/** What a recogniser may know beside its own document. */
export interface Surroundings {
  /** The documents of the same folder (or ConfigMap), itself included. */
  readonly siblings: readonly ConfigDocument[]
  /** A document that was parsed because this one refers to it, by its path from the root. */
  readonly document: (path: string) => ConfigDocument | undefined
  readonly exists: (path: string) => boolean
  readonly isFolder: (path: string) => boolean
  /** Whether the code beside takes in messages, where the files of the project can be asked: see `takesInMessages`. */
  readonly takesIn?: () => boolean | undefined
}

/** Tells what one document declares; nothing where it is not of its kind. Pure. */
export type Recogniser = (document: ConfigDocument, surroundings: Surroundings) => Recognised

/** Computes once for all documents that share their siblings: a folder may hold thousands of manifests, each recognised in view of the others. */
export function oncePerFolder<T>(
  compute: (siblings: readonly ConfigDocument[]) => T,
): (siblings: readonly ConfigDocument[]) => T {
  const known = new WeakMap<readonly ConfigDocument[], T>()
  return (siblings) => {
    const before = known.get(siblings)
    if (before !== undefined) return before
    const value = compute(siblings)
    known.set(siblings, value)
    return value
  }
}
