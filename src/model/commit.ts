/**
 * When a client commits by itself, and what. `says` tells it to a reader in one sentence, with what a crash then costs.
 *
 * `never`: only the program commits; `on-poll`: inside the next poll or iteration; `background`: by a timer, whatever the handler does;
 * `after-handler`: after the handler returned; `on-delivery`: as the message is handed over, before the handler runs.
 * What is committed: `position` (everything handed over), `stored` (what was stored, by default at hand-over), `resolved`/`marked` (what the
 * program or framework declared done).
 */
export interface CommitBehaviour {
  readonly when: 'never' | 'on-poll' | 'background' | 'after-handler' | 'on-delivery'
  readonly what: 'position' | 'stored' | 'resolved' | 'marked'
  readonly onClose: boolean
  readonly onRevoke: boolean
  /** Loss in ordinary use (`yes`), only when a handler's exception meets close or revocation (`on-exception`), or not at all. */
  readonly loses: 'yes' | 'on-exception' | 'no'
  readonly says: string
  readonly citation: string
}

/** True where only what the program stored, or marked, is committed. */
export function commitsStored({ what }: CommitBehaviour): boolean {
  return what === 'stored' || what === 'marked'
}
