import type { Role } from '../model/client.ts'
import type { CommitBehaviour } from '../model/commit.ts'
import type { Capabilities, SettingProblem } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import type { Ecosystem } from '../model/project.ts'
import type { DeclaredSetting } from '../model/setting.ts'
import type { Literal, Value } from '../model/value.ts'
import type { History } from './history.ts'

/**
 * What is known of one setting in one library over its versions. `undefined` as an entry's value means that the setting does not exist
 * from that version on. A default may be null (the library's own None) and may differ by role.
 */
export interface SettingFact {
  readonly roles: readonly Role[]
  readonly type: 'boolean' | 'integer' | 'number' | 'string' | 'list' | 'object'
  readonly default: History<Literal | readonly Literal[] | undefined>
  /** For defaults that differ between producer and consumer. */
  readonly defaultByRole?: Partial<Record<Role, History<Literal | undefined>>>
}

/** How a library takes a value as written: its canonical meaning, or what it does instead. */
export type Reading =
  | { readonly kind: 'value'; readonly value: Value }
  /** Refused: at the construction (`raises`) or later. `says` quotes the library. */
  | { readonly kind: 'rejected'; readonly effect: 'raises' | 'fails-later'; readonly says: string; readonly citation: string }
  /** Taken as something the author did not write (`beginning` → none in kafka-python). */
  | { readonly kind: 'becomes'; readonly value: Value; readonly says: string; readonly citation: string }

/** What profile functions may look at: one option set under one version. All keys canonical. */
export interface SettingsView {
  readonly role: Role
  /** The first version of the class; every version in the class behaves the same. */
  readonly version: string
  /** What the project states, in canonical keys, values read; undefined where it states nothing that is visible. */
  given(key: string): Value | undefined
  /** Its declaration, for locations. */
  declared(key: string): DeclaredSetting | undefined
  /** Given or default, before derivation; unknown where a gap may hide it. */
  effective(key: string): Value
  /** The construction, for what is wrong because nothing is stated. */
  readonly construction: Location
  /** True when nothing unseen can be among the settings. */
  readonly complete: boolean
  /** What stands in the place of the settings and can be none. */
  readonly misgiven?: Location
  /** Methods called on the client, in the library's spelling, and whether all were seen. */
  readonly calls: readonly string[]
  readonly followed: boolean
}

/** A value that the library derives from another setting, replacing the default and, where `overridesGiven`, even what the project states. */
export interface Derived {
  readonly key: string
  readonly value: Value
  readonly because: string
  readonly says: string
  readonly citation: string
  readonly overridesGiven?: boolean
}

export interface Profile {
  readonly id: string
  /** As people write it: `kafka-python`, `confluent-kafka (librdkafka)`. */
  readonly title: string
  readonly language: 'python' | 'java' | 'javascript' | 'go' | 'configuration'
  readonly packages: readonly { readonly ecosystem: Ecosystem; readonly name: string }[]
  /**
   * Versions before this one are judged only where the project names them: nobody who installs the library today without naming a version
   * gets one of them.
   */
  readonly oldestAssumed?: string
  /** Newest version whose source was read: later ones are judged like it, and the report says so. */
  readonly newestRead: string
  /** One page of prose on what matters, for `semcheck clients`. */
  readonly notes: readonly string[]
  /** Settings by canonical name (the Java client's name where it has one). */
  readonly settings: Readonly<Record<string, SettingFact>>
  /** Names accepted beside the canonical one, in this library's spelling, with the canonical name each stands for. */
  readonly aliases: Readonly<Record<string, string>>
  /** The library's own spelling of a canonical name: `enable_auto_commit`. */
  spell(canonical: string): string
  /**
   * The canonical name of a key as written, or undefined when this library (at any version) has no such setting.
   * A misspelt key is undefined too.
   */
  canonical(key: string): string | undefined
  /** Keys the library accepts but semcheck has no fact about (serializers, callbacks, metrics): never reported as unknown. */
  accepts(key: string, role: Role, version: string): boolean
  /** What a key does that neither `settings` nor `accepts` know at that version. */
  readonly unknownSetting: History<Pick<SettingProblem, 'effect'> & { says(key: string, role?: Role): string }>
  /** How a value as written is taken. Called only for settings of `settings`. */
  read(canonical: string, literal: Literal, role: Role, version: string): Reading
  /** Defaults that depend on other settings: silently disabled idempotence, acks under transactions, auto-commit without a group. */
  derive(view: SettingsView): readonly Derived[]
  /** Combinations this version refuses or ignores, beyond unknown keys and unreadable values. */
  problems(view: SettingsView): readonly SettingProblem[]
  /** When the client commits by itself. */
  commits(view: SettingsView): CommitBehaviour
  readonly capabilities: History<Capabilities>
  /** Further boundaries at which `derive`, `problems` or `commits` change. */
  readonly boundaries: readonly string[]
  /** The version number in the order used by the histories: `7.5.1-ccs` → `3.5.0`. */
  normaliseVersion?(version: string): string
  /** Method names by meaning, for readers and rules: `commit`, `store`, `subscribe`, `assign`, `seek`, `send`, `flush`, `close`, … */
  readonly methods: Readonly<Record<string, readonly string[]>>
  /** True when a consumer without a group id is an error here (librdkafka), false when it then commits nothing. */
  readonly groupRequired: boolean
  /** Set when the library or framework names the group itself when none is given; says which. */
  readonly frameworkGroup?: string
}
