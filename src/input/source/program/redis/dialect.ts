import type { Call, Expression } from '../syntax.ts'

/** A command as a library's method has it, before anything around it is looked at. */
export interface RedisCall {
  /** `write`: sets the key whatever it holds, without a time to live; `overwrite`: with one; `deadline`: GETSET, by which a value carries its own end. */
  readonly kind: 'mark' | 'counter' | 'expire' | 'overwrite' | 'write' | 'deadline' | 'delete' | 'read'
  /** As people write it: `setnx`, `set(nx=True)`. */
  readonly spelled: string
  readonly key: Expression
  readonly value?: Expression
  /** Absent where none is given with the command; `hidden`: options that are not seen may hold one. */
  readonly ttl?: TimeToLive | 'hidden'
  /** The name alone does not say Redis (`incr`, `lock`). */
  readonly ambiguous: boolean
  /** It only means Redis where the receiver provably is a client. */
  readonly needsClient?: true
}

export interface TimeToLive {
  readonly amount: Expression
  /** How many milliseconds one of the amount is; undefined where that is not known. */
  readonly milliseconds: number | undefined
}

/** What a language's Redis libraries call things. */
export interface RedisDialect {
  /** Of the library, as reports name it. */
  readonly library: string
  /** What a method calls its own object. */
  readonly self: ReadonlySet<string>
  /** A quick look before parsing: something in the text may set a mark, a lock or a counter. */
  touches(text: string): boolean
  command(call: Call): RedisCall | undefined
  /** True for a module of a Redis library. */
  isLibrary(module: string): boolean
  /** True for the last part of what makes a client, or of a type that is one. */
  isClient(name: string): boolean
  /** How commands on what a method gives reach Redis: together, and whether as one transaction. Undefined for a method that makes no pipeline. */
  pipeline(method: string, call: Call): { readonly transaction: boolean } | undefined
  /** True where variables are declared with their types, so that one of another type is no client. */
  readonly typed: boolean
}
