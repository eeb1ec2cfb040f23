import type { Location, Related } from './location.ts'
import type { OptionSet } from './setting.ts'
import type { Value } from './value.ts'

export type Role = 'consumer' | 'producer'

/** Which topics a client reads or writes, as far as the text says. `location` is where they are named. */
export type Topics =
  | { readonly kind: 'known'; readonly names: readonly string[]; readonly location: Location }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly location: Location }
  /** `anew`: every name is made at each start, so that nothing is in the topics yet. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly anew?: true }

/**
 * How a consumer takes partitions. `unknown` when the object leaves what the reader can follow, or the text (a configuration file) cannot say;
 * a construction that plainly never subscribes nor assigns is `none`.
 */
export type Usage = 'subscribes' | 'assigns' | 'none' | 'unknown'

/** A call on the client object that the reader saw: `commit`, `store_offsets`, `seek`, `init_transactions`, … in the library's own spelling. */
export interface ClientCall {
  readonly method: string
  readonly location: Location
  /** Literal arguments by name or position, where they are known. */
  readonly arguments: readonly { readonly name: string; readonly value: Value }[]
  /**
   * What becomes of what it gives, for calls of producers: `dropped`; `awaited` and then dropped; `waited`: for the outcome (`.get()`);
   * `checked`: by a callback that is told of errors; `used`: in a way that was not followed.
   */
  readonly result?: 'dropped' | 'awaited' | 'waited' | 'checked' | 'used'
  /** `deaf`: the delivery callback that is given does nothing with the error. */
  readonly callback?: 'deaf'
}

/** One consumer or producer as the project's text declares it. A client that is both (faust, Kafka Streams, a Connect worker) is declared twice. */
export interface DeclaredClient {
  /** Stable under edits elsewhere: `path#role:scope:ordinal`. */
  readonly id: string
  readonly role: Role
  /** Ids of the profiles it may belong to; more than one where the text leaves it open (`import kafka`). */
  readonly libraries: readonly string[]
  /** The name it goes by in messages: `KafkaConsumer in worker.run`, `spring.kafka.consumer`. */
  readonly name: string
  /** The construction: call, YAML section, group-defining key. */
  readonly location: Location
  /** Further places worth showing: where a wrapper constructs it, where options are gathered. */
  readonly related: readonly Related[]
  readonly options: OptionSet
  readonly topics: Topics
  readonly usage: Usage
  /** Path of the folder whose manifests decide its version: the nearest project, relative to the root. */
  readonly folder: string
  readonly language: 'python' | 'javascript' | 'java' | 'kotlin' | 'go' | 'configuration'
  readonly calls: readonly ClientCall[]
  /** True when every use of the object was followed, so that a call that is not in `calls` is not made. */
  readonly followed: boolean
  /** A listener or a template: its settings are those of a client that the application configures elsewhere, where it does. */
  readonly provisional?: true
  /** A guess by name rather than by import or known section. */
  readonly confidence: 'high' | 'medium' | 'low'
}
