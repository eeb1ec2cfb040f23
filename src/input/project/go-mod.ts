import { spanOf } from '../../text/span.ts'
import { isVersion, pin, UNSPECIFIED } from './specifier.ts'
import type { ManifestReader, Statement } from './statement.ts'

/** Reads go.mod: `require` gives the least version, which is the one selected unless a dependency asks for a later one; `replace` wins. */
export const readGoMod: ManifestReader = ({ text, wanted }) => {
  const replaced = new Map<string, { name: string; version: string }>()
  for (const [, name = '', target = '', version = ''] of text.matchAll(
    /^[ \t]*(?:replace[ \t]+)?([\w./~-]+)(?:[ \t]+v\S+)?[ \t]+=>[ \t]+(\S+)(?:[ \t]+v?(\S+))?/gm,
  ))
    replaced.set(name, { name: target, version })
  const statements: Statement[] = []
  for (const match of text.matchAll(/^([ \t]*(?:require[ \t]+)?)([\w./~-]+)[ \t]+v([\w.+-]+)[ \t]*(?:\/\/[^\n]*)?\r?$/gm)) {
    const [, lead = '', required = '', version = ''] = match
    const { name, version: chosen } = replaced.get(required) ?? { name: required, version }
    if (!wanted.has('go', name)) continue
    const from = match.index + lead.length
    const end = from + required.length + 2 + version.length
    const allows = isVersion(chosen) ? pin(chosen) : UNSPECIFIED
    statements.push({ ecosystem: 'go', name, specifier: chosen === '' ? '' : `v${chosen}`, allows, span: spanOf(from, end) })
  }
  return { statements }
}
