import { RULES } from '../../../rules/index.ts'
import { IGNORE_RULES } from '../../engine/ignore-rules.ts'
import { ruleJson, ruleMarkdown, ruleTable } from '../../output/rule-list.ts'
import { colorLevel, styleFor } from '../../text/style.ts'
import type { Io } from '../io.ts'

/** `semcheck rules`. */
export async function listRules(format: 'table' | 'json' | 'markdown', io: Io): Promise<number> {
  const rules = [...RULES, ...IGNORE_RULES]
  if (format === 'json') io.stdout(ruleJson(rules))
  else if (format === 'markdown') io.stdout(ruleMarkdown(rules))
  else io.stdout(ruleTable(rules, await styleFor(colorLevel('auto', io.env, io.isTTY))))
  return 0
}
