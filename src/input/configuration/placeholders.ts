import type { EnvironmentRead } from '../../model/setting.ts'
import { known, unknown, type Value } from '../../model/value.ts'

/**
 * Whose `${…}` it is. `spring`: `${name:default}`, where a name is a property before it is a variable; `kafka`: the config providers of
 * Kafka (`${env:X}`, `${file:path:key}`) beside what start scripts substitute (`${X}`, `${X:-default}`); `compose`: `${X}`, `${X:-default}`,
 * `$X`, `$$`.
 */
export type Dialect = 'spring' | 'kafka' | 'compose'

/** What a text with placeholders comes to. */
export interface Substituted {
  readonly value: Value
  readonly environment?: EnvironmentRead
}

interface Placeholder {
  readonly name: string
  readonly fallback?: string
}
type Part = string | Placeholder

/** Resolves another property (or compose variable) to its own text, itself unsubstituted; undefined when it is not there. */
export type Lookup = (name: string) => string | undefined

/** Honest values refer to a few others; what refers to itself, or doubles at every step, must end all the same. */
const MOST_RESOLVED = 100
const LONGEST = 4096

/**
 * Substitutes what the text itself decides. One variable that is the whole text becomes an environment read with its fallback; a variable
 * inside a longer text makes it unknown, since nothing may stand for the whole; random, process and host sources make it `generated`.
 */
export function substitute(
  text: string,
  dialect: Dialect,
  lookup: Lookup = () => undefined,
  budget = { left: MOST_RESOLVED },
): Substituted {
  if (text.length > LONGEST) return { value: known(text) }
  const parts = partsOf(text, dialect)
  if (parts.length === 0) return { value: known('') }
  if (parts.every((part) => typeof part === 'string')) return { value: known(parts.join('')) }
  const read = parts.map((part) => (typeof part === 'string' ? { value: known(part) } : resolve(part, dialect, lookup, budget)))
  const [only] = read
  if (read.length === 1 && only) return only
  const made = read.find(({ value }) => value.kind === 'generated')?.value
  if (made?.kind === 'generated') return { value: { ...made, text } }
  // compose itself puts the default in; elsewhere the variable's value is only known where the program runs
  const stated = dialect === 'compose' && read.every(({ value }) => value.kind === 'known')
  const variable = stated ? undefined : read.find(({ environment }) => environment !== undefined)?.environment?.variable
  if (variable !== undefined) return { value: unknown(`${variable} is part of it`) }
  const opaque = read.find(({ value }) => value.kind !== 'known')
  if (opaque) return { value: opaque.value }
  return { value: known(read.map(({ value }) => (value.kind === 'known' ? String(value.value) : '')).join('')) }
}

function resolve({ name, fallback }: Placeholder, dialect: Dialect, lookup: Lookup, budget: { left: number }): Substituted {
  budget.left -= 1
  if (budget.left < 0) return { value: unknown('its placeholders refer to each other') }
  const made = generated(name, dialect)
  if (made) return { value: made }
  const other = lookup(name)
  if (other !== undefined) return substitute(other, dialect, lookup, budget)
  const variable = variableOf(name, dialect)
  if (variable === undefined) return { value: unknown(`${name} is not a value of this file`) }
  if (fallback === undefined) return { value: unknown(`${variable} decides, and no default is given`), environment: { variable } }
  const inner = substitute(fallback, dialect, lookup, budget)
  if (inner.environment !== undefined || inner.value.kind === 'generated')
    return { value: inner.value, environment: { variable } }
  return { value: inner.value, environment: { variable, fallback: inner.value } }
}

const RANDOM = /^random\./
const PROCESS = /^(pid|process\.?id)$/i
const HOST = /(^|[._])(host_?name|pod_?name|pod_?ip|pod_?uid|computername)$/i

function generated(name: string, dialect: Dialect): Value | undefined {
  const text = `\${${name}}`
  if (dialect === 'spring' && RANDOM.test(name)) return { kind: 'generated', by: 'random', text }
  const bare = name.replace(/^env:/, '')
  if (PROCESS.test(bare)) return { kind: 'generated', by: 'process', text }
  if (HOST.test(bare) && !/kafka|broker|redis|db|database|server/i.test(bare)) return { kind: 'generated', by: 'host', text }
  return undefined
}

/** The environment variable that a name stands for, or undefined when it is no environment's. */
function variableOf(name: string, dialect: Dialect): string | undefined {
  if (dialect === 'spring') return /^\w+$/.test(name) ? name : name.replaceAll('.', '_').replaceAll('-', '').toUpperCase()
  if (name.startsWith('env:')) return name.slice('env:'.length)
  return /^\w+$/.test(name) ? name : undefined
}

function partsOf(text: string, dialect: Dialect): readonly Part[] {
  const parts: Part[] = []
  let literal = ''
  const push = (part: Placeholder) => {
    if (literal !== '') parts.push(literal)
    literal = ''
    parts.push(part)
  }
  for (let i = 0; i < text.length; ) {
    if (dialect === 'compose' && text.startsWith('$$', i)) {
      literal += '$'
      i += 2
      continue
    }
    const end = text.startsWith('${', i) ? closing(text, i + 2) : undefined
    if (end !== undefined) {
      push(placeholder(text.slice(i + 2, end), dialect))
      i = end + 1
      continue
    }
    const bare = dialect === 'compose' ? /^\$([A-Za-z_]\w*)/.exec(text.slice(i, i + 256)) : null
    if (bare) {
      push({ name: bare[1] as string })
      i += bare[0].length
      continue
    }
    literal += text[i]
    i += 1
  }
  if (literal !== '') parts.push(literal)
  return parts
}

/** The brace that closes a placeholder, past nested ones. */
function closing(text: string, from: number): number | undefined {
  let open = 1
  for (let i = from; i < text.length; i++) {
    if (text.startsWith('${', i)) open += 1
    else if (text[i] === '}' && --open === 0) return i
  }
  return undefined
}

function placeholder(inside: string, dialect: Dialect): Placeholder {
  if (dialect === 'spring') {
    const colon = inside.indexOf(':')
    return colon < 0 ? { name: inside.trim() } : { name: inside.slice(0, colon).trim(), fallback: inside.slice(colon + 1) }
  }
  if (dialect === 'kafka' && /^(env|file|dir|secrets?|vault|securepass|configmaps?):/.test(inside)) return { name: inside }
  // `${X:-d}` and `${X-d}` default; `${X:?m}` and `${X?m}` demand the variable; `${X:+v}` and `${X+v}` depend on it
  const match = /^(\w+)(?:(:?[-?+])|(:))([\s\S]*)$/.exec(inside)
  if (!match) return { name: inside.trim() }
  const [, name, operator, colon, rest] = match as unknown as [string, string, string | undefined, string | undefined, string]
  if (operator?.endsWith('-') || (colon !== undefined && dialect === 'kafka')) return { name, fallback: rest }
  return { name }
}
