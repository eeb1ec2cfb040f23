import type { DeclaredClient } from '../model/client.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Document, Skipped } from '../model/document.ts'
import type { Handler } from '../model/handler.ts'
import type { Project } from '../model/project.ts'
import type { KeyWrite } from '../model/store.ts'

/** What one reader found in the files given to it. */
export interface Declarations {
  readonly clients: readonly DeclaredClient[]
  /** What consumers do between receiving and committing. */
  readonly handlers: readonly Handler[]
  readonly keyWrites: readonly KeyWrite[]
  readonly deployments: readonly Deployment[]
  readonly documents: readonly Document[]
  readonly skipped: readonly Skipped[]
}

/** All that was read of the paths given. */
export interface Input extends Declarations {
  readonly projects: readonly Project[]
  /** Files chosen for reading, relative to the root, sorted: what --list-files shows. */
  readonly files: readonly string[]
}

export const NOTHING_DECLARED: Declarations = {
  clients: [],
  handlers: [],
  keyWrites: [],
  deployments: [],
  documents: [],
  skipped: [],
}
