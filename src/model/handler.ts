import type { Location } from './location.ts'

/**
 * What a consumer does between receiving a message and committing it, as structured control flow, independent of the language it was read
 * from. Readers translate syntax into it; the crash model runs it; `semcheck handlers` prints it.
 */
export interface Handler {
  /** Stable under edits elsewhere, like a client's id. */
  readonly id: string
  /** Ids of the consumers it serves: several where one loop reads whichever it was given. */
  readonly consumers: readonly string[]
  /** For people: `worker.run`. */
  readonly name: string
  /**
   * `loop`: the program receives and `body` is one turn of its loop, with the `receive` in it; `callback`: a framework calls `body` for each
   * message (or batch) and receives by itself.
   */
  readonly shape: 'loop' | 'callback'
  /** The loop, or the function that is called. */
  readonly location: Location
  readonly body: readonly Node[]
  /** What runs when the loop is left, normally or by an exception: closing, a last commit, flushing. */
  readonly after: readonly Node[]
  /** What happens to an exception that leaves `body`: `ends`: the loop is left (`after` runs); `framework`: the framework decides. */
  readonly uncaught: 'ends' | 'framework'
  readonly confidence: 'high' | 'medium' | 'low'
}

export type Node = Step | Branch | Loop | Attempt | Together | Call | Jump

export interface At {
  readonly location: Location
  /** The source text in one short line, for people. */
  readonly text: string
}

export type Step =
  | Receive
  | Effect
  | Mark
  | Produce
  | Flush
  | Store
  | Commit
  | HandOff
  | Join
  | Seek
  | Close
  | TransactionStep
  | Wait
  | UnknownStep

/** Hands over one message, or a list of them whose position then lies after the last. */
export interface Receive extends At {
  readonly kind: 'receive'
  readonly hands: 'one' | 'several'
}

/** Something outside changes. `idempotent`: doing it twice is doing it once (an upsert by a business key, a put under one name). */
export interface Effect extends At {
  readonly kind: 'effect'
  readonly system: 'database' | 'http' | 'mail' | 'message' | 'file' | 'cache' | 'search' | 'process' | 'other'
  readonly idempotent: boolean | 'unknown'
  /** Done when the call returns; otherwise in the background, or when something later (a session's commit) makes it so. */
  readonly durable: boolean | 'unknown'
  /** Under which name it is kept, where it has one. */
  readonly key?: DedupeKey
  readonly confidence: 'high' | 'medium' | 'low'
}

/** A dedupe mark is written or taken away. */
export interface Mark extends At {
  readonly kind: 'mark' | 'unmark'
  readonly store: 'redis' | 'database' | 'memory' | 'other'
  readonly key?: DedupeKey
  /** How long it stays, in milliseconds; `never` expires, or not known. */
  readonly ttl: number | 'never' | 'unknown'
}

/** What a dedupe key is made of. */
export interface DedupeKey {
  readonly text: string
  readonly from: readonly ('offset' | 'partition' | 'topic' | 'message-key' | 'value' | 'header' | 'other')[]
}

export interface Produce extends At {
  readonly kind: 'produce'
  /** Id of the producer, where it is known. */
  readonly producer?: string
  /** `buffered`: returns before the broker has it; `awaited`: returns when it is acknowledged. */
  readonly mode: 'buffered' | 'awaited'
  /** Whether anybody learns of a failure: by an exception, a looked-at result, or a callback that looks at the error. */
  readonly checked: boolean | 'unknown'
  readonly topic?: string
  /** Where failed messages are put aside. */
  readonly deadLetter: boolean
}

/** Waits until everything buffered is acknowledged or given up. */
export interface Flush extends At {
  readonly kind: 'flush'
  readonly producer?: string
  /** False where it may return early and nobody looks (`flush(timeout)` whose result is dropped). */
  readonly complete: boolean | 'unknown'
}

/** Marks messages as done, for a commit that follows by itself (`store_offsets`, `resolveOffset`, `MarkMessage`). */
export interface Store extends At {
  readonly kind: 'store'
  readonly what: Committed
}

/**
 * What a commit covers: `position`: everything that was handed over; `message`: up to and with this message; `own`: up to this message and
 * without it (its own offset where the next one is wanted); `stored`: what was stored; `other`: offsets that could not be followed.
 */
export type Committed = 'position' | 'message' | 'own' | 'stored' | 'other'

