import type { ConfigDocument } from './document.ts'
import { type SpringProperty, type SpringSection, sectionsOf, segmentsOf, startsWith, uniformName } from './spring-properties.ts'
import { oncePerFolder } from './surroundings.ts'
import { isMapping, textOf } from './tree.ts'
import { namesOf, readValue } from './values.ts'

/** The sections that are active together, lower precedence first. `profile` is undefined for what runs without a further profile. */
export interface SpringRun {
  readonly profile?: string
  readonly sections: readonly SpringSection[]
  /** Those of `sections` that the profile itself brings. */
  readonly own: readonly SpringSection[]
}

/** Profiles that only tests run under. */
const TESTS = /^(tests?|testing|it|ci|junit|(unit|integration|component)-?tests?)$/i

interface Layer {
  readonly profile?: string
  readonly section: SpringSection
}

const EXTENSION = /\.(ya?ml|properties|config)$/

/**
 * The runs of one Spring application: its base, with the profiles that the base itself activates, and one for every other profile over the
 * base. `documents` are the base's files and those of its profiles.
 */
export function runsOf(
  documents: readonly { readonly document: ConfigDocument; readonly profile?: string }[],
): readonly SpringRun[] {
  const layers: Layer[] = documents.flatMap(({ document, profile }) =>
    sectionsOf(document).map((section) => ({ section, profile: activation(section) ?? profile })),
  )
  const base = layers.filter((layer) => layer.profile === undefined)
  const active = activeProfiles(base.map((layer) => layer.section))
  const default_ = [...base, ...layers.filter((layer) => layer.profile !== undefined && active.has(layer.profile))]
  const sections = default_.map((layer) => layer.section)
  const others = [...new Set(layers.map((layer) => layer.profile))].filter(
    (p) => p !== undefined && !active.has(p) && !TESTS.test(p),
  )
  return [
    { sections, own: sections },
    ...others.map((profile) => {
      const own = layers.filter((layer) => layer.profile === profile).map((layer) => layer.section)
      return { profile: profile as string, own, sections: [...base.map((layer) => layer.section), ...own] }
    }),
  ]
}

/** `spring.config.activate.on-profile`, or `spring.profiles` before Boot 2.4. */
function activation(section: SpringSection): string | undefined {
  const names = ['spring.config.activate.onprofile', 'spring.profiles']
  const property = section.properties.find(({ segments }) => names.includes(uniformName(segments)))
  return property && listed(property)
}

function listed(property: SpringProperty): string {
  return namesOf(readValue(property.entry.value, 'spring').value)?.join(', ') ?? 'decided by a template'
}

function activeProfiles(base: readonly SpringSection[]): ReadonlySet<string> {
  const active = new Set<string>()
  for (const { properties } of base)
    for (const property of properties) {
      const name = uniformName(property.segments)
      if (name !== 'spring.profiles.active' && name !== 'spring.profiles.default') continue
      const { value, environment } = readValue(property.entry.value, 'spring')
      for (const profile of namesOf(environment?.fallback ?? value) ?? []) active.add(profile)
    }
  return active
}

/** The last statement of every property wins. */
export function effectiveProperties(sections: readonly SpringSection[]): readonly SpringProperty[] {
  const byName = new Map<string, SpringProperty>()
  for (const { properties } of sections)
    for (const property of properties) {
      const name = uniformName(property.segments)
      byName.delete(name)
      byName.set(name, property)
    }
  return [...byName.values()]
}

/** Resolves `${some.property}` inside the application's own files. */
export function lookupIn(properties: readonly SpringProperty[]): (name: string) => string | undefined {
  const texts = new Map(properties.map((p) => [uniformName(p.segments), textOf(p.entry.value)]))
  return (name) => texts.get(uniformName(segmentsOf(name)))
}

/** Variables and mounted secrets, which placeholders refer to. */
const HARMLESS_IMPORT = /\.env(\[|$)|^(optional:)?configtree:/

/** Sources that may override every property of these files and that are not read: `spring.config.import` of anything but a `.env` file. */
export function unreadImports(properties: readonly SpringProperty[]): readonly { property: SpringProperty; what: string }[] {
  return properties.flatMap((property) => {
    if (!startsWith(property.segments, ['spring', 'config', 'import'])) return []
    const { value } = property.entry
    const names = (value.kind === 'sequence' ? value.items : [value]).flatMap((n) => textOf(n)?.split(',') ?? ['a file'])
    const unread = names.map((name) => name.trim()).filter((name) => name !== '' && !HARMLESS_IMPORT.test(name))
    return unread.length > 0 ? [{ property, what: unread.join(', ') }] : []
  })
}

/** The application that a file belongs to, and the profile in its name: `application-prod.yml` → `application`, `prod`. */
export function applicationOf(name: string, siblings: ReadonlySet<string>): { stem: string; profile?: string } {
  const whole = name.replace(EXTENSION, '')
  for (let dash = whole.indexOf('-'); dash > 0; dash = whole.indexOf('-', dash + 1)) {
    const stem = whole.slice(0, dash)
    if (stem === 'application' || stem === 'bootstrap' || siblings.has(stem)) return { stem, profile: whole.slice(dash + 1) }
  }
  return { stem: whole }
}

export function stemOf(name: string): string {
  return name.replace(EXTENSION, '')
}

/** A file of an application, with the profile that its name gives. */
export interface Member {
  readonly document: ConfigDocument
  readonly profile?: string
}

/** The applications of a folder, each by the document that tells it: its base, or else its first profile's. */
export const familiesIn = oncePerFolder((siblings): ReadonlyMap<ConfigDocument, readonly Member[]> => {
  const spring = siblings.filter(isSpringFile)
  const stems = new Set(spring.map(({ name }) => stemOf(name)))
  const byStem = new Map<string, Member[]>()
  for (const document of spring) {
    const { stem, profile } = applicationOf(document.name, stems)
    const members = byStem.get(stem)
    if (members) members.push({ document, profile })
    else byStem.set(stem, [{ document, profile }])
  }
  const families = [...byStem.values()].filter((members) => members.some(({ document }) => hasSpringKeys(document)))
  return new Map(
    families.map((members) => {
      // Boot lets .properties win over YAML of the same place
      const family = members.sort(
        (a, b) => Number(a.document.format === 'properties') - Number(b.document.format === 'properties'),
      )
      const teller = family.find(({ profile }) => profile === undefined) ?? (family[0] as Member)
      return [teller.document, family]
    }),
  )
})

export function hasSpringKeys(document: ConfigDocument): boolean {
  return document.roots.some((root) => isMapping(root) && root.entries.some(({ key }) => /^\[?spring\b/i.test(key)))
}

export function isSpringFile({ name, format }: ConfigDocument): boolean {
  return (format === 'yaml' || format === 'properties') && EXTENSION.test(name)
}
