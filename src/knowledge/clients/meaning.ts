import type { Committed } from '../../model/handler.ts'

/** What a method of a client means between poll and commit. Its arguments may say more. */
export type Meaning =
  | { readonly kind: 'receive'; readonly hands: 'one' | 'several' }
  /** `message`: what it commits where it is given a message, if that is not up to and with it. */
  | { readonly kind: 'commit'; readonly mode: 'sync' | 'async'; readonly what: Committed; readonly message?: Committed }
  | { readonly kind: 'store' }
  | { readonly kind: 'seek' }
  | { readonly kind: 'produce'; readonly mode: 'buffered' | 'awaited' }
  | { readonly kind: 'flush' }
  | { readonly kind: 'close' }
  | { readonly kind: 'init-transactions' | 'begin' | 'commit-transaction' | 'abort' }
  | { readonly kind: 'send-offsets'; readonly metadata: boolean }
  /** Calls a function that listens to one of these events with what is received. */
  | { readonly kind: 'listens'; readonly events: readonly string[]; readonly hands: 'one' | 'several' }
  /** Takes functions that are called with what is received, by their names among its options. */
  | { readonly kind: 'runs'; readonly callbacks: Readonly<Record<string, 'one' | 'several'>> }