export interface Commit extends At {
  readonly kind: 'commit'
  readonly mode: 'sync' | 'async'
  readonly what: Committed
  /** Whether a failure is noticed: raised and not swallowed, or told to a callback. */
  readonly checked: boolean | 'unknown'
  /** True where it runs for some messages only: every n-th, by time, at the end of a batch. */
  readonly limited: boolean
}

/** Work goes to a thread, pool, task or un-awaited promise; `body` is what it does. */
export interface HandOff extends At {
  readonly kind: 'hand-off'
  readonly to: 'thread' | 'pool' | 'task' | 'queue' | 'process'
  readonly body: readonly Node[]
}

/** Waits for everything that was handed off. */
export interface Join extends At {
  readonly kind: 'join'
}

/** Goes back: to the message in hand (`message`), to what is committed (`committed`), or elsewhere. */
export interface Seek extends At {
  readonly kind: 'seek'
  readonly to: 'message' | 'committed' | 'other'
}

export interface Close extends At {
  readonly kind: 'close'
  readonly what: 'consumer' | 'producer'
}

export interface TransactionStep extends At {
  readonly kind: 'init-transactions' | 'begin' | 'commit-transaction' | 'abort' | 'send-offsets'
  readonly producer?: string
  /** For `send-offsets`: with the group's metadata, so that a zombie is fenced, or with the group's id alone. */
  readonly metadata?: boolean
}

/** Time passes: a sleep, or a call that may block. In milliseconds. */
export interface Wait extends At {
  readonly kind: 'wait'
  readonly atMost: number | 'unknown'
}

/** Something that could not be followed: it may be an effect, and it may throw. `why` says what stood in the way. */
export interface UnknownStep extends At {
  readonly kind: 'unknown'
  readonly why: string
  /** False for calls that certainly change nothing outside (logging, parsing, metrics) and so need not be shown. */
  readonly mayAct: boolean
}

/** One of several paths. `on` is what decides, where that matters to delivery. */
export interface Branch extends At {
  readonly kind: 'branch'
  readonly on: Condition
  readonly paths: readonly Path[]
}

export type Condition =
  /** No message, or an error event instead of one: nothing is in hand on its path. */
  | { readonly kind: 'received' }
  /** Whether a mark is there; `claim` writes it in the same step when it is not (SET NX). */
  | {
      readonly kind: 'seen'
      readonly claim: boolean
      readonly store: Mark['store']
      readonly key?: DedupeKey
      readonly ttl: Mark['ttl']
    }
  /** Anything of the message or the program. */
  | { readonly kind: 'any' }

export interface Path {
  /** `message`/`nothing` for `received`, `seen`/`new` for `seen`, `then`/`else` otherwise. */
  readonly label: 'message' | 'nothing' | 'seen' | 'new' | 'then' | 'else'
  readonly body: readonly Node[]
}

/** `messages`: over those that were received together; `attempts`: until it succeeds, at most `bound` times. */
export interface Loop extends At {
  readonly kind: 'loop'
  readonly over: 'messages' | 'attempts' | 'other'
  readonly bound?: number | 'none'
  readonly body: readonly Node[]
}

/** `try`. Exceptions that no catch takes go on. */
export interface Attempt extends At {
  readonly kind: 'attempt'
  readonly body: readonly Node[]
  readonly catches: readonly Catch[]
  /** After `body` ran without an exception. */
  readonly otherwise: readonly Node[]
  readonly finally: readonly Node[]
}

export interface Catch extends At {
  /** `all`: whatever the handler may throw; `some`: a kind of exception (`text` names it), so that others pass. */
  readonly takes: 'all' | 'some'
  /** It keeps the message for later, or makes up for what failed: another value, another try. */
  readonly recovers: boolean
  readonly body: readonly Node[]
}

/** Steps that take effect together or not at all: one database transaction. */
export interface Together extends At {
  readonly kind: 'together'
  readonly body: readonly Node[]
}

/** A function of the project that was followed. `return` in it ends it, and no more. */
export interface Call extends At {
  readonly kind: 'call'
  readonly body: readonly Node[]
}

export interface Jump extends At {
  readonly kind: 'jump'
  /** `next`: the next turn of the innermost loop; `leave`: out of it; `return`: out of the innermost call, or of the handler's body; `raise`: an exception. */
  readonly to: 'next' | 'leave' | 'return' | 'raise'
}
