import type { Location } from './location.ts'
import type { VersionRange } from './version.ts'

export type Ecosystem = 'pypi' | 'maven' | 'npm' | 'go'

/** One statement of a manifest or lock file about a package. */
export interface Dependency {
  readonly ecosystem: Ecosystem
  /** Normalised (PEP 503 for PyPI; `group:artifact` for Maven; the npm name). */
  readonly name: string
  /** As written: `==2.0.2`, `^2.2.4`, `>=1.8`, or empty where no version is given. */
  readonly specifier: string
  /** What the specifier allows; one range of a single version for a pin or a lock. */
  readonly versions: readonly VersionRange[]
  /** In one folder a lock beats a pin beats a range beats none. */
  readonly strength: 'lock' | 'pin' | 'range' | 'none'
  /** The exact version of a lock or pin. */
  readonly version?: string
  readonly location: Location
}

/** A folder with a manifest. `path` is relative to the report's root, '' for the root itself. */
export interface Project {
  readonly path: string
  readonly manifests: readonly string[]
  readonly dependencies: readonly Dependency[]
}
