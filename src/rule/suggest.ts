import { profileById } from '../knowledge/profiles.ts'
import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import { compareVersions } from '../model/version.ts'
import { nearest } from '../text/nearest.ts'
import type { Confidence } from './finding.ts'
import { sentence } from './report.ts'

/** The problem's own fix; for a key that the library has never known, the name that was most likely meant. */
export function suggestFix(client: Client, variant: Variant, problem: SettingProblem): string {
  const meant = isUnknownKey(variant, problem) ? nameMeant(client, variant, problem) : undefined
  return meant === undefined ? sentence(problem.fix) : `Did you mean \`${meant}\`? Else remove \`${problem.spelled}\`.`
}

/**
 * How sure it is that a key is refused or ignored. One that no release read knows, and that is near to none, may belong to a fork of the
 * library where no manifest names it, or to a release that came later.
 */
export function sureOfKey(client: Client, variant: Variant, problem: SettingProblem): Confidence {
  if (!isUnknownKey(variant, problem) || nameMeant(client, variant, problem) !== undefined) return 'high'
  const newest = profileById(variant.library)?.newestRead
  const isLater = newest !== undefined && variant.version !== undefined && compareVersions(variant.version, newest) > 0
  return variant.evidence.kind === 'unknown' || isLater ? 'low' : 'high'
}

function isUnknownKey(variant: Variant, problem: SettingProblem): boolean {
  if (problem.about === 'construction') return false
  const profile = profileById(variant.library)
  return profile !== undefined && profile.canonical(problem.spelled) === undefined
}

function nameMeant(client: Client, variant: Variant, { spelled }: SettingProblem): string | undefined {
  const profile = profileById(variant.library)
  if (!profile) return undefined
  const names = Object.keys(profile.settings)
    .filter((key) => profile.settings[key]?.roles.includes(client.role))
    .map((key) => profile.spell(key))
  const meant = nearest(spelled, [...names, ...Object.keys(profile.aliases)])
  return meant === spelled ? undefined : meant
}
