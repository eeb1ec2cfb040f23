import { editDistance } from '../../text/nearest.ts'

const fold = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/**
 * The setting that a key certainly means though it is not spelled so, or undefined. Stricter than a hint after an error may be: Java clients
 * hand unknown keys to serializers, interceptors and callbacks, so that a key of its own is legal and must not be taken for a mistake. Taken
 * as one are a different separator or case (`enable-auto-commit`), and one edit in a short name, two in one of ten letters or more.
 */
export function misspelt(key: string, settings: Iterable<string>): string | undefined {
  const folded = fold(key)
  for (const setting of settings) {
    const meant = fold(setting)
    if (folded === meant) return setting
    if (meant.length < 6 || Math.abs(folded.length - meant.length) > 2) continue
    if (editDistance(folded, meant) <= (meant.length < 10 ? 1 : 2)) return setting
  }
  return undefined
}
