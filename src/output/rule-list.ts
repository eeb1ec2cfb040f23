import Table from 'cli-table3'
import type { RuleText } from '../engine/ignore-rules.ts'
import { stringifyVisibly } from '../text/control.ts'
import type { Style } from '../text/style.ts'
import { BORDERLESS, GAP } from './borderless.ts'

/** The rules for people, one a line. */
export function ruleTable(rules: readonly RuleText[], style: Style): string {
  const table = new Table({
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
  })
  table.push(['rule', 'severity', 'needs', 'what it reports'].map(style.dim))
  for (const { id, severities, needs, summary } of rules)
    table.push([style.bold(id), severities.join(', '), needs.join(', '), summary])
  const lines = table.toString().split('\n')
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}

export function ruleJson(rules: readonly RuleText[]): string {
  const list = rules.map(({ id, summary, severities, needs }) => ({ id, summary, severities, needs }))
  return `${stringifyVisibly(list, 2)}\n`
}

export function ruleMarkdown(rules: readonly RuleText[]): string {
  const rows = rules.map(
    ({ id, severities, needs, summary }) =>
      `| \`${id}\` | ${severities.join(', ')} | ${needs.join(', ')} | ${summary.replaceAll('|', '\\|')} |`,
  )
  return `${['| rule | severity | needs | what it reports |', '| --- | --- | --- | --- |', ...rows].join('\n')}\n`
}
