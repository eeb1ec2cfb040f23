import { posix } from 'node:path'
import { readMavenVersion } from './maven-version.ts'
import { UNSPECIFIED } from './specifier.ts'
import type { Manifest, ManifestReader, Statement } from './statement.ts'
import { childAt, type Element, readXml } from './xml.ts'

/** One pom, and those it inherits from as far as they are in the project: the nearest first. */
interface Pom {
  readonly path: string
  readonly text: string
  readonly root: Element
}

/** Maven itself allows more; no project nests so deep. */
const MOST_PARENTS = 8

/** Spring Boot's own version decides that of every library it manages; it is told under this name, whichever artifact brings it. */
export const SPRING_BOOT = 'org.springframework.boot:spring-boot'

/** Properties by which a project sets the version of a library that Spring Boot manages. */
const MANAGED_BY_PROPERTY: Readonly<Record<string, string>> = {
  'kafka.version': 'org.apache.kafka:kafka-clients',
  'spring-kafka.version': 'org.springframework.kafka:spring-kafka',
}

/** Reads a pom.xml: dependencies, what the parents in the project manage, properties, and Spring Boot by parent or import. */
export const readPom: ManifestReader = (manifest) => {
  const chain = chainOf(manifest)
  const statements: Statement[] = []
  const say = (pom: Pom, name: string, at: Element, version: string, secondary = false) => {
    if (!manifest.wanted.has('maven', name)) return
    const resolved = interpolate(version, chain)
    const allows = resolved === '' ? UNSPECIFIED : readMavenVersion(resolved)
    const elsewhere = pom.path === manifest.path ? undefined : { path: pom.path, text: pom.text }
    statements.push({ ecosystem: 'maven', name, specifier: resolved, allows, span: at.span, in: elsewhere, secondary })
  }
  const own = chain[0]
  if (own === undefined || !chain.some(({ text }) => manifest.wanted.mentionedIn('maven', text))) return { statements }

  for (const { element, profile } of dependenciesOf(own.root, 'dependencies')) {
    const name = coordinate(element, chain)
    const version = childAt(element, 'version')
    const managed = version === undefined ? managedVersion(name, chain) : undefined
    const scope = childAt(element, 'scope')?.text
    const at = version ?? managed?.version ?? childAt(element, 'artifactId') ?? element
    const told = managed?.pom ?? own
    say(told, name, at, (version ?? managed?.version)?.text ?? '', scope === 'test' || /test/i.test(profile ?? ''))
  }
  for (const pom of chain) {
    const parent = childAt(pom.root, 'parent')
    if (isBoot(coordinate(parent, chain))) sayBoot(pom, childAt(parent, 'version'))
    for (const { element } of dependenciesOf(pom.root, 'dependencyManagement', 'dependencies')) {
      const name = coordinate(element, chain)
      const version = childAt(element, 'version')
      if (isBoot(name)) sayBoot(pom, version)
      else if (version !== undefined && pom === own) say(pom, name, version, version.text)
    }
    for (const property of childAt(pom.root, 'properties')?.children ?? []) {
      const name = Object.hasOwn(MANAGED_BY_PROPERTY, property.name) ? MANAGED_BY_PROPERTY[property.name] : undefined
      if (name !== undefined && !statements.some((one) => one.name === name && one.allows.strength === 'pin'))
        say(pom, name, property, property.text)
    }
  }
  return { statements }

  function sayBoot(pom: Pom, version: Element | undefined): void {
    if (version === undefined) return
    say(pom, SPRING_BOOT, version, version.text)
    say(pom, `${SPRING_BOOT}-starter-parent`, version, version.text)
    say(pom, `${SPRING_BOOT}-dependencies`, version, version.text)
  }
}

function isBoot(name: string): boolean {
  return name === `${SPRING_BOOT}-starter-parent` || name === `${SPRING_BOOT}-dependencies`
}

function chainOf({ path, text, open }: Manifest): readonly Pom[] {
  const chain: Pom[] = []
  let next: { path: string; text: string } | undefined = { path, text }
  while (next !== undefined && chain.length < MOST_PARENTS && !chain.some((pom) => pom.path === next?.path)) {
    const root: Element | undefined = readXml(next.text).find(({ name }) => name === 'project')
    if (root === undefined) break
    chain.push({ ...next, root })
    next = parentOf(next.path, childAt(root, 'parent'), open)
  }
  return chain
}

/** Maven looks for a parent in `../pom.xml` unless told otherwise; an empty `relativePath` sends it to the repository. */
function parentOf(path: string, parent: Element | undefined, open: Manifest['open']): { path: string; text: string } | undefined {
  if (parent === undefined) return undefined
  const written = childAt(parent, 'relativePath')
  if (written !== undefined && written.text === '') return undefined
  const target = posix.join(posix.dirname(path), written?.text ?? '../pom.xml')
  return open(target) ?? open(posix.join(target, 'pom.xml'))
}

function dependenciesOf(root: Element, ...names: readonly string[]): { element: Element; profile?: string }[] {
  const own = (childAt(root, ...names)?.children ?? []).map((element) => ({ element }))
  const profiles = childAt(root, 'profiles')?.children ?? []
  const theirs = profiles.flatMap((profile) =>
    (childAt(profile, ...names)?.children ?? []).map((element) => ({ element, profile: childAt(profile, 'id')?.text ?? '' })),
  )
  return [...own, ...theirs]
}

function coordinate(element: Element | undefined, chain: readonly Pom[]): string {
  const part = (name: string) => interpolate(childAt(element, name)?.text ?? '', chain)
  return `${part('groupId')}:${part('artifactId')}`
}

function managedVersion(name: string, chain: readonly Pom[]): { pom: Pom; version: Element } | undefined {
  for (const pom of chain) {
    for (const { element } of dependenciesOf(pom.root, 'dependencyManagement', 'dependencies')) {
      const version = childAt(element, 'version')
      if (version !== undefined && coordinate(element, chain) === name) return { pom, version }
    }
  }
  return undefined
}

/** `${kafka.version}` by the properties of the pom and its parents; what nobody sets stays as it is. */
function interpolate(text: string, chain: readonly Pom[]): string {
  let result = text
  for (let round = 0; round < 5 && result.includes('${') && result.length < 500; round++)
    result = result.replace(/\$\{([^}]*)\}/g, (whole, name: string) => propertyOf(name, chain) ?? whole)
  return result
}

function propertyOf(name: string, chain: readonly Pom[]): string | undefined {
  for (const { root } of chain) {
    const found = childAt(root, 'properties')?.children.find((property) => property.name === name)
    if (found !== undefined) return found.text
  }
  const own = chain[0]?.root
  if (name === 'project.version' || name === 'version' || name === 'pom.version')
    return childAt(own, 'version')?.text ?? childAt(own, 'parent', 'version')?.text
  if (name === 'project.parent.version' || name === 'parent.version') return childAt(own, 'parent', 'version')?.text
  if (name === 'project.groupId') return childAt(own, 'groupId')?.text ?? childAt(own, 'parent', 'groupId')?.text
  return undefined
}
