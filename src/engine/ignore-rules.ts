import type { Rule } from '../rule/rule.ts'

/** What explain, the rule list and SARIF tell of a rule. Findings of the engine itself have no generator over facts. */
export type RuleText = Pick<Rule, 'id' | 'summary' | 'severities' | 'needs' | 'why' | 'fix' | 'ignoreWhen' | 'references'>

const GRAMMAR = '`semcheck-ignore rule-a, rule-b until=2027-01-31 -- reason`'

export const IGNORE_UNUSED: RuleText = {
  id: 'ignore-unused',
  summary: 'an ignore comment silences nothing',
  severities: ['info'],
  needs: [],
  why: 'What it was written for is mended or has moved away. Left in place, it will one day silence a new finding that nobody has looked at.',
  fix: 'Remove the comment, or the rule from its list. It must stand on the line above the setting or the client, or at the end of its first line.',
  ignoreWhen: 'Never: remove the comment instead.',
  references: [],
}

export const IGNORE_EXPIRED: RuleText = {
  id: 'ignore-expired',
  summary: 'an ignore comment is past its date and silences nothing any more',
  severities: ['warning'],
  needs: [],
  why: 'Its author accepted the risk until that day only. From the day after, the finding is reported again.',
  fix: 'Mend what it silences, or decide again and write a new date and reason.',
  ignoreWhen: 'Never: write a new date instead.',
  references: [],
}

export const IGNORE_INVALID: RuleText = {
  id: 'ignore-invalid',
  summary: 'an ignore comment cannot be read and silences nothing',
  severities: ['warning'],
  needs: [],
  why: 'Its author believes that a finding is silenced, and it is not. A comment without a reason is not accepted: the next reader could not tell a decision from an accident.',
  fix: `Write ${GRAMMAR}. There is no wildcard.`,
  ignoreWhen: 'Never: mend the comment instead.',
  references: [],
}

/** Findings of the engine itself. */
export const IGNORE_RULES: readonly RuleText[] = [IGNORE_UNUSED, IGNORE_EXPIRED, IGNORE_INVALID]
