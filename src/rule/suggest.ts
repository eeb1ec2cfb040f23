import { profileById } from '../knowledge/profiles.ts'
import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import { nearest } from '../text/nearest.ts'
import { sentence } from './report.ts'

/** The problem's own fix; for a key that the library has never known, the name that was most likely meant. */
export function suggestFix(client: Client, variant: Variant, problem: SettingProblem): string {
  const profile = profileById(variant.library)
  if (!profile || profile.canonical(problem.spelled) !== undefined) return sentence(problem.fix)
  const names = Object.keys(profile.settings)
    .filter((key) => profile.settings[key]?.roles.includes(client.role))
    .map((key) => profile.spell(key))
  const meant = nearest(problem.spelled, [...names, ...Object.keys(profile.aliases)])
  return meant === undefined || meant === problem.spelled
    ? sentence(problem.fix)
    : `Did you mean \`${meant}\`? Else remove \`${problem.spelled}\`.`
}
