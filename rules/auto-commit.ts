import { profileById } from '../src/knowledge/profiles.ts'
import type { CommitBehaviour } from '../src/model/commit.ts'
import type { Client, Facts, Variant } from '../src/model/facts.ts'
import type { Related } from '../src/model/location.ts'
import type { EffectiveSetting } from '../src/model/setting.ts'
import type { Fault, TraceStep } from '../src/model/verdict.ts'
import type { Judgement } from '../src/rule/across.ts'
import { type Decision, decide, leastConfidence } from '../src/rule/decide.ts'
import type { Severity } from '../src/rule/finding.ts'
import { membership, subscription } from '../src/rule/groups.ts'
import { handledBy } from '../src/rule/handled.ts'
import { judgeClients } from '../src/rule/judge.ts'
import { hasAckPolicy, tellLateCommit } from '../src/rule/late-commit.ts'
import { refuses } from '../src/rule/problems.ts'
import { aboutSetting, sentence, tellDecided, undecided } from '../src/rule/report.ts'
import { defineRule } from '../src/rule/rule.ts'
import { setting } from '../src/rule/settings.ts'
import { spellingOf } from '../src/rule/spelling.ts'
import { acts } from '../src/semantics/paths.ts'
import { verdictsOf } from '../src/semantics/verdicts.ts'

const KEY = 'enable.auto.commit'

const SEVERITY: Record<CommitBehaviour['loses'], Severity> = { yes: 'error', 'on-exception': 'warning', no: 'info' }

