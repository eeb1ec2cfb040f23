import type { KeyWrite } from '../src/model/store.ts'
import type { Finding } from '../src/rule/finding.ts'
import { oncePerPlace } from '../src/rule/handled.ts'
import { keySubject } from '../src/rule/keys.ts'
import { defineRule } from '../src/rule/rule.ts'

const before =
  "import redis\n\nr = redis.Redis()\n\n\ndef work(name, token):\n    if not r.set(f'lock:{name}', token, nx=True, ex=30):\n        return\n    try:\n        do_it()\n    finally:\n"

export default defineRule({
  id: 'redis-unlock-unowned',
  summary: 'a lock is given back without a look at who holds it',
  severities: ['warning'],
  needs: ['handler'],
  why: 'When the work takes longer than the time to live, the lock has expired and another process holds it. Deleting the key then takes the lock from that one, and a third gets in beside it.',
  fix: 'Keep a random token as the value, and delete the key in a Lua script only where it still holds that token.',
  ignoreWhen: 'the work is certain to end before the lock expires.',
  references: [
    'https://redis.io/docs/latest/develop/use/patterns/distributed-locks/',
    'https://redis.io/docs/latest/commands/set/',
  ],
  examples: {
    bad: {
      'requirements.txt': 'redis==5.0.1\n',
      'locks.py': `${before}        r.delete(f'lock:{name}')\n`,
    },
    good: {
      'requirements.txt': 'redis==5.0.1\n',
      'locks.py': `${before}        if r.get(f'lock:{name}') == token:\n            r.delete(f'lock:{name}')\n`,
    },
  },
  *check(facts) {
    // one release may give back the locks of several classes
    yield* oncePerPlace(
      facts.keyWrites.flatMap((write) =>
        write.purpose === 'mark' && write.isLock && write.release && !write.release.checked && expires(write)
          ? [finding(write, write.release)]
          : [],
      ),
    )
  },
})

/** A lock that never expires is nobody else's while it is held. */
function expires({ expiry }: KeyWrite): boolean {
  return expiry.kind === 'with-command' || expiry.kind === 'atomic' || expiry.kind === 'separate'
}

function finding(write: KeyWrite, release: NonNullable<KeyWrite['release']>): Finding {
  return {
    kind: 'finding',
    subject: keySubject(write),
    severity: 'warning',
    confidence: write.confidence === 'low' ? 'low' : 'medium',
    message: `\`${release.command}\` gives \`${write.key}\` back, whoever holds it by then`,
    why: 'Once the time to live is over, another process may hold the lock; deleting it lets a third one in beside that.',
    fix: 'Compare and delete in one Lua script: `if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end`; or use the lock of the library.',
    location: release.location,
    related: [{ label: 'the lock is taken here', location: write.location }],
    anchors: [write.location],
    key: write.key,
  }
}
