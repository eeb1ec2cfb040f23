import type { Location } from './location.ts'
import type { Value } from './value.ts'

export interface EnvironmentEntry {
  readonly name: string
  readonly value: Value
  readonly location: Location
}

/** A compose service, Kubernetes workload or Helm values block: how many copies run, with which environment. A bare `.env` file is one too. */
export interface Deployment {
  readonly id: string
  readonly kind: 'compose' | 'kubernetes' | 'helm' | 'dotenv'
  readonly name: string
  readonly location: Location
  /** Folder of the build context (or of the `.env` file), relative to the root; absent when only an image is named. */
  readonly context?: string
  readonly image?: string
  /** Known number of replicas; absent when the file does not say (compose and Kubernetes then run one). */
  readonly replicas?: { readonly value: Value; readonly location: Location }
  readonly environment: readonly EnvironmentEntry[]
  /** True when some of its environment could not be read (an env_file that is missing, envFrom of an unknown ConfigMap). */
  readonly environmentOpen: boolean
}
