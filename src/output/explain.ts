import type { RuleText } from '../engine/ignore-rules.ts'
import type { Example, Rule } from '../rule/rule.ts'
import { stringifyVisibly } from '../text/control.ts'
import type { Style } from '../text/style.ts'
import { wrap } from '../text/wrap.ts'

/** A rule with its examples; the engine's own findings have none. */
export type ExplainedRule = RuleText & { readonly examples?: Rule['examples'] }

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
      ? [
          ...section('Reported', exampleLines(rule.examples.bad, rule.examples.cluster?.bad.says)),
          ...section('Not reported', exampleLines(rule.examples.good, rule.examples.cluster?.good.says)),
        ]
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
  const cluster = examples?.cluster && { bad: examples.cluster.bad.says, good: examples.cluster.good.says }
  const told = examples && { bad: examples.bad, good: examples.good, ...(cluster ? { cluster } : {}) }
  return `${stringifyVisibly({ id, summary, severities, needs, why, fix, ignoreWhen, references, examples: told }, 2)}\n`
}

/** The files of an example, and the cluster it meets in words. */
function exampleLines(example: Example, cluster?: string): string[] {
  const files = fileLines(example)
  return cluster === undefined ? files : [...files, '', `  the cluster: ${cluster}`]
}

function fileLines(example: Example): string[] {
  return Object.entries(example).flatMap(([path, text], i) => [
    ...(i > 0 ? [''] : []),
    `  ${path}`,
    ...text
      .replace(/^\n+|\s+$/g, '')
      .split('\n')
      .map((line) => `    ${line}`.trimEnd()),
  ])
}
