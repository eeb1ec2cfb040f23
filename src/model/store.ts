import type { Location } from './location.ts'
import type { Value } from './value.ts'

/**
 * A Redis write that sets a dedupe mark or lock (NX), or a counter (INCR), and what becomes of its time to live.
 * `with-command`: `SET … NX EX`; `atomic`: EXPIRE in the same MULTI/EXEC or Lua script; `separate`: EXPIRE as a later command;
 * `none`: the key provably never gets one; `unknown`: the reader cannot say.
 */
export type KeyExpiry =
  | { readonly kind: 'with-command'; readonly ttl: Value; readonly location: Location }
  /** `guarded`: EXPIRE runs only where the key was free; in a MULTI it always runs. */
  | { readonly kind: 'atomic'; readonly how: 'MULTI' | 'Lua'; readonly guarded: boolean; readonly location: Location }
  | { readonly kind: 'separate'; readonly command: string; readonly location: Location; readonly pipeline: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly reason: string }

export interface KeyWrite {
  /** Stable under edits elsewhere, like a client's id. */
  readonly id: string
  /** Profile id of the Redis library, e.g. `redis-py`. */
  readonly library: string
  /** As written: `setnx`, `set(nx=True)`, `hsetnx`, `incr`. */
  readonly command: string
  readonly purpose: 'mark' | 'counter'
  /** The key as the source writes it. */
  readonly key: string
  readonly location: Location
  readonly expiry: KeyExpiry
  /** Where the key, a lock by its name, is given back: by deleting it, with or without a look at who holds it. */
  readonly release?: { readonly command: string; readonly checked: boolean; readonly location: Location }
  /** It goes by the name of a lock, not of a mark that stays. */
  readonly isLock: boolean
  readonly folder: string
  readonly confidence: 'high' | 'medium' | 'low'
}
