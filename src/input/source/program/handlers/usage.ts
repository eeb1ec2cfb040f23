import type { Node } from '../../../../model/handler.ts'
import type { FunctionInfo } from '../evaluate/symbols.ts'
import type { Call, Expression } from '../syntax.ts'
import type { Context } from './context.ts'

/** How the value of a call is used, which decides whether anybody learns of its failure. */
export interface Usage {
  readonly awaited: boolean
  /** `dropped`: a statement of its own; `chained`: a method is called on it, which is `method`. */
  readonly result: 'dropped' | 'used' | 'chained'
  readonly method?: string
  /** A callback is told where it fails. */
  readonly caught?: boolean
}

/** Follows a function of the project; given by the translation of statements, which this one is part of. */
export type Follow = (ctx: Context, call: Call, info: FunctionInfo) => readonly Node[]

export const USED: Usage = { awaited: false, result: 'used' }
export const DROPPED: Usage = { awaited: false, result: 'dropped' }

/** A promise that nobody waits for. */
export function onItsOwn(usage: Usage): boolean {
  return !usage.awaited && usage.result === 'dropped'
}

/** What evaluating an expression does; given to what expressions are made of. */
export type NodesOf = (ctx: Context, node: Expression, follow: Follow, usage?: Usage) => readonly Node[]
