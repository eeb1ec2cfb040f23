import type { Location } from './location.ts'
import type { Value } from './value.ts'

/** An environment variable that the value depends on. */
export interface EnvironmentRead {
  readonly variable: string
  /** The code's or file's own default, where it gives one. */
  readonly fallback?: Value
}

/** One setting as the project states it, in the project's own spelling. */
export interface DeclaredSetting {
  /** As spelled: `enable_auto_commit`, `enable.auto.commit`, `enable-auto-commit`. */
  readonly key: string
  readonly value: Value
  /** The key and value, or the assignment that gives it. */
  readonly location: Location
  /** True when it is given on some paths only: then its `value` is unknown, and it may be absent. */
  readonly conditional?: boolean
  /** Set when the value comes from the environment; `value` then is the fallback, or unknown. */
  readonly environment?: EnvironmentRead
  /** Where it is inherited from, when not given to this client alone: "spring.kafka.properties", "default_consumer_settings". */
  readonly inheritedFrom?: string
  /** Steps of inference that the value rests on: imports followed, parameters bound. Empty for a literal at the construction. */
  readonly via?: readonly Location[]
}

/** Something that may add or override settings and that the reader could not see into. */
export interface Gap {
  readonly reason: string
  readonly location: Location
  /** True when the unseen part comes after the settings that are known, and so may override each of them. */
  readonly overrides: boolean
  /** Canonical names of the settings that it may hold; any where it is absent. */
  readonly hides?: readonly string[]
}

/** All settings given to one construction, later ones overriding earlier ones already applied. */
export interface OptionSet {
  /** One per key; the last assignment wins. */
  readonly settings: readonly DeclaredSetting[]
  /** Empty when the option set is complete: then, and only then, absence of a key is a fact. */
  readonly gaps: readonly Gap[]
  /** Where the options are gathered, when that is not the construction itself (a dict, a YAML section). */
  readonly start?: Location
  /** What stands in the place of the options and can be none, such as a topic's name where a dict belongs. */
  readonly misgiven?: Location
}

/** Where an effective value comes from. */
export type Origin =
  | { readonly kind: 'explicit'; readonly location: Location }
  | { readonly kind: 'environment'; readonly variable: string; readonly location: Location; readonly from: 'default' | Location }
  | { readonly kind: 'inherited'; readonly from: string; readonly location: Location }
  /** The library's own default; `citation` names the source of the fact. */
  | { readonly kind: 'default'; readonly library: string; readonly version: string; readonly citation: string }
  /** Derived from another setting, as the library does: `because` is the canonical key that decided. */
  | {
      readonly kind: 'derived'
      readonly because: string
      readonly says: string
      readonly location?: Location
      readonly citation: string
    }
  | { readonly kind: 'unknown'; readonly reason: string; readonly location?: Location }

/** One canonical setting as it really is for one library version class. */
export interface EffectiveSetting {
  /** Canonical Kafka name (`enable.auto.commit`). */
  readonly key: string
  /** In canonical spelling: booleans as booleans, `earliest`/`latest`/`none`, acks as `all`, `1`, `0`. */
  readonly value: Value
  readonly origin: Origin
  /** As the project spells it, where the project states it. */
  readonly spelled?: string
  /** high: a literal or a library default of a complete option set; medium: an inference or an environment fallback in between. */
  readonly confidence: 'high' | 'medium' | 'low'
  /** What comes after it and may override it, where that could not be seen: a harmless value proves nothing then. */
  readonly overridable?: string
}
