import { profileById } from '../knowledge/profiles.ts'
import type { Client, Variant } from '../model/facts.ts'
import { compareVersions } from '../model/version.ts'
import { setting } from './settings.ts'
import { writeSetting } from './spelling.ts'

/** How this library is made to commit after the effect of a message, as an imperative. */
export function tellLateCommit(client: Client, variant: Variant): string {
  if (hasAckPolicy(variant)) return tellAckPolicy(variant)
  const off = `Set \`${writeSetting(client, variant, 'enable.auto.commit', false)}\``
  if (variant.library === 'spring-boot-kafka')
    return `${off}; the listener container then commits after the listener has returned.`
  if (variant.library.startsWith('faststream')) return `${off}; FastStream then commits after the handler.`
  // a call that reads and commits is not set, but replaced
  if (variant.library === 'kafka-go')
    return 'Read with `FetchMessage()`, and call `CommitMessages()` once the effect of the message is durable.'
  const methods = profileById(variant.library)?.methods
  if (variant.commit.what === 'marked' && methods?.store?.[0])
    return `Call \`${methods.store[0]}()\` once the effect of the message is durable, and not before.`
  const commit = methods?.commit?.[0]
  const byHand = `${off} and ${commit ? `call \`${commit}()\`` : 'commit'} once the effect of the message is durable`
  if (!setting(variant, 'enable.auto.offset.store')) return `${byHand}.`
  const store = methods?.store?.[0] ?? 'store_offsets'
  const keep = writeSetting(client, variant, 'enable.auto.offset.store', false)
  return `${byHand}; or keep auto-commit, set \`${keep}\` and call \`${store}()\` there.`
}

/** FastStream from 0.6.0 on: `ack_policy` decides, and its default is the auto-commit of the engine. */
export function hasAckPolicy(variant: Variant): boolean {
  return setting(variant, 'ack_policy') !== undefined
}

function tellAckPolicy(variant: Variant): string {
  const policy =
    '`ack_policy=AckPolicy.NACK_ON_ERROR`, which commits after the handler and goes back to a message whose handler raised'
  // 0.6.0 to 0.6.2 only ever switch auto-commit on, whatever the policy says
  return compareVersions(variant.version ?? variant.from, '0.6.3') < 0
    ? `Move to faststream 0.6.3 or later, where the policy has an effect, and set ${policy}.`
    : `Set ${policy}.`
}
