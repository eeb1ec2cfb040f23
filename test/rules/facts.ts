import type { Client, Facts, SettingProblem, Variant } from '../../src/model/facts.ts'
import type { Location } from '../../src/model/location.ts'
import type { EffectiveSetting } from '../../src/model/setting.ts'
import type { KeyExpiry, KeyWrite } from '../../src/model/store.ts'
import type { Literal, Value } from '../../src/model/value.ts'
import type { Finding, NotEvaluated } from '../../src/rule/finding.ts'
import type { Rule } from '../../src/rule/rule.ts'

export function at(line: number, path = 'app/worker.py'): Location {
  return { path, line, column: 1, endLine: line, endColumn: 20 }
}

/** A setting but for its key, which `settings` gives. */
type Stated = Omit<EffectiveSetting, 'key'>

export function explicit(value: Literal, options: { line?: number; path?: string; spelled?: string } = {}): Stated {
  const location = at(options.line ?? 12, options.path)
  return { value: { kind: 'known', value }, origin: { kind: 'explicit', location }, spelled: options.spelled, confidence: 'high' }
}

export function byDefault(value: Literal): Stated {
  const origin = { kind: 'default', library: 'kafka-python', version: '2.0.2', citation: 'source' } as const
  return { value: { kind: 'known', value }, origin, confidence: 'high' }
}

export function derived(value: Literal, because: string, says = `turned off, since \`${because}\` is given`): Stated {
  const origin = { kind: 'derived', because, says, citation: 'source', location: at(14) } as const
  return { value: { kind: 'known', value }, origin, confidence: 'high' }
}

/** From a variable that nothing sets, with the program's own fallback; without one, unknown. */
export function fromVariable(variable: string, fallback?: Literal): Stated {
  const value: Value =
    fallback === undefined ? { kind: 'unknown', reason: `${variable} is set nowhere` } : { kind: 'known', value: fallback }
  return { value, origin: { kind: 'environment', variable, location: at(13), from: 'default' }, confidence: 'medium' }
}

/** Hidden by a gap in the option set. */
export function hidden(reason = 'options come from a parameter'): Stated {
  return { value: { kind: 'unknown', reason }, origin: { kind: 'unknown', reason, location: at(11) }, confidence: 'low' }
}

export function either(...values: Literal[]): Stated {
  return { value: { kind: 'either', values }, origin: { kind: 'explicit', location: at(12) }, confidence: 'high' }
}

export function generated(by: 'random' | 'time' | 'process' | 'host', text: string): Stated {
  return { value: { kind: 'generated', by, text }, origin: { kind: 'explicit', location: at(12) }, confidence: 'high' }
}

export type VariantOptions = Omit<Partial<Variant>, 'settings' | 'capabilities' | 'commit'> & {
  settings?: Readonly<Record<string, Stated>>
  capabilities?: Partial<Variant['capabilities']>
  commit?: Partial<Variant['commit']>
}

export function variant({ settings = {}, capabilities = {}, commit = {}, ...rest }: VariantOptions = {}): Variant {
  return {
    library: 'kafka-python',
    libraryTitle: 'kafka-python',
    title: 'kafka-python 2.0.2',
    from: '0',
    evidence: { kind: 'assumed', version: '2.0.2' },
    problems: [],
    ...rest,
    settings: new Map(Object.entries(settings).map(([key, stated]) => [key, { key, ...stated }])),
    capabilities: {
      idempotentProducer: true,
      transactions: true,
      readCommitted: true,
      groupMetadataFencing: false,
      staticMembership: true,
      resetByDuration: false,
      resetNone: true,
      ...capabilities,
    },
    commit: {
      when: 'on-poll',
      what: 'position',
      onClose: true,
      onRevoke: true,
      loses: 'on-exception',
      says: 'Commits inside the next poll.',
      citation: 'source',
      ...commit,
    },
  }
}

type ClientOptions = Partial<Client> & { variant?: VariantOptions }

let ordinal = 0

/** A consumer that subscribes to `orders` in group `billing` by default, or a producer of `orders`. */
export function client(role: Client['role'], { variant: one = {}, ...rest }: ClientOptions = {}): Client {
  ordinal++
  const defaults: Record<string, Stated> = role === 'consumer' ? { 'group.id': explicit('billing', { line: 9 }) } : {}
  return {
    id: `app/worker.py#${role}:module:${ordinal}`,
    role,
    libraries: ['kafka-python'],
    name: role === 'consumer' ? 'KafkaConsumer in worker' : 'KafkaProducer in worker',
    location: at(10),
    related: [],
    options: { settings: [], gaps: [] },
    topics: { kind: 'known', names: ['orders'], location: at(10) },
    usage: role === 'consumer' ? 'subscribes' : 'unknown',
    folder: 'app',
    language: 'python',
    calls: [],
    followed: true,
    confidence: 'high',
    variants: [variant({ ...one, settings: { ...defaults, ...one.settings } })],
    group: role === 'consumer' ? { kind: 'named', id: 'billing', location: at(9) } : { kind: 'absent' },
    deployments: [],
    ...rest,
  }
}

export const consumer = (options?: ClientOptions) => client('consumer', options)
export const producer = (options?: ClientOptions) => client('producer', options)

export function problem(rest: Partial<SettingProblem> & { key: string }): SettingProblem {
  return {
    spelled: rest.key.replaceAll('.', '_'),
    location: at(15),
    effect: 'raises',
    says: 'refused at the construction',
    fix: 'remove it',
    citation: 'run',
    confidence: 'high',
    ...rest,
  }
}

export function keyWrite(expiry: KeyExpiry, rest: Partial<KeyWrite> = {}): KeyWrite {
  return {
    id: 'app/dedupe.py#key:first_time:0',
    library: 'redis-py',
    command: 'setnx',
    purpose: 'mark',
    key: "f'seen:{id}'",
    location: at(7, 'app/dedupe.py'),
    expiry,
    folder: 'app',
    isLock: false,
    confidence: 'high',
    ...rest,
  }
}

export function facts(rest: Partial<Facts>): Facts {
  return { projects: [], clients: [], handlers: [], keyWrites: [], deployments: [], intents: [], documents: new Map(), ...rest }
}

export function run(rule: Rule, given: Facts | readonly Client[]): { findings: Finding[]; missing: NotEvaluated[] } {
  const all = [...rule.check(Array.isArray(given) ? facts({ clients: given }) : (given as Facts))]
  return {
    findings: all.filter((said) => said.kind === 'finding'),
    missing: all.filter((said) => said.kind === 'not-evaluated'),
  }
}
