import type { Facts } from '../model/facts.ts'
import type { Confidence, Finding, NotEvaluated, Severity } from '../rule/finding.ts'
import type { Rule } from '../rule/rule.ts'

export const PERSONAS = ['default', 'pedantic', 'auditor'] as const
export type Persona = (typeof PERSONAS)[number]

/** A finding with the rule that gave it. */
export interface RuleFinding extends Finding {
  readonly rule: string
}

export interface RuleNotEvaluated extends NotEvaluated {
  readonly rule: string
}

/** A rule that threw: what it yielded before stands, the rest is unknown. */
export interface RuleFailure {
  readonly rule: string
  readonly message: string
}

export interface Evaluation {
  readonly findings: readonly RuleFinding[]
  readonly notEvaluated: readonly RuleNotEvaluated[]
  readonly failures: readonly RuleFailure[]
}

/** Runs every rule over the facts. A rule that throws ends alone. */
export function evaluate(rules: readonly Rule[], facts: Facts): Evaluation {
  const findings: RuleFinding[] = []
  const missing: RuleNotEvaluated[] = []
  const failures: RuleFailure[] = []
  for (const rule of rules) {
    try {
      for (const said of rule.check(facts)) {
        if (said.kind === 'finding') findings.push({ ...said, rule: rule.id })
        else missing.push({ ...said, rule: rule.id })
      }
    } catch (error) {
      failures.push({ rule: rule.id, message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { findings, notEvaluated: missing, failures }
}

/** The rules to run: all, or those of `select`, without those of `ignore` and those that the configuration turns off. */
export function selectRules(
  rules: readonly Rule[],
  choice: {
    readonly select: readonly string[]
    readonly ignore: readonly string[]
    readonly severities: Readonly<Record<string, Severity | 'off'>>
  },
): readonly Rule[] {
  return rules.filter(({ id }) => isSelected(id, choice))
}

/** A rule selected by name runs even where the configuration turns it off: the command line is nearer to the user. */
export function isSelected(
  id: string,
  choice: {
    readonly select: readonly string[]
    readonly ignore: readonly string[]
    readonly severities: Readonly<Record<string, Severity | 'off'>>
  },
): boolean {
  if (choice.ignore.includes(id)) return false
  return choice.select.length > 0 ? choice.select.includes(id) : choice.severities[id] !== 'off'
}

/** Whether a finding is shown, or why not. */
export function hiddenBy(finding: Finding, persona: Persona): 'pedantic' | 'lowConfidence' | undefined {
  if (finding.confidence === ('low' satisfies Confidence) && persona !== 'auditor') return 'lowConfidence'
  if (finding.persona === 'pedantic' && persona === 'default') return 'pedantic'
  return undefined
}
