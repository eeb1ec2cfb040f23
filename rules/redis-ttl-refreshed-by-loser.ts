import type { KeyExpiry, KeyWrite } from '../src/model/store.ts'
import type { Finding } from '../src/rule/finding.ts'
import { keySubject } from '../src/rule/keys.ts'
import { defineRule } from '../src/rule/rule.ts'

const before = 'import redis\n\nr = redis.Redis()\n\n\ndef acquire(name, token):\n'

export default defineRule({
  id: 'redis-ttl-refreshed-by-loser',
  summary: 'whoever fails to get a lock gives it new time to live',
  severities: ['warning'],
  needs: ['handler'],
  why: 'In a MULTI, and in a script that does not look at the answer, EXPIRE runs also where SETNX found the key taken. Each contender that tries again then keeps the lock of a holder that died alive, for as long as they try.',
  fix: 'Use `SET key token NX EX ttl`, or set the time to live in a script only where the key was free.',
  ignoreWhen: 'there is one contender only, or trying again less often than the time to live is certain.',
  references: [
    'https://redis.io/docs/latest/commands/set/',
    'https://redis.io/docs/latest/develop/use/patterns/distributed-locks/',
  ],
  examples: {
    bad: {
      'requirements.txt': 'redis==5.0.1\n',
      'locks.py': `${before}    with r.pipeline() as pipe:\n        pipe.setnx(f'lock:{name}', token)\n        pipe.expire(f'lock:{name}', 30)\n        return pipe.execute()[0]\n`,
    },
    good: {
      'requirements.txt': 'redis==5.0.1\n',
      'locks.py': `${before}    return r.set(f'lock:{name}', token, nx=True, ex=30)\n`,
    },
  },
  *check(facts) {
    for (const write of facts.keyWrites) {
      const { expiry } = write
      if (write.purpose === 'mark' && write.isLock && expiry.kind === 'atomic' && !expiry.guarded) yield finding(write, expiry)
    }
  },
})

function finding(write: KeyWrite, expiry: Extract<KeyExpiry, { kind: 'atomic' }>): Finding {
  const how = expiry.how === 'MULTI' ? 'the same MULTI' : 'the same script, which does not look at the answer'
  return {
    kind: 'finding',
    subject: keySubject(write),
    severity: 'warning',
    confidence: write.confidence === 'low' ? 'low' : 'medium',
    message: `the time to live of \`${write.key}\` is set in ${how}, also where \`${write.command}\` found the lock taken`,
    why: 'A contender that does not get the lock still gives it new time: the lock of a holder that died never expires while somebody waits for it.',
    fix:
      write.library === 'redis-py'
        ? 'Use one command: `set(key, token, nx=True, ex=ttl)`.'
        : 'Use one command: `SET key token NX EX ttl`.',
    location: write.location,
    related: expiry.how === 'MULTI' ? [{ label: 'runs in any case', location: expiry.location }] : [],
    anchors: [expiry.location],
    key: write.key,
  }
}
