import { spanOf } from '../../text/span.ts'
import { normaliseName } from './pep440.ts'
import { isVersion } from './specifier.ts'
import { lock, type ManifestReader, type Statement } from './statement.ts'

/** Reads poetry.lock, uv.lock and pdm.lock: `[[package]]` tables, found by name, since a lock file runs to megabytes. */
export const readPythonLock: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  for (const match of text.matchAll(new RegExp(`^name = "${wanted.pattern('pypi')}"\\r?$`, 'gim'))) {
    const from = match.index
    const rest = text.slice(from, from + LONGEST_TABLE)
    const table = rest.slice(0, /^\[/m.exec(rest)?.index ?? rest.length)
    const version = /^version = "([^"\n]+)"/m.exec(table)
    if (version === null || !isVersion(version[1] as string)) continue
    statements.push({
      ecosystem: 'pypi',
      name: normaliseName(match[1] as string),
      specifier: version[1] as string,
      allows: lock(version[1] as string),
      span: spanOf(from + version.index, from + version.index + version[0].length),
      // poetry below 1.5 says so of each package
      secondary: /^category = "dev"/m.test(table),
    })
  }
  return { statements }
}

/** Name, version and source come first in a table; its files, which may be many, after them. */
const LONGEST_TABLE = 4000

/** Reads Pipfile.lock: `"kafka-python": {"version": "==2.0.2", …}` in `default` or `develop`. */
export const readPipfileLock: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  const develop = text.search(/"develop"\s*:\s*\{/)
  for (const match of text.matchAll(
    new RegExp(`"${wanted.pattern('pypi')}"\\s*:\\s*\\{[^{}]*?("version"\\s*:\\s*"==([^"]+)")`, 'gi'),
  )) {
    const [whole, name = '', entry = '', version = ''] = match
    if (!isVersion(version)) continue
    const end = match.index + whole.length
    statements.push({
      ecosystem: 'pypi',
      name: normaliseName(name),
      specifier: `==${version}`,
      allows: lock(version),
      span: spanOf(end - entry.length, end),
      secondary: develop >= 0 && match.index > develop,
    })
  }
  return { statements }
}
