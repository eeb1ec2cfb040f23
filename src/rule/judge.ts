import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import { across, type Judgement } from './across.ts'
import type { Finding, NotEvaluated } from './finding.ts'
import { type ProblemOwner, problemsOf } from './problems.ts'
import { aboutProblem, type ProblemStatement } from './report.ts'

/** Judges each client by what its variants really are. A line that several constructions share gives one finding. */
export function* judgeClients(
  clients: readonly Client[],
  judge: (client: Client, variant: Variant) => Judgement,
): Generator<Finding | NotEvaluated> {
  yield* together(clients.flatMap((client) => [...across(client, (variant) => judge(client, variant))]))
}

/** Tells the problems of one owner, each where it is written; versions that do not have it are merged as for any other judgement. */
export function* judgeProblems(
  clients: readonly Client[],
  owner: ProblemOwner,
  tell: (client: Client, variant: Variant, problem: SettingProblem) => ProblemStatement,
): Generator<Finding | NotEvaluated> {
  const said = clients.flatMap((client) =>
    problemsOf(client, owner).flatMap(({ find }) => [
      ...across(client, (variant) => {
        const problem = find(variant)
        return problem && aboutProblem(client, problem, tell(client, variant, problem))
      }),
    ]),
  )
  yield* together(said)
}

/**
 * One finding for one line, however many constructions share it: the first is told, the others stand beside it, since one change mends them
 * all. Of findings at a construction, those that say the same of the same place are told once, as for two clients that one call builds.
 */
export function together(said: readonly (Finding | NotEvaluated)[]): readonly (Finding | NotEvaluated)[] {
  const sharing = new Map<string, Finding[]>()
  const told = new Set<string>()
  const kept: (Finding | NotEvaluated)[] = []
  for (const one of said) {
    if (one.kind !== 'finding' || !one.location) {
      kept.push(one)
      continue
    }
    const place = placeName(one.location)
    const construction = one.anchors?.[0]
    if (construction && placeName(construction) !== place) {
      const line = `${place} ${one.key}`
      const before = sharing.get(line)
      if (before?.every((other) => other.subject.id !== one.subject.id)) {
        before.push(one)
        continue
      }
      if (!before) sharing.set(line, [one])
    } else {
      const what = `${place} ${one.message}`
      if (told.has(what)) continue
      told.add(what)
    }
    kept.push(one)
  }
  return kept.map((one) => {
    const all = one.kind === 'finding' && one.location ? sharing.get(`${placeName(one.location)} ${one.key}`) : undefined
    return all && all.length > 1 && all[0] === one ? shared(all) : one
  })
}

/** How many of the other constructions are shown; the rest is counted. */
const SHOWN_SHARERS = 4

function shared(findings: readonly Finding[]): Finding {
  const first = findings[0] as Finding
  const seen = new Set([first.location, ...(first.anchors ?? [])].map((l) => (l ? placeName(l) : '')))
  const others = findings.slice(1).flatMap((finding) => {
    const construction = finding.anchors?.[0]
    if (!construction || seen.has(placeName(construction))) return []
    seen.add(placeName(construction))
    return [{ label: `${finding.subject.name} too`, location: construction }]
  })
  if (others.length === 0) return first
  const count = others.length
  return {
    ...first,
    message: `${first.message} (and ${count} more ${count === 1 ? 'client' : 'clients'} built with this line)`,
    related: [...first.related, ...others.slice(0, SHOWN_SHARERS)],
    anchors: [...(first.anchors ?? []), ...others.map((o) => o.location)],
  }
}

const placeName = ({ path, line, column, endLine, endColumn }: Location) => `${path}:${line}:${column}:${endLine}:${endColumn}`
