import type { Intent } from '../model/intent.ts'
import type { Severity } from '../rule/finding.ts'

/** semcheck.yaml, validated. */
export interface Config {
  readonly exclude: readonly string[]
  readonly includeTests: boolean
  /** Library id → version, as `--assume`. */
  readonly assume: Readonly<Record<string, string>>
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  readonly intents: readonly Intent[]
}

export const DEFAULT_CONFIG: Config = { exclude: [], includeTests: false, assume: {}, rules: {}, intents: [] }
