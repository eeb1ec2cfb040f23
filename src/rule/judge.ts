import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import { across, type Judgement } from './across.ts'
import type { Finding, NotEvaluated } from './finding.ts'
import { type ProblemOwner, problemsOf } from './problems.ts'
import { aboutProblem, type ProblemStatement } from './report.ts'

/**
 * Judges each client by what its variants really are. Where several constructions share one option set, a finding on the shared line would
 * be told once for each at the same place: it then stands at the construction, with the shared line beside it.
 */
export function* judgeClients(
  clients: readonly Client[],
  judge: (client: Client, variant: Variant) => Judgement,
): Generator<Finding | NotEvaluated> {
  yield* apart(clients.flatMap((client) => [...across(client, (variant) => judge(client, variant))]))
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
  yield* apart(said)
}

/**
 * Findings at one place about several constructions, each moved to its own; and one of those that then say the same of one place, as for two
 * clients that one call of a wrapper builds.
 */
export function apart(said: readonly (Finding | NotEvaluated)[]): readonly (Finding | NotEvaluated)[] {
  const subjects = new Map<string, Set<string>>()
  for (const one of said) {
    if (one.kind !== 'finding' || !one.location) continue
    const place = placeName(one.location)
    subjects.set(place, (subjects.get(place) ?? new Set()).add(one.subject.id))
  }
  const moved = said.map((one) => {
    const construction = one.kind === 'finding' ? one.anchors?.[0] : undefined
    if (one.kind !== 'finding' || !one.location || !construction) return one
    const shared = (subjects.get(placeName(one.location))?.size ?? 0) > 1
    return shared && placeName(construction) !== placeName(one.location) ? atConstruction(one, one.location, construction) : one
  })
  const told = new Set<string>()
  return moved.filter((one) => {
    if (one.kind !== 'finding' || !one.location) return true
    const what = `${placeName(one.location)} ${one.message}`
    return told.has(what) ? false : told.add(what)
  })
}

function atConstruction(finding: Finding, line: Location, construction: Location): Finding {
  const others = finding.related.filter((r) => placeName(r.location) !== placeName(construction))
  return {
    ...finding,
    location: construction,
    related: [{ label: 'set here, for several clients', location: line }, ...others],
    anchors: [line, ...(finding.anchors ?? [])],
  }
}

const placeName = ({ path, line, column, endLine, endColumn }: Location) => `${path}:${line}:${column}:${endLine}:${endColumn}`
