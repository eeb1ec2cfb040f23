import { RULES } from '../../../rules/index.ts'
import { IGNORE_RULES } from '../../engine/ignore-rules.ts'
import { type ExplainedRule, explainJson, explainText } from '../../output/explain.ts'
import { colorLevel, styleFor } from '../../text/style.ts'
import type { Io } from '../io.ts'
import { checkName } from '../names.ts'

/** `semcheck explain <rule>`. */
export async function explain(id: string, format: 'text' | 'json', io: Io): Promise<number> {
  const rules: readonly ExplainedRule[] = [...RULES, ...IGNORE_RULES]
  const rule = rules.find((one) => one.id === id)
  checkName(
    'rule',
    id,
    rules.map((one) => one.id),
    'semcheck rules lists them',
  )
  if (!rule) return 2
  const style = await styleFor(colorLevel('auto', io.env, io.isTTY))
  io.stdout(format === 'json' ? explainJson(rule) : explainText(rule, io.columns ?? 100, style))
  return 0
}
