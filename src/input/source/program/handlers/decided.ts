import type { Condition, Path } from '../../../../model/handler.ts'
import type { Expression } from '../syntax.ts'

/** What a condition decides, and which of its two paths is which. */
export interface Decided {
  /** Where the question itself stands, when the condition only asks for its answer. */
  readonly asked?: Expression
  readonly on: Condition
  readonly labels: readonly [Path['label'], Path['label']]
  /** True where its body runs for some messages only, by count or by time. */
  readonly limits: boolean
}
