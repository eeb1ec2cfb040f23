import type { Client, SettingProblem, Variant } from '../model/facts.ts'
import { isGiven, TRANSACTIONAL_ID, transactionalId } from './transactional.ts'

/** The rule that speaks of a problem, so that one mistake is told once. */
export type ProblemOwner =
  | 'transactional-id-unsupported'
  | 'transactional-id-incomplete'
  | 'transaction-timeout'
  | 'offset-reset'
  | 'setting-rejected'
  | 'setting-ignored'

const TIMEOUT_KEYS: ReadonlySet<string> = new Set(['transaction.timeout.ms', 'delivery.timeout.ms', 'socket.timeout.ms'])
const TRANSACTION_PARTS: ReadonlySet<string> = new Set([
  TRANSACTIONAL_ID,
  'enable.idempotence',
  'acks',
  'retries',
  'max.in.flight.requests.per.connection',
])

export function ownerOf(variant: Variant, problem: SettingProblem): ProblemOwner {
  if (problem.about === 'transactions' && lacks(variant, problem.key)) return 'transactional-id-unsupported'
  if (problem.key === RESET && misreads(variant, problem)) return 'offset-reset'
  if (isGiven(transactionalId(variant))) {
    if (TIMEOUT_KEYS.has(problem.key)) return 'transaction-timeout'
    if (TRANSACTION_PARTS.has(problem.key)) return 'transactional-id-incomplete'
  }
  return isRefused(problem) ? 'setting-rejected' : 'setting-ignored'
}

const RESET = 'auto.offset.reset'

/** The value itself is refused or taken as another one. */
function misreads(variant: Variant, problem: SettingProblem): boolean {
  if (problem.effect === 'replaced') return true
  return isRefused(problem) && variant.settings.get(RESET)?.value.kind === 'unknown'
}

/** False where the version has the feature after all: the key then stands on the wrong side, as an isolation level on a producer. */
function lacks(variant: Variant, key: string): boolean {
  const { idempotentProducer, readCommitted, transactions } = variant.capabilities
  if (key === 'enable.idempotence') return !idempotentProducer
  if (key === 'isolation.level') return !readCommitted
  return !transactions
}

/** The program fails on it, at the construction or later. */
export function isRefused(problem: SettingProblem): boolean {
  return problem.effect === 'raises' || problem.effect === 'fails-later'
}

/**
 * True when this version refuses what is stated for a key, or the key as it is spelled (`enable_auto_commit` in a dict of dotted keys):
 * another rule says so, and what would hold without the line does not matter.
 */
export function refuses(variant: Variant, key: string): boolean {
  return variant.problems.some((p) => isRefused(p) && plain(p.key) === plain(key))
}

const plain = (key: string) => key.toLowerCase().replaceAll(/[._-]/g, '')

/** The keys and spellings of a client's problems of one owner, in any version it may be in: one subject each, in the order of the source. */
export function problemsOf(
  client: Client,
  owner: ProblemOwner,
): readonly { key: string; find(v: Variant): SettingProblem | undefined }[] {
  const keys = new Set<string>()
  for (const variant of client.variants)
    for (const problem of variant.problems) if (ownerOf(variant, problem) === owner) keys.add(problem.key)
  return [...keys].map((key) => ({
    key,
    find: (variant) => variant.problems.find((p) => p.key === key && ownerOf(variant, p) === owner),
  }))
}
