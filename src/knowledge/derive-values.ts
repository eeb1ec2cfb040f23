import type { SettingProblem } from '../model/facts.ts'
import type { Literal, Value } from '../model/value.ts'
import type { SettingsView } from './profile.ts'

/** The literal a value certainly is, or undefined. */
export function literalOf(value: Value | undefined): Literal | undefined {
  return value?.kind === 'known' ? value.value : undefined
}

/** True when the project states the setting and not as null: its value may still be unknown. */
export function isGiven(view: SettingsView, key: string): boolean {
  const value = view.given(key)
  return value !== undefined && !(value.kind === 'known' && value.value === null)
}

/** True when the setting is certainly the literal, given or by default. */
export function isEffectively(view: SettingsView, key: string, literal: Literal): boolean {
  return literalOf(view.effective(key)) === literal
}

/** A given number, or undefined where none is given or it is not known. */
export function givenNumber(view: SettingsView, key: string): number | undefined {
  const value = literalOf(view.given(key))
  return typeof value === 'number' ? value : undefined
}

/** The effective number, or undefined where it is not known. */
export function effectiveNumber(view: SettingsView, key: string): number | undefined {
  const value = literalOf(view.effective(key))
  return typeof value === 'number' ? value : undefined
}

/** The items of a list or comma-separated value as far as they are literals; undefined where one of them is not. */
export function literalItems(value: Value | undefined): readonly string[] | undefined {
  if (value?.kind === 'known' && typeof value.value === 'string') return value.value.split(',').map((item) => item.trim())
  if (value?.kind !== 'list') return undefined
  const items = value.items.map(literalOf)
  return items.every((item) => item !== undefined) ? items.map(String) : undefined
}

/** What a profile says of a problem; the rest of it is where the setting stands. */
export type ProblemText = Pick<SettingProblem, 'effect' | 'says' | 'fix' | 'citation'> &
  Partial<Pick<SettingProblem, 'why' | 'about'>>

/**
 * A problem that stands at the first of `keys` that the project states, the others being shown beside it. Empty when none of them is stated:
 * a problem needs a place.
 */
export function problemAt(view: SettingsView, keys: readonly string[], text: ProblemText): readonly SettingProblem[] {
  const stated = keys.flatMap((key) => {
    const declared = view.declared(key)
    return declared ? [{ key, declared }] : []
  })
  const first = stated[0]
  if (!first) return []
  const confidence = stated.some((s) => (s.declared.via?.length ?? 0) > 0 || s.declared.environment) ? 'medium' : 'high'
  const related = stated.slice(1).map((s) => ({ label: `\`${s.declared.key}\``, location: s.declared.location }))
  return [
    {
      key: first.key,
      spelled: first.declared.key,
      location: first.declared.location,
      confidence,
      ...(related.length > 0 ? { related } : {}),
      ...text,
    },
  ]
}
