import type { DeclaredClient } from './client.ts'
import type { ClusterFacts } from './cluster.ts'
import type { CommitBehaviour } from './commit.ts'
import type { Deployment } from './deployment.ts'
import type { Document } from './document.ts'
import type { Handler } from './handler.ts'
import type { Intent } from './intent.ts'
import type { Location } from './location.ts'
import type { Dependency, Project } from './project.ts'
import type { EffectiveSetting } from './setting.ts'
import type { KeyWrite } from './store.ts'

/** Something this library version refuses, or silently drops, of what the project states. */
export interface SettingProblem {
  /** Canonical name where there is one, else as spelled. */
  readonly key: string
  readonly spelled: string
  readonly location: Location
  /** `raises`: the program fails at the construction; `fails-later`: at start, subscribe or first use; `ignored`; `replaced`: another value takes effect. */
  readonly effect: 'raises' | 'fails-later' | 'warns' | 'ignored' | 'replaced'
  /** What the library does, with its own words where it has them. */
  readonly says: string
  readonly fix: string
  /** Why it matters: what is then not as the author believes. */
  readonly why?: string
  readonly citation: string
  readonly related?: readonly { readonly label: string; readonly location: Location }[]
  readonly confidence: 'high' | 'medium' | 'low'
  /**
   * `transactions`: transactional id, idempotence or isolation level given to a version that lacks it, of which another rule speaks;
   * `construction`: the construction itself, whatever the settings are.
   */
  readonly about?: 'transactions' | 'construction'
}

/** What the library version can do at all. */
export interface Capabilities {
  readonly idempotentProducer: boolean
  readonly transactions: boolean
  readonly readCommitted: boolean
  /** KIP-447: offsets sent with the group's metadata, so that a zombie is fenced. */
  readonly groupMetadataFencing: boolean
  readonly staticMembership: boolean
  /** `auto.offset.reset=by_duration:…`, Java 4.0 and later. */
  readonly resetByDuration: boolean
  /** `none`/`error` as reset policy raises to the program, which can then handle it. */
  readonly resetNone: boolean
}

/** One client under one library and version class it may be in. */
export interface Variant {
  /** Profile id. */
  readonly library: string
  /** The library's name alone: `kafka-python`. */
  readonly libraryTitle: string
  /** For messages: `kafka-python 2.0.2`, `kafka-python >=2.0`, `kafka-python (version unknown)`: the same for every variant of one library. */
  readonly title: string
  /** First version of the class, and the first one after it. */
  readonly from: string
  readonly until?: string
  /** The exact version, where it is known. */
  readonly version?: string
  /** How the version is known. */
  readonly evidence: VersionEvidence
  /** By canonical key: every setting the profile knows, effective. */
  readonly settings: ReadonlyMap<string, EffectiveSetting>
  readonly problems: readonly SettingProblem[]
  readonly commit: CommitBehaviour
  readonly capabilities: Capabilities
}

export type VersionEvidence =
  | { readonly kind: 'exact' | 'range'; readonly dependency: Dependency }
  | { readonly kind: 'assumed'; readonly version: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** The consumer's group: as a known id, absent (nothing is committed), made anew, or not known. */
export type Group =
  | { readonly kind: 'named'; readonly id: string; readonly location?: Location }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'generated'
      readonly by: 'random' | 'time' | 'process' | 'host'
      readonly text: string
      readonly location: Location
    }
  | { readonly kind: 'framework'; readonly says: string }
  | { readonly kind: 'unknown'; readonly reason: string }

/** A declared client with all that is known of it. `variants` is never empty; one per library version class it may be in. */
export interface Client extends DeclaredClient {
  readonly variants: readonly Variant[]
  readonly group: Group
  /** Normalised bootstrap servers, sorted and comma-joined; undefined where unknown. */
  readonly cluster?: string
  /** Deployments that run it. */
  readonly deployments: readonly Deployment[]
  readonly intent?: Intent
}

/** Everything rules may know. */
export interface Facts {
  readonly projects: readonly Project[]
  readonly clients: readonly Client[]
  readonly handlers: readonly Handler[]
  readonly keyWrites: readonly KeyWrite[]
  readonly deployments: readonly Deployment[]
  readonly intents: readonly Intent[]
  readonly documents: ReadonlyMap<string, Document>
  /** Absent when no cluster was asked: rules that need one then have no subject. */
  readonly cluster?: ClusterFacts
}
