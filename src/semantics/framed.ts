import type { CommitBehaviour } from '../model/commit.ts'
import type { Handler, Node } from '../model/handler.ts'

/**
 * A handler as it runs. Where the client calls it and commits after it has returned, the client's commit comes last in each turn: an exception
 * passes it by, and the message is handed over again from what was committed.
 */
export function framed(handler: Handler, commit: CommitBehaviour): Handler {
  if (handler.shape !== 'callback' || commit.when !== 'after-handler') return handler
  const receive = handler.body.find((node) => node.kind === 'receive')
  const text = `the client, after ${receive?.kind === 'receive' ? receive.text : 'the handler'} has returned,`
  const last: Node = {
    kind: 'commit',
    location: handler.location,
    text,
    mode: 'sync',
    what: 'position',
    checked: true,
    limited: false,
  }
  return { ...handler, body: [...handler.body, last] }
}
