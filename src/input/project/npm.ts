import { spanOf } from '../../text/span.ts'
import { at, entriesOf, firstProblem, textOf } from './nodes.ts'
import { readNpmRange } from './semver.ts'
import { isVersion, UNSPECIFIED } from './specifier.ts'
import { lock, type ManifestReader, type Statement } from './statement.ts'

const FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies']

/** Reads package.json. */
export const readPackageJson: ManifestReader = async ({ text, wanted }) => {
  if (!wanted.mentionedIn('npm', text)) return { statements: [] }
  const { parserFor } = await import('../../formats/parse.ts')
  const parsed = (await parserFor('json'))(text)
  const statements = FIELDS.flatMap((field) =>
    entriesOf(at(parsed.documents[0], field)).flatMap(({ key, value, span }): Statement[] => {
      const written = textOf(value) ?? ''
      // `npm:other@^1` installs another package under this name
      const [, alias, range] = /^npm:((?:@[^@/]+\/)?[^@]+)(?:@(.*))?$/.exec(written) ?? []
      const name = alias ?? key
      if (!wanted.has('npm', name)) return []
      const specifier = alias === undefined ? written : (range ?? '')
      const allows = specifier === '' || specifier === '*' ? UNSPECIFIED : readNpmRange(specifier)
      return [{ ecosystem: 'npm', name, specifier, allows, span, secondary: field === 'devDependencies' }]
    }),
  )
  return { statements, problem: firstProblem(parsed) }
}

/** Reads package-lock.json and npm-shrinkwrap.json of every version: only what is installed at the top, not below another package. */
export const readNpmLock: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  const entry = new RegExp(`"([^"\\n]*node_modules/)?${wanted.pattern('npm')}"\\s*:\\s*\\{([^{}]*)`, 'g')
  for (const { 0: whole, 1: folder, 2: name = '', 3: content = '', index } of text.matchAll(entry)) {
    if (folder !== undefined && folder.indexOf('node_modules/') !== folder.lastIndexOf('node_modules/')) continue
    const version = /"version"\s*:\s*"([^"\n]+)"/.exec(content)
    if (version === null || !isVersion(version[1] as string)) continue
    const from = index + whole.length - content.length + version.index
    statements.push({
      ecosystem: 'npm',
      name,
      specifier: version[1] as string,
      allows: lock(version[1] as string),
      span: spanOf(from, from + version[0].length),
      secondary: /"dev"\s*:\s*true/.test(content),
    })
  }
  return { statements }
}

/** Reads yarn.lock, of Yarn 1 and of Berry: a line of `name@range, name@range:`, and the version among the indented lines below it. */
export const readYarnLock: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  const heading = new RegExp(`(?:^|[ ,"])${wanted.pattern('npm')}@`)
  let name: string | undefined
  let start = 0
  for (const raw of text.split('\n')) {
    const version = name === undefined ? null : /^[ \t]+version:?[ \t]+"?([^"\s]{1,100})"?/.exec(raw)
    if (version !== null && isVersion(version[1] as string)) {
      const span = spanOf(start + version[0].search(/\S/), start + version[0].length)
      statements.push({
        ecosystem: 'npm',
        name: name as string,
        specifier: version[1] as string,
        allows: lock(version[1] as string),
        span,
      })
      name = undefined
    } else if (/^[^\s#]/.test(raw)) name = raw.length <= LONGEST_HEADING ? heading.exec(raw)?.[1] : undefined
    start += raw.length + 1
  }
  return { statements }
}

/** Hundreds of ranges of one package; no lock file has more. */
const LONGEST_HEADING = 20_000

/** Reads pnpm-lock.yaml by the keys of its packages: `/kafkajs/2.2.4`, `/kafkajs@2.2.4`, `kafkajs@2.2.4`. */
export const readPnpmLock: ManifestReader = ({ text, wanted }) => {
  const found = new Map<string, Statement>()
  for (const { 0: whole, 1: name = '', 2: version = '', index } of text.matchAll(
    new RegExp(`^ {2}["']?/?${wanted.pattern('npm')}[@/](\\d[^:'"(_\\s]*)`, 'gm'),
  )) {
    const statement = {
      ecosystem: 'npm',
      name,
      specifier: version,
      allows: lock(version),
      span: spanOf(index + 2, index + whole.length),
    } as const
    if (isVersion(version) && !found.has(`${name}@${version}`)) found.set(`${name}@${version}`, statement)
  }
  return { statements: [...found.values()] }
}
