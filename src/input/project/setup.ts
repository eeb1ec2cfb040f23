import { posix } from 'node:path'
import { spanOf } from '../../text/span.ts'
import { readRequirement } from './pep440.ts'
import { isSecondary, type ManifestReader, type Statement } from './statement.ts'

/** Reads setup.cfg: `install_requires` and the extras of setuptools, one requirement a line. */
export const readSetupCfg: ManifestReader = ({ path, text, wanted }) => {
  const statements: Statement[] = []
  const includes: string[] = []
  let section = ''
  let key = ''
  let start = 0
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd()
    const header = /^\[([^\]]+)\]/.exec(line)
    const option = /^([\w.-]+)\s*[=:]\s*/.exec(line)
    if (header !== null) {
      section = header[1] as string
      key = ''
    } else if (option !== null) key = option[1] as string
    const isExtra = section === 'options.extras_require'
    const listed = isExtra ? key !== '' : section === 'options' && /^(?:install_requires|tests_require)$/.test(key)
    const offset = option === null ? line.search(/\S|$/) : option[0].length
    const written = line.slice(offset)
    if (listed && header === null && written !== '' && !/^[#;]/.test(written)) {
      const file = /^file:\s*(.+)/.exec(written)?.[1]
      if (file !== undefined) includes.push(...file.split(',').map((one) => posix.join(posix.dirname(path), one.trim())))
      const requirement = file === undefined ? readRequirement(written) : undefined
      if (requirement !== undefined && wanted.has('pypi', requirement.name)) {
        const { name, specifier, allows, end } = requirement
        const from = start + offset
        const secondary = key === 'tests_require' || (isExtra && isSecondary(key))
        statements.push({ ecosystem: 'pypi', name, specifier, allows, span: spanOf(from, from + end), secondary })
      }
    }
    start += raw.length + 1
  }
  return { statements, includes }
}

/** What lists of requirements are called; a bare name in any other list (packages, keywords, entry points) is no requirement. */
const REQUIREMENT_LISTS = /requir|depend|deps|extras?|install/i

/** How far before a requirement the name of its list is looked for. */
const LOOK_BACK = 4000
/** More than any setup.py lists of packages that anything is known of. */
const MOST_STATEMENTS = 200

/** Reads setup.py as text: quoted requirements of known packages, wherever the list stands. Nothing is run. */
export const readSetupPy: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  for (const match of text.matchAll(new RegExp(`(["'])(${wanted.pattern('pypi')}(?=["'\\s\\[(<>=!~;@])[^"'\\n]*)\\1`, 'gi'))) {
    const literal = match[2] as string
    const from = match.index + 1
    if (statements.length >= MOST_STATEMENTS) break
    const before = text.slice(Math.max(0, from - LOOK_BACK), from - 1)
    const line = before.slice(before.lastIndexOf('\n') + 1)
    if (/^\s*#|\s#/.test(line)) continue
    const requirement = readRequirement(literal)
    if (requirement === undefined || !wanted.has('pypi', requirement.name)) continue
    const list = listOf(`${before}"`)
    if (requirement.specifier === '' && !REQUIREMENT_LISTS.test(list.variable)) continue
    const { name, specifier, allows } = requirement
    const secondary = isSecondary(list.key) || list.variable === 'tests_require'
    statements.push({ ecosystem: 'pypi', name, specifier, allows, span: spanOf(from, from + literal.length), secondary })
  }
  return { statements }
}

/** What the list in which a text ends is called, by variable or argument and, in a dict of lists, by key: `extras_require={"dev": [`. */
function listOf(before: string): { variable: string; key: string } {
  let variable = ''
  let key = ''
  const openings =
    /(?:["']([\w-]+)["']\s*:|\b(\w+)\s*(?::[^=\n]*)?\+?=)\s*(?:(?:list|set|tuple|dict)?[([{]+|(?=["']))|\b(\w+)\.(?:append|extend)\(/g
  for (const [, quoted, assigned, grown] of before.matchAll(openings)) {
    if (quoted !== undefined) key = quoted
    else {
      variable = (assigned ?? grown) as string
      key = ''
    }
  }
  return { variable, key }
}
