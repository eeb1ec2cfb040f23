import type { Rule } from '../rule/rule.ts'

/** Every rule. Rules and profiles are big, so they are loaded only to run them or to check names that were given. */
export async function loadRules(): Promise<readonly Rule[]> {
  return (await import('../../rules/index.ts')).RULES
}

/** Every rule id that configuration, command line and explain may name. */
export async function ruleIds(): Promise<readonly string[]> {
  const { IGNORE_RULES } = await import('../engine/ignore-rules.ts')
  return [...(await loadRules()), ...IGNORE_RULES].map((rule) => rule.id)
}

/** Every library id that configuration and command line may name. */
export async function libraryIds(): Promise<readonly string[]> {
  const { PROFILES } = await import('../knowledge/profiles.ts')
  return PROFILES.map((profile) => profile.id)
}
