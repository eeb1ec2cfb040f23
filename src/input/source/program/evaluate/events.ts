import type { Location } from '../../../../model/location.ts'
import type { DeclaredSetting } from '../../../../model/setting.ts'
import type { Value } from '../../../../model/value.ts'
import type { Span } from '../../../../text/span.ts'
import type { MethodNames } from '../clients/kind.ts'
import type { ModuleFile } from './modules.ts'
import type { FunctionInfo } from './symbols.ts'
import type { Site } from './value.ts'

/** A client that evaluation saw being made. */
export interface ClientEvent {
  readonly site: Site
  readonly role: 'consumer' | 'producer'
  readonly libraries: readonly string[]
  /** The constructor as the library names it. */
  readonly className: string
  readonly module: ModuleFile
  readonly span: Span
  /** Dotted name of the function or class it stands in, empty at module level. */
  readonly scope: string
  readonly options: OptionSnapshot
  readonly topics: readonly TopicNames[]
  /** Topics are fixed by the construction, so that the client subscribes without a call. */
  readonly subscribes: boolean
  /** The framework runs it: every use is known to be none of the project's. */
  readonly managed: boolean
  /** It stands for a client that is configured elsewhere, where the project has one. */
  readonly provisional?: true
  /** What its methods mean to a reader. */
  readonly methods: MethodNames
  /** A call that gives further options: where it is not seen, they are not known. */
  readonly completedBy?: string
  /** Further keys under which uses of this client are recorded. */
  readonly alsoKnownAs: readonly string[]
}

export type TopicNames =
  | { readonly kind: 'known'; readonly names: readonly string[]; readonly location: Location }
  | { readonly kind: 'pattern'; readonly pattern: string; readonly location: Location }
  /** `open`: callers decide; `anew`: every name is made at each start. */
  | {
      readonly kind: 'unknown'
      readonly reason: string
      readonly location: Location
      readonly open?: boolean
      readonly anew?: boolean
    }

/** A dict of options, frozen at the construction. */
export interface OptionSnapshot {
  readonly settings: readonly SettingSnapshot[]
  readonly gaps: readonly GapSnapshot[]
  readonly start?: Location
  /** What was given in the place of a dict and is none. */
  readonly misgiven?: Location
}

export interface SettingSnapshot {
  readonly setting: DeclaredSetting
  readonly order: number
  readonly depends: readonly FunctionInfo[]
}

export interface GapSnapshot {
  /** Canonical names of the settings that it may hold; any where it is absent. */
  readonly hides?: readonly string[]
  readonly reason: string
  readonly location: Location
  readonly order: number
  readonly depends: readonly FunctionInfo[]
}

export interface ClientUse {
  readonly site: Site
  readonly method: string
  readonly location: Location
  readonly arguments: readonly { readonly name: string; readonly value: Value }[]
  readonly topics?: TopicNames
  /** Options of the client that the call gives. */
  readonly options?: OptionSnapshot
}

/** A client that went where evaluation could not follow. */
export interface ClientEscape {
  readonly site: Site
  readonly reason: string
  /** `returned`: to whoever calls the entry; followed when callers are seen. */
  readonly how: 'returned' | 'lost'
  readonly entry?: FunctionInfo
}
