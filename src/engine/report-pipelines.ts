import type { Facts } from '../model/facts.ts'
import { verdictsOf } from '../semantics/verdicts.ts'
import type { ReportPipeline } from './report.ts'

/** The verdicts in the report's form. */
export function reportPipelines(facts: Facts): readonly ReportPipeline[] {
  return verdictsOf(facts).map(({ client, handler, verdict }) => ({
    consumer: client.id,
    handler: { name: handler.name, location: handler.location },
    guarantee: verdict.guarantee,
    ...(verdict.weakest === undefined ? {} : { weakest: verdict.weakest }),
    assumptions: verdict.assumptions,
    exhaustive: !verdict.bounded,
    faults: verdict.cells,
  }))
}
