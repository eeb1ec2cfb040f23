import type { KnownCall } from '../../../../knowledge/effects/known-call.ts'
import type { HandOff, Wait } from '../../../../model/handler.ts'
import type { RedisDialect } from '../redis/dialect.ts'
import type { Call, Expression } from '../syntax.ts'

/** What a language's own functions and common packages mean between poll and commit. */
export interface HandlerWords {
  /** What a call outside the project does; `dotted` is its name as imported, `receiver` the text of the object it is called on. */
  knownCall(call: Call, dotted: string | undefined, receiver: string | undefined): KnownCall | 'harmless' | undefined
  /** How its Redis libraries are called. */
  readonly redis: RedisDialect
  /** True for what ends the program. */
  exits(dotted: string): boolean
  /** How long a call waits, where waiting is all it does. */
  waits(dotted: string, call: Call): Wait['atMost'] | undefined
  /** Where a call starts something of its own, whatever it is given. */
  starts(dotted: string): HandOff['to'] | undefined
  /** Where a method hands on what it is given. */
  handsOn(method: string): HandOff['to'] | undefined
  /** True for a call by which the program says that a message is done, to a framework that commits it. `type`: what it is called on, where that is declared. */
  acknowledges?(call: Call, type: string | undefined): boolean
  /** True for a function that the framework runs on a thread of its own when another object calls it. */
  runsApart?(decorators: readonly string[]): boolean
  /** Variables are declared with their types, which say what is called on them. */
  readonly typed?: true
  /** True for types whose `catch` takes everything. */
  catchesAll(type: string): boolean
  /** True for an argument by which a call is only told when to give up: Go's contexts. */
  isContext?(argument: Expression): boolean
  /** Set where functions that a call is given are called by it, if it is not known to do anything else: methods that do so for each item. */
  readonly callsBack?: ReadonlySet<string>
  /** A call gives a promise: what is neither awaited nor handed back runs on its own. */
  readonly promises: boolean
}
