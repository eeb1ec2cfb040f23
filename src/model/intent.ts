export type Semantics = 'at-most-once' | 'at-least-once' | 'exactly-once'

/** What semcheck.yaml declares for the groups, topics or paths it matches. Globs with `*`. */
export interface Intent {
  readonly match: { readonly group?: string; readonly topic?: string; readonly path?: string }
  readonly semantics?: Semantics
  readonly replay?: 'tolerated' | 'marked' | 'forbidden'
  /** Longest planned downtime, in milliseconds. */
  readonly downtime?: number
}
