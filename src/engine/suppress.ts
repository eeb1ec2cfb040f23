import type { Document } from '../model/document.ts'
import type { Location } from '../model/location.ts'
import type { RuleFinding } from './evaluate.ts'
import { IGNORE_EXPIRED, IGNORE_INVALID, IGNORE_UNUSED, type RuleText } from './ignore-rules.ts'
import { type Ignore, isExpired, readIgnores } from './ignores.ts'

export interface Suppression {
  /** The reason of the ignore comment that silences a finding, by the finding. */
  readonly reasons: ReadonlyMap<RuleFinding, string>
  /** Findings about the ignore comments themselves. */
  readonly findings: readonly RuleFinding[]
}

/**
 * Matches findings with the ignore comments of the files they stand in. `ran` are the rules that were run: an ignore for a rule that was
 * not run is neither used nor unused.
 */
export function suppress(
  findings: readonly RuleFinding[],
  documents: Iterable<Document>,
  options: { readonly ruleIds: readonly string[]; readonly ran: ReadonlySet<string>; readonly now: Date },
): Suppression {
  const { ignores, invalid } = readIgnores(documents, options.ruleIds)
  const reasons = new Map<RuleFinding, string>()
  const own: RuleFinding[] = invalid.map((one) =>
    about(IGNORE_INVALID, one.location, `this ignore comment silences nothing: ${one.problem}`, one.problem),
  )
  for (const ignore of ignores) {
    if (isExpired(ignore, options.now)) {
      const message = `this ignore comment for ${ignore.rules.join(', ')} held until ${ignore.until}`
      own.push(about(IGNORE_EXPIRED, ignore.location, message, ignore.rules.join(',')))
      continue
    }
    for (const rule of ignore.rules) {
      const silenced = findings.filter((finding) => finding.rule === rule && silences(ignore, finding))
      for (const finding of silenced) if (!reasons.has(finding)) reasons.set(finding, ignore.reason)
      if (silenced.length === 0 && options.ran.has(rule))
        own.push(about(IGNORE_UNUSED, ignore.location, `no ${rule} finding stands here to be ignored`, rule))
    }
  }
  return { reasons, findings: own }
}

/** On the first line of the finding's place or of an anchor; a trailing comment also on the last line (after the closing bracket). */
function silences(ignore: Ignore, finding: RuleFinding): boolean {
  const places = [finding.location, ...(finding.anchors ?? [])]
  return places.some((place) => place !== null && place.path === ignore.path && meets(ignore, place))
}

function meets(ignore: Ignore, place: Location): boolean {
  return ignore.line === place.line || (ignore.trailing && ignore.line === place.endLine)
}

function about(rule: RuleText, location: Location, message: string, key: string): RuleFinding {
  return {
    kind: 'finding',
    rule: rule.id,
    subject: { kind: 'file', id: location.path, name: location.path },
    severity: rule.severities[0] ?? 'warning',
    confidence: 'high',
    message,
    why: rule.why,
    fix: rule.fix,
    location,
    related: [],
    key,
  }
}
