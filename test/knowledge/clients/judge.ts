import type { DeclaredClient, Role } from '../../../src/model/client.ts'
import type { Variant } from '../../../src/model/facts.ts'
import type { Location } from '../../../src/model/location.ts'
import { known, type Literal, showValue, type Value } from '../../../src/model/value.ts'
import { resolveFacts } from '../../../src/resolve/facts.ts'

export interface Construction {
  readonly library: string
  readonly version: string
  readonly role: Role
  /** In the library's own spelling; literals, or values that are none. */
  readonly settings: Readonly<Record<string, Literal | Value>>
  /** Methods called on the client. */
  readonly calls?: readonly string[]
  readonly followed?: boolean
  /** True when something unseen may be among the settings. */
  readonly open?: boolean
  /** True when something else stands in the place of the settings. */
  readonly misgiven?: boolean
}

/** What an audit makes of one construction under one library version. */
export function judge({
  library,
  version,
  role,
  settings,
  calls = [],
  followed = true,
  open = false,
  misgiven = false,
}: Construction): Variant {
  const at = (line: number): Location => ({ path: 'app.py', line, column: 1, endLine: line, endColumn: 2 })
  const client: DeclaredClient = {
    id: 'client',
    role,
    libraries: [library],
    name: 'client',
    location: at(1),
    related: [],
    options: {
      settings: Object.entries(settings).map(([key, value], i) => ({
        key,
        value: value !== null && typeof value === 'object' ? value : known(value),
        location: at(i + 2),
      })),
      gaps: open ? [{ reason: 'options come from elsewhere', location: at(99), overrides: false }] : [],
      ...(misgiven ? { misgiven: at(98) } : {}),
    },
    topics: { kind: 'unknown', reason: 'not asked' },
    usage: 'subscribes',
    folder: '',
    language: 'python',
    calls: calls.map((method) => ({ method, location: at(50), arguments: [] })),
    followed,
    confidence: 'high',
  }
  const declared = { projects: [], clients: [client], handlers: [], keyWrites: [], deployments: [], documents: [] }
  const facts = resolveFacts(declared, { assume: { [library]: version }, intents: [] })
  const variant = facts.clients[0]?.variants[0]
  if (!variant) throw new Error(`no variant of ${library} ${version}`)
  return variant
}

/** The effective value as a message shows it, or undefined where this version has no such setting. */
export function effective(variant: Variant, key: string): string | undefined {
  const setting = variant.settings.get(key)
  return setting === undefined ? undefined : showValue(setting.value)
}

/** The problems of a variant as `effect key`, sorted. */
export function told(variant: Variant): readonly string[] {
  return variant.problems.map((p) => `${p.effect} ${p.key}`).sort()
}

/** What is said of the problem of one key. */
export function says(variant: Variant, key: string): string {
  return variant.problems.find((p) => p.key === key)?.says ?? ''
}
