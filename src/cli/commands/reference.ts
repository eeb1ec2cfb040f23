import { RULES } from '../../../rules/index.ts'
import { IGNORE_RULES } from '../../engine/ignore-rules.ts'
import { PROFILES, profileById } from '../../knowledge/profiles.ts'
import { type ExplainedRule, explainJson, explainText } from '../../output/explain.ts'
import { profileList, profileSheet } from '../../output/profile.ts'
import { colorLevel, type Style, styleFor } from '../../text/style.ts'
import { type Io, UsageError } from '../io.ts'
import { unknownName } from '../names.ts'

const EXPLAINED: readonly ExplainedRule[] = [...RULES, ...IGNORE_RULES]

/** `semcheck explain <rule>`. */
export async function explain(id: string, format: 'text' | 'json', io: Io): Promise<void> {
  const rule = EXPLAINED.find((one) => one.id === id)
  const ids = EXPLAINED.map((one) => one.id)
  if (!rule) throw unknownName('rule', id, ids, 'semcheck rules lists them')
  io.stdout(format === 'json' ? explainJson(rule) : explainText(rule, io.columns ?? 100, await styleOf(io)))
}

/** `semcheck rules`. */
export async function listRules(format: 'table' | 'json' | 'markdown', io: Io): Promise<void> {
  const { ruleJson, ruleMarkdown, ruleTable } = await import('../../output/rule-list.ts')
  if (format === 'json') io.stdout(ruleJson(EXPLAINED))
  else if (format === 'markdown') io.stdout(ruleMarkdown(EXPLAINED))
  else io.stdout(ruleTable(EXPLAINED, await styleOf(io)))
}

/** `semcheck clients [library[@version]]`: the libraries, or one of them at a version (the newest read when none is given). */
export async function clients(library: string | undefined, io: Io): Promise<void> {
  const style = await styleOf(io)
  if (library === undefined) return io.stdout(profileList(PROFILES, style))
  const at = library.lastIndexOf('@')
  const id = at > 0 ? library.slice(0, at) : library
  const profile = profileById(id)
  const ids = PROFILES.map((one) => one.id)
  if (!profile) throw unknownName('library', id, ids, 'semcheck clients lists them')
  const version = at > 0 ? library.slice(at + 1) : profile.newestRead
  if (!/^\d/.test(version))
    throw new UsageError(`"${version}" is no version`, `such as semcheck clients ${id}@${profile.newestRead}`)
  const normalised = profile.normaliseVersion?.(version) ?? version
  io.stdout(profileSheet(profile, normalised, io.columns ?? 120, style))
}

async function styleOf(io: Io): Promise<Style> {
  return styleFor(colorLevel('auto', io.env, io.isTTY))
}
