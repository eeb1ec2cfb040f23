import type { CommitBehaviour } from '../../model/commit.ts'
import type { SettingProblem } from '../../model/facts.ts'
import { known, type Literal, unknown, type Value } from '../../model/value.ts'
import { compareVersions } from '../../model/version.ts'
import { literalOf, problemAt } from '../derive-values.ts'
import type { Derived, Reading, SettingsView } from '../profile.ts'
import { pythonTruth } from './python-values.ts'

/** FastStream's acknowledgement, the same for both engines: what a subscriber's `ack_policy`, `auto_commit` and `no_ack` make of auto-commit. */
const SOURCE = 'faststream subscriber/config.py; run: 0.5.48, 0.6.0, 0.6.2, 0.6.3, 0.6.7, 0.7.0, 0.7.4, 0.7.8'

const POLICIES = ['ack_first', 'ack', 'reject_on_error', 'nack_on_error', 'manual'] as const
export type AckPolicy = (typeof POLICIES)[number]

function before(view: SettingsView, version: string): boolean {
  return compareVersions(view.version, version) < 0
}

/** The two settings that are FastStream's own; `AckPolicy.NACK_ON_ERROR`, `NACK_ON_ERROR` and `nack_on_error` are one policy. */
export function readPolicy(canonical: string, literal: Literal): Reading | undefined {
  if (canonical === 'no_ack') return pythonTruth(literal, SOURCE)
  if (canonical !== 'ack_policy') return undefined
  const policy = policyOf(typeof literal === 'string' ? literal : undefined)
  return { kind: 'value', value: known(policy ?? literal) }
}

function policyOf(text: string | undefined): AckPolicy | undefined {
  const word = text?.split('.').at(-1)?.toLowerCase()
  return POLICIES.find((policy) => policy === word)
}

/** The policy in force, undefined where it cannot be told; and the settings that it comes from. */
function policy(view: SettingsView): { readonly policy: AckPolicy | undefined; readonly because: string } | undefined {
  const noAck = before(view, '0.7.0') ? literalOf(view.given('no_ack')) : undefined
  const auto = before(view, '0.7.0') ? view.given('enable.auto.commit') : undefined
  if (!before(view, '0.6.0')) {
    if (auto !== undefined && literalOf(auto) !== null) {
      const literal = literalOf(auto)
      const told = literal === true ? 'ack_first' : literal === false ? 'reject_on_error' : undefined
      return { policy: told, because: 'enable.auto.commit' }
    }
    if (noAck === true) return { policy: 'manual', because: 'no_ack' }
    const given = view.given('ack_policy')
    if (given === undefined) return undefined
    return { policy: policyOf(textOf(given)), because: 'ack_policy' }
  }
  if (literalOf(auto) !== false) return undefined
  return { policy: noAck === true ? 'manual' : 'reject_on_error', because: 'enable.auto.commit' }
}

function textOf(value: Value): string | undefined {
  if (value.kind === 'object') return value.text
  const literal = literalOf(value)
  return typeof literal === 'string' ? literal : undefined
}

/** True where the engine's own setting is given in its own, dotted, spelling: it then has the last word. */
function engineDecides(view: SettingsView): boolean {
  return view.declared('enable.auto.commit')?.key.includes('.') === true
}

/** Releases that built the engine's options so that auto-commit could only be switched on. */
function cannotSwitchOff(view: SettingsView): boolean {
  return !before(view, '0.6.0') && before(view, '0.6.3')
}

/** enable.auto.commit as the engine is really given it. */
export function autoCommitOf(view: SettingsView): readonly Derived[] {
  if (engineDecides(view)) return []
  const found = policy(view)
  if (!found || before(view, '0.6.0')) return []
  const { because } = found
  const key = 'enable.auto.commit'
  if (cannotSwitchOff(view)) {
    const says = 'true, whatever is asked: FastStream 0.6.0 to 0.6.2 only ever switches it on'
    return [{ key, value: known(true), because, says, citation: SOURCE, overridesGiven: true }]
  }
  if (found.policy === undefined) {
    const value = unknown('`ack_policy` decides it, and is not known')
    return [{ key, value, because, says: 'as `ack_policy` says', citation: SOURCE, overridesGiven: true }]
  }
  const says = `${found.policy === 'ack_first' ? 'true' : 'false'}, since the acknowledgement policy is ${found.policy.toUpperCase()}`
  return [{ key, value: known(found.policy === 'ack_first'), because, says, citation: SOURCE, overridesGiven: true }]
}

