import { expect, test } from 'vitest'
import { IGNORE_UNUSED } from '../../src/engine/ignore-rules.ts'
import { explainJson, explainText } from '../../src/output/explain.ts'
import { ruleJson, ruleMarkdown, ruleTable } from '../../src/output/rule-list.ts'
import { PLAIN } from '../../src/text/style.ts'
import { ruleSaying } from '../engine/shop.ts'

const RULE = {
  ...ruleSaying('weak-acks'),
  summary: 'a | b',
  examples: { bad: { 'a.properties': 'acks=1\n' }, good: { 'a.properties': '\nacks=all\nretries=5\n', 'b.env': 'X=1' } },
}

test('a rule in words', () => {
  expect(explainText(RULE, 80, PLAIN)).toBe(`weak-acks  a | b

  severity  error, warning
  needs     settings

Why it matters
  why of weak-acks

Fix
  fix of weak-acks

When to ignore it
  ignore of weak-acks

Reported
  a.properties
    acks=1

Not reported
  a.properties
    acks=all
    retries=5

  b.env
    X=1

References
  KIP-447
`)
})

test('a rule as data, and a rule of the engine without examples', () => {
  expect(JSON.parse(explainJson(RULE))).toEqual({
    id: 'weak-acks',
    summary: 'a | b',
    severities: ['error', 'warning'],
    needs: ['settings'],
    why: 'why of weak-acks',
    fix: 'fix of weak-acks',
    ignoreWhen: 'ignore of weak-acks',
    references: ['KIP-447'],
    examples: RULE.examples,
  })
  expect(explainText(IGNORE_UNUSED, 80, PLAIN)).not.toContain('Reported')
})

test('the list of rules as table, data and Markdown', () => {
  expect(ruleTable([RULE], PLAIN)).toBe(
    'rule       severity        needs     what it reports\nweak-acks  error, warning  settings  a | b\n',
  )
  expect(JSON.parse(ruleJson([RULE]))).toEqual([
    { id: 'weak-acks', summary: 'a | b', severities: ['error', 'warning'], needs: ['settings'] },
  ])
  expect(ruleMarkdown([RULE])).toBe(
    '| rule | severity | needs | what it reports |\n| --- | --- | --- | --- |\n| `weak-acks` | error, warning | settings | a \\| b |\n',
  )
})
