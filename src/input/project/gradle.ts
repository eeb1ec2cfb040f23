import { posix } from 'node:path'
import { spanOf } from '../../text/span.ts'
import { readGradleVersion } from './maven-version.ts'
import { at, entriesOf, firstProblem, textOf } from './nodes.ts'
import { SPRING_BOOT } from './pom.ts'
import { UNSPECIFIED } from './specifier.ts'
import { lock, type Manifest, type ManifestReader, type Statement } from './statement.ts'

const QUOTED = String.raw`["']([^"'\n]{1,200})["']`
/** `'group:artifact:version'`, and the variable that is added to it. */
const COORDINATE =
  /(["'])(?<group>[\w.-]{1,200}):(?<artifact>[\w.-]{1,200})(?::(?<version>(?:\$\{[^}\n]{0,100}\}|(?!\1)[^:@\n]){0,200}))?(?:[:@](?:(?!\1)[^\n]){0,200})?\1(?<more>\s*\+\s*[\w.]{1,100})?/g
const TEST_CONFIGURATION =
  /(?:^|\b|[a-z])[tT]est\w*(?:Implementation|Api|CompileOnly|RuntimeOnly|Compile|Runtime)?\s*(?:\(|\s)\s*(?:platform\s*\(\s*)?$/

/** Reads build.gradle and build.gradle.kts as text: coordinates, plugins and `ext` versions, with variables as far as the project sets them. */
export const readGradle: ManifestReader = (manifest) => {
  if (!manifest.wanted.mentionedIn('maven', manifest.text)) return { statements: [] }
  const text = withoutComments(manifest.text)
  const scopes = [text, ...settingsAbove(manifest)]
  const statements: Statement[] = []
  const resolved = new Map<string, string>()
  const bootAt = new Set<number>()
  const say = (name: string, written: string, start: number, end: number) => {
    if (!manifest.wanted.has('maven', name)) return
    const version = resolved.get(written) ?? resolve(written, scopes)
    resolved.set(written, version)
    const before = text.slice(Math.max(0, start - 200), start)
    statements.push({
      ecosystem: 'maven',
      name,
      specifier: version,
      allows: version === '' ? UNSPECIFIED : readGradleVersion(version),
      span: spanOf(start, end),
      secondary: TEST_CONFIGURATION.test(before.slice(before.lastIndexOf('\n') + 1)),
    })
  }

  for (const { 0: whole, index, groups } of text.matchAll(COORDINATE)) {
    const { group = '', artifact = '', version = '', more = '' } = groups ?? {}
    const name = `${group}:${artifact}`
    const written = more === '' ? version : `${version}\${${more.replace(/[\s+]/g, '')}}`
    const end = index + whole.length - more.length
    say(name, written, index, end)
    if (group === 'org.springframework.boot' && written !== '') sayBoot(written, index, end)
  }
  const named = new RegExp(
    String.raw`group\s*[:=]\s*${QUOTED}\s*,\s*name\s*[:=]\s*${QUOTED}(?:\s*,\s*version\s*[:=]\s*(?:${QUOTED}|([\w.]{1,100})))?`,
    'g',
  )
  for (const { 0: whole, 1: group, 2: artifact, 3: version, 4: variable, index } of text.matchAll(named))
    say(`${group}:${artifact}`, version ?? (variable === undefined ? '' : `\${${variable}}`), index, index + whole.length)
  const plugin = new RegExp(
    String.raw`\bid\s*\(?\s*["']org\.springframework\.boot["']\s*\)?\s*\.?version\s*\(?\s*(?:${QUOTED}|([\w.]{1,100}))`,
    'g',
  )
  for (const { 0: whole, 1: version, 2: variable, index } of text.matchAll(plugin))
    sayBoot(version ?? `\${${variable}}`, index, index + whole.length)
  // Spring Boot's dependency management takes versions from extra properties of these names
  const override = new RegExp(String.raw`["'](kafka|spring-kafka)\.version["']\s*\]?\s*[,=]\s*${QUOTED}`, 'g')
  for (const { 0: whole, 1: library, 2: version = '', index } of text.matchAll(override))
    say(
      library === 'kafka' ? 'org.apache.kafka:kafka-clients' : 'org.springframework.kafka:spring-kafka',
      version,
      index,
      index + whole.length,
    )
  return { statements }

  function sayBoot(version: string, start: number, end: number): void {
    if (bootAt.has(start)) return
    bootAt.add(start)
    say(SPRING_BOOT, version, start, end)
  }
}

/** Reads gradle/libs.versions.toml: libraries and plugins with their versions, given or referred to. */
export const readVersionCatalog: ManifestReader = async ({ text, wanted }) => {
  if (!wanted.mentionedIn('maven', text)) return { statements: [] }
  const { parserFor } = await import('../../formats/parse.ts')
  const parsed = (await parserFor('toml'))(text)
  const root = parsed.documents[0]
  const statements: Statement[] = []
  const versionOf = (node: Parameters<typeof at>[0]): string => {
    const reference = textOf(at(node, 'version', 'ref'))
    const version = reference === undefined ? at(node, 'version') : at(root, 'versions', reference)
    return (
      textOf(version) ??
      ['strictly', 'require', 'prefer'].map((key) => textOf(at(version, key))).find((one) => one !== undefined) ??
      ''
    )
  }
  const say = (name: string, version: string, span: Statement['span']) => {
    if (!wanted.has('maven', name)) return
    statements.push({
      ecosystem: 'maven',
      name,
      specifier: version,
      allows: version === '' ? UNSPECIFIED : readGradleVersion(version),
      span,
    })
  }
  for (const { value, span } of entriesOf(at(root, 'libraries'))) {
    const [group, artifact, version] = (textOf(value) ?? textOf(at(value, 'module')) ?? '').split(':')
    const name = `${textOf(at(value, 'group')) ?? group}:${textOf(at(value, 'name')) ?? artifact}`
    say(name, version ?? versionOf(value), span)
    if (name === `${SPRING_BOOT}-dependencies`) say(SPRING_BOOT, version ?? versionOf(value), span)
  }
  for (const { value, span } of entriesOf(at(root, 'plugins'))) {
    const [id, version] = (textOf(value) ?? textOf(at(value, 'id')) ?? '').split(':')
    if (id === 'org.springframework.boot') say(SPRING_BOOT, version ?? versionOf(value), span)
  }
  return { statements, problem: firstProblem(parsed) }
}

/** Reads gradle.lockfile: `group:artifact:version=configurations`. */
export const readGradleLock: ManifestReader = ({ text, wanted }) => {
  const statements: Statement[] = []
  for (const { 0: whole, 1: name = '', 2: version = '', 3: used = '', index } of text.matchAll(
    new RegExp(`^${wanted.pattern('maven')}:([^=\\s]+)=(.*)$`, 'gm'),
  )) {
    const secondary = used.split(',').every((one) => /test/i.test(one))
    statements.push({
      ecosystem: 'maven',
      name,
      specifier: version,
      allows: lock(version),
      span: spanOf(index, index + whole.indexOf('=')),
      secondary,
    })
  }
  return { statements }
}

/** Comments blanked out, so that offsets stay and a `//` inside a string does too. */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (token) =>
    token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token,
  )
}

/** Build files and gradle.properties in the folders above, and beside: they may set the variables that a build file uses. */
function settingsAbove({ path, open }: Manifest): readonly string[] {
  const texts: string[] = []
  let folder = posix.dirname(path)
  for (let own = true; ; own = false) {
    const names = own ? ['gradle.properties'] : ['gradle.properties', 'build.gradle', 'build.gradle.kts']
    for (const name of names) {
      const found = open(folder === '.' ? name : `${folder}/${name}`)
      if (found !== undefined) texts.push(withoutComments(found.text))
    }
    if (folder === '.' || folder === '') return texts
    folder = posix.dirname(folder)
  }
}

/** `$kafkaVersion`, `${versions.kafka}`, `${property("kafka.version")}` by the nearest text that sets it; what nobody sets stays as it is. */
function resolve(written: string, scopes: readonly string[]): string {
  return written.replace(/\$\{([^}]*)\}|\$([A-Za-z_]\w*)/g, (whole, braced: string | undefined, bare: string | undefined) => {
    const expression = (braced ?? bare ?? '').trim()
    const property = PROPERTY.exec(expression)?.[1] ?? /\[["']([\w.-]+)["']\]$/.exec(expression)?.[1]
    return lookUp(property ?? expression.slice(expression.lastIndexOf('.') + 1), scopes, 0) ?? whole
  })
}

const PROPERTY = /(?:[pP]roperty|get)\(?\s*["']([\w.-]{1,100})["']/

function lookUp(name: string, scopes: readonly string[], depth: number): string | undefined {
  if (depth > 3 || !/^[\w.-]{1,100}$/.test(name)) return undefined
  const key = String.raw`(?:^|[\s,.\[("'])${name.replace(/[.-]/g, '\\$&')}["']?\]?\)?[ \t]*(?::[ \t]*String[ \t]*)?`
  const literal = new RegExp(
    String.raw`${key}(?:=|:|,|by[ \t]+extra[ \t]*\()[ \t]*\(?[ \t]*(?:["']([^"'$\n]{1,100})["']|(\d[\w.+-]*)[ \t\r]*$)`,
    'm',
  )
  const alias = new RegExp(
    String.raw`${key}=[ \t]*(?:\w+\.)*(?:gradleProperty|findProperty|property)\([ \t]*["']([\w.-]{1,100})["']`,
    'm',
  )
  for (const scope of scopes) {
    const found = literal.exec(scope)
    if (found !== null) return found[1] ?? found[2]
    const other = alias.exec(scope)?.[1]
    if (other !== undefined) return lookUp(other, scopes, depth + 1)
  }
  return undefined
}
