import type { KeyExpiry, KeyWrite } from '../src/model/store.ts'
import { type Finding, notEvaluated, type Severity } from '../src/rule/finding.ts'
import { atomicFix, keySubject } from '../src/rule/keys.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'redis-setnx-expire',
  summary: 'a Redis key is set and given its time to live by two commands',
  severities: ['error', 'warning'],
  needs: ['handler'],
  why: 'Between SETNX and EXPIRE the process can die, the connection break or the container stop. The key then lives for ever: the lock is never released, and the message whose mark it is counts as handled and is skipped at every redelivery.',
  fix: 'Set value and time to live in one command (`SET key value NX EX seconds`, Redis 2.6.12 and later), or both in one Lua script or MULTI/EXEC.',
  ignoreWhen: 'something else provably removes keys that were left without a time to live.',
  references: [
    'https://redis.io/docs/latest/commands/set/',
    'https://redis.io/docs/latest/commands/setnx/',
    'https://redis.io/docs/latest/commands/incr/#pattern-rate-limiter',
  ],
  examples: {
    bad: {
      'requirements.txt': 'redis==5.0.1\n',
      'dedupe.py': `import redis

store = redis.Redis()


def first_time(message_id):
    if store.setnx(f'seen:{message_id}', 1):
        store.expire(f'seen:{message_id}', 86400)
        return True
    return False
`,
    },
    good: {
      'requirements.txt': 'redis==5.0.1\n',
      'dedupe.py': `import redis

store = redis.Redis()


def first_time(message_id):
    return bool(store.set(f'seen:{message_id}', 1, nx=True, ex=86400))
`,
    },
  },
  *check(facts) {
    for (const write of facts.keyWrites) {
      if (write.expiry.kind === 'separate') yield finding(write, write.expiry)
      else if (write.expiry.kind === 'unknown')
        yield notEvaluated(
          keySubject(write),
          'handler',
          `when \`${write.key}\` gets its time to live is unknown: ${write.expiry.reason}`,
          write.location,
        )
    }
  },
})

function finding(write: KeyWrite, expiry: Extract<KeyExpiry, { kind: 'separate' }>): Finding {
  const severity: Severity = write.purpose === 'counter' || expiry.pipeline ? 'warning' : 'error'
  return {
    kind: 'finding',
    subject: keySubject(write),
    severity,
    confidence: write.confidence,
    message: `\`${write.command}\` sets \`${write.key}\` and \`${expiry.command}\` gives it its time to live in ${expiry.pipeline ? 'the same pipeline, which is no transaction' : 'a second step'}`,
    why: whyOf(write, expiry.pipeline),
    fix: atomicFix(write),
    location: write.location,
    related: [{ label: 'the time to live is set here', location: expiry.location }],
    anchors: [expiry.location],
    key: write.key,
  }
}

function whyOf(write: KeyWrite, pipeline: boolean): string {
  const gap = pipeline
    ? 'A pipeline without MULTI is only a way to send commands together: the connection can break, or the second command fail, after the first was done.'
    : 'If the process dies or the connection breaks between the two, the key never expires.'
  const cost =
    write.purpose === 'counter'
      ? 'The counter then never starts again from zero, so that a limit once reached stays reached.'
      : 'A lock is then held for ever, and a message whose mark it is counts as handled and is never processed.'
  return `${gap} ${cost}`
}
