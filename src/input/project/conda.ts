import { spanOf } from '../../text/span.ts'
import { normaliseName, readPep440, readRequirement } from './pep440.ts'
import { pin, type Specifier, UNSPECIFIED } from './specifier.ts'
import type { ManifestReader, Statement } from './statement.ts'

/** Conda's names where they differ from PyPI's. */
const PYPI_NAMES: Readonly<Record<string, string>> = { 'python-confluent-kafka': 'confluent-kafka', 'redis-py': 'redis' }

/** Reads a conda environment: `- kafka-python=2.0.2`, `- conda-forge::name>=1`, and the list below `- pip:`. */
export const readConda: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  let pipIndent = -1
  let start = 0
  for (const raw of text.split('\n')) {
    const item = /^(\s*)-\s+(["']?)([^"'\n]*)/.exec(raw)
    if (item !== null) {
      const [whole, space = '', , content = ''] = item
      if (space.length <= pipIndent) pipIndent = -1
      const written = content.replace(/\s+#.*/, '').trimEnd()
      if (written === 'pip:') pipIndent = space.length
      else {
        const found = pipIndent >= 0 ? readRequirement(written) : readMatchSpec(written)
        if (found !== undefined && wanted.has('pypi', found.name)) {
          const { name, specifier, allows } = found
          const from = start + whole.length - content.length
          statements.push({ ecosystem: 'pypi', name, specifier, allows, span: spanOf(from, from + written.length) })
        }
      }
    }
    start += raw.length + 1
  }
  return { statements }
}

/** `channel::name=1.2`, `name 1.2.*`, `name>=1.2,<2`: one `=` takes every version that begins so. */
function readMatchSpec(text: string): { name: string; specifier: string; allows: Specifier } | undefined {
  const match = /^(?:[\w./-]+::)?([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(.*)$/.exec(text)
  if (match === null) return undefined
  const written = (match[2] as string).trim()
  const conda = normaliseName(match[1] as string)
  const name = Object.hasOwn(PYPI_NAMES, conda) ? (PYPI_NAMES[conda] as string) : conda
  if (written === '') return { name, specifier: '', allows: UNSPECIFIED }
  const [, operator, version = ''] = /^(={0,2})\s*(\d[\w.*]*)(?:[=\s]\S+)?$/.exec(written) ?? []
  if (operator === undefined) return { name, specifier: written, allows: readPep440(written) }
  if (version.includes('*')) return { name, specifier: written, allows: readPep440(`==${version}`) }
  // a build string, or a full version, names one release
  const exact = operator === '==' || version.split('.').length > 2
  return { name, specifier: written, allows: exact ? pin(version) : readPep440(`==${version}.*`) }
}
