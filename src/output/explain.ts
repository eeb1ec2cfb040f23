import type { RuleText } from '../engine/ignore-rules.ts'
import type { Example } from '../rule/rule.ts'
import { stringifyVisibly } from '../text/control.ts'
import type { Style } from '../text/style.ts'
import { wrap } from '../text/wrap.ts'

/** A rule with its examples; the engine's own findings have none. */
export type ExplainedRule = RuleText & { readonly examples?: { readonly bad: Example; readonly good: Example } }

/** What a rule checks, why it matters, how to mend it, when to ignore it. */
export function explainText(rule: ExplainedRule, width: number, style: Style): string {
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', style.bold(title), ...lines])
  const prose = (text: string) => wrap(text, Math.max(40, width - 2)).map((line) => `  ${line}`)
  const lines = [
    `${style.bold(style.cyan(rule.id))}  ${rule.summary}`,
    '',
    `  severity  ${rule.severities.join(', ')}`,
    `  needs     ${rule.needs.join(', ') || 'nothing but the file'}`,
    ...section('Why it matters', prose(rule.why)),
    ...section('Fix', prose(rule.fix)),
    ...section('When to ignore it', prose(rule.ignoreWhen)),
    ...(rule.examples
      ? [...section('Reported', exampleLines(rule.examples.bad)), ...section('Not reported', exampleLines(rule.examples.good))]
      : []),
    ...section(
      'References',
      rule.references.map((reference) => `  ${reference}`),
    ),
  ]
  return `${lines.join('\n')}\n`
}

export function explainJson(rule: ExplainedRule): string {
  const { id, summary, severities, needs, why, fix, ignoreWhen, references, examples } = rule
  return `${stringifyVisibly({ id, summary, severities, needs, why, fix, ignoreWhen, references, examples }, 2)}\n`
}

function exampleLines(example: Example): string[] {
  return Object.entries(example).flatMap(([path, text], i) => [
    ...(i > 0 ? [''] : []),
    `  ${path}`,
    ...text
      .replace(/^\n+|\s+$/g, '')
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
  ])
}
