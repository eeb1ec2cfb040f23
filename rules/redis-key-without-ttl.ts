import type { KeyWrite } from '../src/model/store.ts'
import { possibleLiterals } from '../src/model/value.ts'
import { leastConfidence } from '../src/rule/decide.ts'
import { type Confidence, type Finding, notEvaluated } from '../src/rule/finding.ts'
import { atomicFix, keySubject } from '../src/rule/keys.ts'
import { defineRule } from '../src/rule/rule.ts'

export default defineRule({
  id: 'redis-key-without-ttl',
  summary: 'a dedupe mark or lock in Redis never expires',
  severities: ['warning'],
  needs: ['handler'],
  why: 'A lock without a time to live stays locked when its holder dies before it releases it. A mark without one blocks its message for ever if the process dies between mark and effect, and marks pile up until Redis evicts keys, perhaps the wrong ones.',
  fix: 'Give the key a time to live in the same command: a little longer than the longest time in which the message can come again.',
  ignoreWhen: 'the key is meant to stay for good and its number is bounded.',
  references: ['https://redis.io/docs/latest/commands/set/', 'https://redis.io/docs/latest/develop/reference/eviction/'],
  examples: {
    bad: {
      'requirements.txt': 'redis==5.0.1\n',
      'dedupe.py': `import redis

store = redis.Redis()


def first_time(message_id):
    return bool(store.set(f'seen:{message_id}', 1, nx=True))
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
      if (write.purpose !== 'mark') continue
      if (write.expiry.kind === 'unknown') {
        const reason = `whether \`${write.key}\` gets a time to live is unknown: ${write.expiry.reason}`
        yield notEvaluated(keySubject(write), 'handler', reason, write.location)
        continue
      }
      const confidence = lacksExpiry(write)
      if (confidence) yield finding(write, confidence)
    }
  },
})

/** No expiry at all, or one whose value is null: `set(nx=True, ex=None)` keeps the key for ever. */
function lacksExpiry({ expiry, confidence }: KeyWrite): Confidence | undefined {
  if (expiry.kind === 'none') return confidence
  if (expiry.kind !== 'with-command') return undefined
  const possible = possibleLiterals(expiry.ttl)
  if (!possible?.includes(null)) return undefined
  return possible.every((ttl) => ttl === null) ? confidence : leastConfidence('low', confidence)
}

function finding(write: KeyWrite, confidence: Confidence): Finding {
  const never = write.expiry.kind === 'none'
  return {
    kind: 'finding',
    subject: keySubject(write),
    severity: 'warning',
    confidence,
    message: `\`${write.command}\` sets \`${write.key}\`, ${never ? 'and nothing gives it a time to live' : 'and its time to live may be none'}`,
    why: 'If the process dies before it is done, the lock is never released, or the message counts as handled although it is not; and keys pile up until Redis evicts some.',
    fix: atomicFix(write),
    location: write.location,
    related: write.expiry.kind === 'with-command' ? [{ label: 'the time to live', location: write.expiry.location }] : [],
    key: write.key,
  }
}