export default defineRule({
  id: 'auto-commit',
  summary: 'the consumer commits offsets by itself, whatever became of the messages',
  severities: ['error', 'warning', 'info'],
  needs: ['settings', 'version'],
  why: 'A committed offset says that every message before it is done. A client that commits by itself says so for messages whose handler has not finished, or has failed; after a crash nobody reads them again. When it commits, and what that costs, differs by library: on a timer while the handler runs, inside the next poll, or after the handler.',
  fix: 'Turn auto-commit off and commit after the effect of the message is durable.',
  ignoreWhen: 'losing or repeating the messages in hand at a crash is acceptable, as for metrics or cache warming.',
  references: [
    'https://kafka.apache.org/documentation/#consumerconfigs_enable.auto.commit',
    'https://kafka.apache.org/documentation/#semantics',
    'https://docs.confluent.io/platform/current/clients/consumer.html#offset-management',
  ],
  examples: {
    bad: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
})
consumer.subscribe(['orders'])

while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
`,
    },
    good: {
      'requirements.txt': 'confluent-kafka==2.6.0\n',
      'worker.py': `from confluent_kafka import Consumer

consumer = Consumer({
    'bootstrap.servers': 'kafka.example.com:9092',
    'group.id': 'billing',
    'auto.offset.reset': 'earliest',
    'enable.auto.commit': False,
})
consumer.subscribe(['orders'])

while True:
    message = consumer.poll(1.0)
    if message is not None and not message.error():
        charge(message.value())
        consumer.commit(message, asynchronous=False)
`,
    },
  },
  *check(facts) {
    yield* judgeClients(
      facts.clients.filter((c) => c.role === 'consumer'),
      (client, variant) => judge(facts, client, variant),
    )
  },
})

function judge(facts: Facts, client: Client, variant: Variant): Judgement {
  const subscribed = subscription(client)
  const effective = setting(variant, KEY)
  const decision = decide(effective, (value) => value === true)
  if (!subscribed || !effective || decision.kind === 'clear' || refuses(variant, KEY) || variant.commit.when === 'never')
    return undefined
  const member = membership(client, variant)
  if (member.kind === 'none') return undefined
  if (decision.kind === 'undecided') return undecided(decision.reason)
  if (member.kind === 'undecided') return undecided(member.reason)
  const stored = storesByHand(variant)
  if (stored.kind === 'met' && !stored.sometimes) return undefined
  if (stored.kind === 'undecided') return undecided(stored.reason)
  const { commit } = variant
  const seen = seenLoss(facts, client)
  const loses = seen?.loses ?? commit.loses
  const tolerated = client.intent?.semantics === 'at-most-once' && loses !== 'no'
  return aboutSetting(client, effective, {
    severity: tolerated ? 'warning' : SEVERITY[loses],
    confidence: leastConfidence(subscribed, decision.confidence, member.confidence, stored.kind === 'met' ? 'low' : 'high'),
    message: `${tellOn(client, variant, effective, decision)}${tellGroup(client, variant)}`,
    why:
      sentence(commit.says) +
      (tolerated
        ? ' At most once is declared, and that is not met either: what was handled since the last commit is repeated.'
        : ''),
    fix: tellLateCommit(client, variant),
    related: commitCalls(client, variant),
    ...(seen?.trace ? { trace: seen.trace } : {}),
  })
}

/** A loss in ordinary use: nothing in the handler has to go wrong. */
const ORDINARY: ReadonlySet<Fault> = new Set(['none', 'crash', 'revoked', 'evicted'])

/** What the handlers of a consumer really lose, where they were seen and every step of the proof is certain; undefined where they were not. */
function seenLoss(facts: Facts, client: Client): { loses: CommitBehaviour['loses']; trace?: readonly TraceStep[] } | undefined {
  const judged = verdictsOf(facts).filter((one) => one.client.id === client.id)
  // versions that commit otherwise are judged by what they do
  const same = client.variants.every(({ commit }) => commit.when === client.variants[0]?.commit.when)
  if (judged.length === 0 || !same || judged.some(({ verdict, handler }) => verdict.bounded || handler.confidence !== 'high'))
    return undefined
  const cells = judged.flatMap(({ verdict }) => verdict.cells.filter(({ lost }) => lost))
  if (cells.some(({ lost }) => lost?.uncertain)) return undefined
  const ordinary = cells.find(({ fault }) => ORDINARY.has(fault))
  const thrown = cells.find(({ fault }) => fault === 'throws-once' || fault === 'throws-always')
  const proof = (ordinary ?? thrown)?.lost?.trace
  if (proof) return { loses: ordinary ? 'yes' : 'on-exception', trace: proof }
  // where nothing was seen to be done, nothing was seen to be safe either
  const acting = handledBy(facts).filter(({ handler }) => judged.some((one) => one.handler === handler))
  const busy = acting.every(({ ways }) => ways.some(({ steps }) => steps.some(({ step }) => acts(step))))
  return client.followed && busy ? { loses: 'no' } : undefined
}

/** `enable.auto.offset.store=false`, chosen by the project: the timer then commits only what the program stored, which is the library's own at-least-once. */
function storesByHand(variant: Variant) {
  const effective = setting(variant, 'enable.auto.offset.store')
  return decide(effective?.origin.kind === 'default' ? undefined : effective, (value) => value === false)
}

const WHEN: Record<CommitBehaviour['when'], string> = {
  never: 'by the program alone',
  'on-poll': 'inside the next poll',
  background: 'on a timer, whatever the handler does',
  'after-handler': 'each time the handler has returned',
  'on-delivery': 'as messages are handed over, before the handler runs',
}

function tellWhen({ when, what, onClose }: CommitBehaviour): string {
  if (when === 'background' && what === 'marked') return 'on a timer, as far as the program has marked them'
  return when === 'on-poll' && onClose ? `${WHEN[when]}, and on close` : WHEN[when]
}

function tellGroup(client: Client, variant: Variant): string {
  const group = client.group.kind === 'named' ? `group \`${client.group.id}\`` : 'its group'
  return `, so offsets of ${group} are committed ${tellWhen(variant.commit)}`
}

function tellOn(
  client: Client,
  variant: Variant,
  effective: EffectiveSetting,
  decision: Extract<Decision, { kind: 'met' }>,
): string {
  if (effective.origin.kind === 'default' && hasAckPolicy(variant))
    return `\`ack_policy\` is not set and ${variant.title} defaults to ACK_FIRST, which is the auto-commit of its client`
  return tellDecided(client, variant, effective, decision)
}

/** Commits by hand beside auto-commit are often meant to replace it, and do not. */
function commitCalls(client: Client, variant: Variant): readonly Related[] {
  const profile = profileById(variant.library)
  const names = new Set([...(profile?.methods.commit ?? []), ...(profile?.methods.commitAsync ?? [])])
  const call = client.calls.find((c) => names.has(c.method))
  return call ? [{ label: `this commit does not turn \`${spellingOf(variant, KEY)}\` off`, location: call.location }] : []
}
