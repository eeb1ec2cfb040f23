import { boundaries } from '../knowledge/history.ts'
import type { Profile } from '../knowledge/profile.ts'
import { profileById } from '../knowledge/profiles.ts'
import type { VersionEvidence } from '../model/facts.ts'
import type { Dependency, Project } from '../model/project.ts'
import { ANY_VERSION, exactly, includes, intersection, intersects, type VersionRange } from '../model/version.ts'

/** A library version class that a client may be in. */
export interface Candidate {
  readonly profile: Profile
  /** First version of the class; '0' for the first one. */
  readonly from: string
  readonly until?: string
  /** The exact version, normalised, where it is known. */
  readonly version?: string
  readonly evidence: VersionEvidence
}

/**
 * Every library and version class a client in `folder` may be in, ascending. An assumption decides; else the manifests of the nearest folder
 * that name one of the libraries, a lock beating a pin, a pin a range, a range a bare name; a lock further up also decides for a range or a
 * bare name below it (workspaces keep one lock at their top). Without any manifest: every class of every candidate library.
 */
export function candidatesFor(
  libraries: readonly string[],
  folder: string,
  projects: readonly Project[],
  assume: Readonly<Record<string, string>>,
): readonly Candidate[] {
  const profiles = libraries.map(profileById).filter((p) => p !== undefined)
  const assumed = profiles.filter((p) => assume[p.id] !== undefined)
  if (assumed.length > 0) {
    return assumed.flatMap((profile) => {
      const version = normalise(profile, assume[profile.id] as string)
      return classesOf(profile, [exactly(version)], { kind: 'assumed', version: assume[profile.id] as string }, version)
    })
  }
  const above = projectsAbove(folder, projects)
  const named = profiles
    .map((profile) => ({ profile, dependencies: evidenceFor(profile, above) }))
    .filter((n) => n.dependencies.length > 0)
  if (named.length === 0) {
    const reason = above.length === 0 ? 'no manifest names it' : `no manifest above ${folder || 'the root'} names it`
    return profiles.flatMap((profile) => classesOf(profile, likely(profile, ANY_VERSION), { kind: 'unknown', reason }))
  }
  const depth = Math.max(...named.map((n) => n.dependencies[0]?.depth ?? 0))
  return named
    .filter((n) => n.dependencies[0]?.depth === depth)
    .flatMap(({ profile, dependencies }) =>
      fromDependencies(
        profile,
        dependencies.map((d) => d.dependency),
      ),
    )
}

interface Evidence {
  readonly dependency: Dependency
  readonly depth: number
}

function projectsAbove(folder: string, projects: readonly Project[]): readonly Project[] {
  return projects
    .filter((p) => p.path === '' || folder === p.path || folder.startsWith(`${p.path}/`))
    .sort((a, b) => b.path.length - a.path.length)
}

const STRENGTH = { lock: 3, pin: 2, range: 1, none: 0 } as const

/** The strongest statements about one library, from the nearest folder that names it. */
function evidenceFor(profile: Profile, above: readonly Project[]): readonly Evidence[] {
  const names = new Set(profile.packages.map((p) => `${p.ecosystem}:${p.name}`))
  let nearest: readonly Evidence[] = []
  for (const project of above) {
    const found = project.dependencies.filter((d) => names.has(`${d.ecosystem}:${d.name}`))
    if (found.length === 0) continue
    const best = Math.max(...found.map((d) => STRENGTH[d.strength]))
    const strongest = found.filter((d) => STRENGTH[d.strength] === best)
    const depth = nearest[0]?.depth ?? project.path.length
    if (nearest.length === 0) nearest = strongest.map((dependency) => ({ dependency, depth }))
    else if (best === STRENGTH.lock && nearest.every((e) => STRENGTH[e.dependency.strength] <= STRENGTH.range)) {
      return strongest.map((dependency) => ({ dependency, depth }))
    }
    if (best >= STRENGTH.pin) break
  }
  return nearest
}

function fromDependencies(profile: Profile, dependencies: readonly Dependency[]): readonly Candidate[] {
  const first = dependencies[0] as Dependency
  const exact = new Set(dependencies.map((d) => d.version))
  if (exact.size === 1 && first.version !== undefined) {
    const version = normalise(profile, first.version)
    return classesOf(profile, [exactly(version)], { kind: 'exact', dependency: first }, version)
  }
  const ranges = dependencies.flatMap((d) => (d.version === undefined ? d.versions : [exactly(normalise(profile, d.version))]))
  const found = classesOf(profile, likely(profile, ranges), { kind: 'range', dependency: first })
  return found.length > 0
    ? found
    : classesOf(profile, ANY_VERSION, { kind: 'unknown', reason: `${first.specifier} allows no version` })
}

/**
 * Open ranges without the releases that nobody gets who installs the library today; a range that allows nothing newer stays as it is.
 */
function likely(profile: Profile, ranges: readonly VersionRange[]): readonly VersionRange[] {
  if (profile.oldestAssumed === undefined) return ranges
  const narrowed = intersection(ranges, [{ from: profile.oldestAssumed }])
  return narrowed.length > 0 ? narrowed : ranges
}

function normalise(profile: Profile, version: string): string {
  return profile.normaliseVersion?.(version) ?? version
}

const CLASSES = new WeakMap<Profile, readonly VersionRange[]>()

/** The classes of a profile: between two neighbouring boundaries no fact that matters changes. */
export function versionClasses(profile: Profile): readonly VersionRange[] {
  const cached = CLASSES.get(profile)
  if (cached) return cached
  const histories = Object.values(profile.settings).flatMap((fact) => [fact.default, ...Object.values(fact.defaultByRole ?? {})])
  const own = profile.boundaries.map((since) => ({ since, value: undefined, citation: '' }))
  const all = boundaries([...histories, profile.capabilities, profile.unknownSetting, own])
  const starts = all[0] === '0' ? all : ['0', ...all]
  const classes = starts.map((from, i) => ({ from, until: starts[i + 1] }))
  CLASSES.set(profile, classes)
  return classes
}

function classesOf(
  profile: Profile,
  ranges: readonly VersionRange[],
  evidence: VersionEvidence,
  version?: string,
): readonly Candidate[] {
  return versionClasses(profile)
    .filter((c) => (version === undefined ? ranges.some((r) => intersects(c, r)) : includes(c, version)))
    .map((c) => {
      const narrowed = intersection([c], ranges)[0] ?? c
      return {
        profile,
        from: version === undefined ? (narrowed.from ?? '0') : (c.from as string),
        until: c.until,
        version,
        evidence,
      }
    })
}