/** What FastStream refuses or ignores of the acknowledgement. `groupless`: what it says of a policy without a group, where it minds. */
export function policyProblems(view: SettingsView, groupless: string | undefined): readonly SettingProblem[] {
  const auto = view.declared('enable.auto.commit')
  const found = policy(view)
  if (auto && !engineDecides(view)) {
    const refusal = refusedName(view, auto.key)
    if (refusal) return refusal
  }
  const both = ['enable.auto.commit', 'no_ack'].find((key) => view.declared(key))
  if (!before(view, '0.6.0') && before(view, '0.7.0') && both && view.declared('ack_policy')) {
    return problemAt(view, [both, 'ack_policy'], {
      effect: 'raises',
      says: `subscriber() raises SetupError: You can't use deprecated \`${view.declared(both)?.key}\` and \`ack_policy\` simultaneously. Please, use \`ack_policy\` only.`,
      fix: `remove \`${view.declared(both)?.key}\``,
      citation: SOURCE,
    })
  }
  if (!found?.policy || found.policy === 'ack_first') return []
  if (groupless !== undefined && literalOf(view.given('group.id') ?? known(null)) === null && view.complete) {
    return problemAt(view, [found.because], {
      effect: 'raises',
      says: `subscriber() raises SetupError: ${groupless}`,
      fix: 'give the subscriber a `group_id`',
      citation: SOURCE,
    })
  }
  if (!cannotSwitchOff(view)) return []
  return problemAt(view, [found.because], {
    effect: 'ignored',
    says: 'FastStream 0.6.0 to 0.6.2 leaves auto-commit on, whatever the acknowledgement policy says (mended in 0.6.3)',
    fix: 'move to faststream 0.6.3 or later',
    why: 'Messages are committed in the background while the handler works on them, whether it then acknowledges them or not.',
    citation: SOURCE,
  })
}

/** `auto_commit` was `enable_auto_commit` before 0.2.2, and is gone from 0.7.0 on. */
function refusedName(view: SettingsView, key: string): readonly SettingProblem[] | undefined {
  const known = key === 'auto_commit' ? !before(view, '0.2.2') && before(view, '0.7.0') : before(view, '0.5.0')
  if (known) return undefined
  return problemAt(view, ['enable.auto.commit'], {
    effect: 'raises',
    says: `subscriber() raises TypeError: KafkaRegistrator.subscriber() got an unexpected keyword argument '${key}'`,
    fix: before(view, '0.6.0')
      ? 'write `auto_commit`'
      : 'say `ack_policy=AckPolicy.NACK_ON_ERROR`, or another policy that acknowledges after the handler',
    citation: SOURCE,
  })
}

/** When FastStream commits: by the engine's auto-commit, or after the handler as the policy says. */
export function policyCommits(view: SettingsView, engine: CommitBehaviour): CommitBehaviour {
  const auto = literalOf(view.effective('enable.auto.commit'))
  if (auto !== false) return engine
  const found = engineDecides(view) ? undefined : policy(view)
  const base = { what: 'position', onClose: false, onRevoke: false, citation: SOURCE } as const
  switch (found?.policy) {
    case 'nack_on_error':
      return {
        ...base,
        when: 'after-handler',
        loses: 'no',
        says: 'FastStream commits after the handler has returned, and goes back to the message when it raises: a crash repeats it.',
      }
    case 'ack':
    case 'reject_on_error':
      return {
        ...base,
        when: 'after-handler',
        loses: 'on-exception',
        says: 'FastStream commits after the handler, and when it raises as well: a crash repeats the message, an exception loses it.',
      }
    default:
      return {
        ...base,
        when: 'never',
        loses: 'no',
        says: 'FastStream leaves the acknowledgement to the handler: only the program commits.',
      }
  }
}

/** A transactional id, which no FastStream release can use: its brokers never begin a transaction. */
export function transactionProblem(view: SettingsView, says: string): readonly SettingProblem[] {
  return problemAt(view, ['transactional.id'], {
    effect: 'fails-later',
    says,
    fix: 'remove `transactional_id`: FastStream has no transactions; use `enable_idempotence`, and the client itself where a transaction is needed',
    why: 'No message can be published.',
    about: 'transactions',
    citation: 'run against a mock broker: faststream 0.5.48, 0.6.7, 0.7.8',
  })
}
