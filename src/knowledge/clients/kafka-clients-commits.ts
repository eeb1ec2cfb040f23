import type { CommitBehaviour } from '../../model/commit.ts'
import { isEffectively } from '../derive-values.ts'
import type { SettingsView } from '../profile.ts'
import { usesConsumerProtocol } from './kafka-clients-consumer.ts'
import { before } from './kafka-clients-versions.ts'

const CLASSIC =
  'kafka-clients, ConsumerCoordinator.maybeAutoCommitOffsetsAsync (poll), maybeAutoCommitOffsetsSync (close, onJoinPrepare), 0.9.0 … 4.4.0'
const ASYNC = 'kafka-clients, CommitRequestManager'

/** Offsets that the program alone commits. */
export function commitsNever(says: string, citation: string): CommitBehaviour {
  return { when: 'never', what: 'position', onClose: false, onRevoke: false, loses: 'no', says, citation }
}

/** When a Java consumer commits by itself. Reads `view.version` as an Apache kafka-clients version. */
export function kafkaConsumerCommits(view: SettingsView): CommitBehaviour {
  if (isEffectively(view, 'enable.auto.commit', false))
    return commitsNever('auto-commit is off: only the program commits', CLASSIC)
  const base = { what: 'position', onClose: true, onRevoke: true } as const
  if (usesConsumerProtocol(view) && before(view.version, '4.0.0')) {
    return {
      ...base,
      when: 'background',
      loses: 'yes',
      says: 'with group.protocol=consumer this version commits by a timer on its network thread, up to the last record that poll() returned, while the program still works on it: a crash then skips what was in hand',
      citation: `${ASYNC}.poll (maybeAutoCommitAsync) 3.7.0 … 3.9.2`,
    }
  }
  return {
    ...base,
    when: 'on-poll',
    loses: 'on-exception',
    says: "the next poll() commits everything that the poll before it returned: a crash inside the loop repeats records and skips none, but close() and a rebalance also commit what poll() returned, so that a handler's exception on its way to close() skips the failed record and the rest of the batch; and so does work that is handed to another thread",
    citation: usesConsumerProtocol(view) ? `${ASYNC}.updateTimerAndMaybeCommit, called by poll, 4.0.0 … 4.4.0` : CLASSIC,
  }
}
