import type { ClientCall, DeclaredClient } from '../../../../model/client.ts'
import { type Location, locate } from '../../../../model/location.ts'
import type { Span } from '../../../../text/span.ts'
import type { ModuleFile, Modules } from '../evaluate/modules.ts'
import type { FunctionInfo } from '../evaluate/symbols.ts'
import type { Expression } from '../syntax.ts'
import type { Decided } from './decided.ts'
import type { Scope } from './scope.ts'

/** A call on a client, as evaluation saw it. */
export interface SeenCall {
  readonly client: DeclaredClient
  readonly call: ClientCall
}

/** The calls on clients by where they stand. */
export type SeenCalls = ReadonlyMap<string, readonly SeenCall[]>

export function placeKey({ path, line, column, endLine, endColumn }: Location): string {
  return `${path}:${line}:${column}:${endLine}:${endColumn}`
}

export function seenCalls(clients: readonly DeclaredClient[]): SeenCalls {
  const seen = new Map<string, SeenCall[]>()
  for (const client of clients)
    for (const call of client.calls) {
      const key = placeKey(call.location)
      seen.set(key, [...(seen.get(key) ?? []), { client, call }])
    }
  return seen
}

/** What an expression that came from a message holds of it. */
export type Origin = 'message' | 'batch' | 'offset' | 'partition' | 'topic' | 'message-key' | 'value' | 'header'

/** Everything that the translation of one handler needs to know and keeps. */
export interface Context {
  readonly modules: Modules
  readonly calls: SeenCalls
  readonly scope: Scope
  /** Functions being followed, to find recursion and to bound the depth. */
  readonly stack: readonly FunctionInfo[]
  /** What local names hold of the message; changed as statements are read. */
  readonly origins: Map<string, ReadonlySet<Origin>>
  /** Local names that hold work handed over. */
  readonly handed: Set<string>
  /** Local names that hold the answer of a claim or a look-up on which a later condition decides. */
  readonly claims: Map<string, Decided>
  /** Consumers and producers met on the way. */
  readonly met: { readonly consumers: Set<string>; readonly producers: Set<string> }
  /** Steps left before the rest is unknown. */
  readonly budget: { steps: number }
  /** In a function whose caller looks at what it gives back. */
  readonly answered: boolean
  /** Inside a loop over the messages of one batch. */
  readonly inBatch: boolean
  /** Under a condition that holds for some messages only: every n-th, by the clock. */
  readonly limited: boolean
}

export function at(ctx: Context, span: Span): { location: Location; text: string } {
  return { location: locate(ctx.scope.file.path, ctx.scope.file.lines, span), text: textOf(ctx.scope.file, span) }
}

const LONGEST = 80

export function textOf(file: ModuleFile, { start, end }: Span): string {
  const text = file.text.slice(start, Math.min(end, start + 4 * LONGEST)).replace(/\s+/g, ' ')
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

/** The calls on clients that a call expression, or the iterable of a loop, is. */
export function seenAt(ctx: Context, node: Expression): readonly SeenCall[] {
  return ctx.calls.get(placeKey(locate(ctx.scope.file.path, ctx.scope.file.lines, node))) ?? []
}
