import type { Literal } from '../../../../model/value.ts'
import { isNone, truthOf, wordTruth } from './truth.ts'
import {
  type Abstract,
  type Constant,
  constant,
  dependsOf,
  type Environment,
  type Generated,
  joinValues,
  NONE,
  optionsOf,
  union,
  unknownValue,
} from './value.ts'

const RANK = { random: 3, time: 2, process: 1, host: 0 } as const

/** A text put together from parts: known when all are, made anew when one is, else unknown. `text` is its source. */
export function concatenated(parts: readonly Abstract[], text: string, spell?: Spelling): Abstract {
  const alternatives = combinations(parts)
  if (alternatives) return joinValues(alternatives.map((one) => joined(one, text, spell)))
  return joined(parts, text, spell)
}

function joined(parts: readonly Abstract[], text: string, spell: Spelling | undefined): Abstract {
  const generated = parts.filter((part): part is Generated => part.kind === 'generated')
  if (generated.length > 0) {
    const by = generated.reduce((a, b) => (RANK[b.by] > RANK[a.by] ? b : a)).by
    return { kind: 'generated', by, text }
  }
  const words: string[] = []
  for (const part of parts) {
    const word = textOf(part, spell)
    if (word === undefined) return unknownValue(whyUnknown(parts, text), union(...parts.map(dependsOf)))
    words.push(word)
  }
  const via = parts.flatMap((part) => part.via ?? [])
  return via.length > 0 ? { ...constant(words.join('')), via: via.slice(0, 6) } : constant(words.join(''))
}

function whyUnknown(parts: readonly Abstract[], text: string): string {
  const variable = parts.find((part): part is Environment => part.kind === 'environment')
  if (variable) return `it depends on the environment variable ${variable.variable}`
  const part = parts.find((one) => one.kind === 'unknown')
  if (part?.kind === 'unknown') return part.reason
  return `${text} is not known`
}

/** Every way to pick one option of each part, when there are only a few and all are texts. */
function combinations(parts: readonly Abstract[]): Abstract[][] | undefined {
  if (!parts.some((part) => part.kind === 'choice')) return undefined
  let all: Abstract[][] = [[]]
  for (const part of parts) {
    const options = optionsOf(part)
    if (all.length * options.length > 8) return undefined
    all = all.flatMap((prefix) => options.map((option) => [...prefix, option]))
  }
  return all
}

/** How a language spells a value that is no text. */
type Spelling = (literal: Literal) => string

/** What a known value reads as text: as Python's `str()` has it, unless the language spells it otherwise. */
export function textOf(value: Abstract, spell?: Spelling): string | undefined {
  if (value.kind !== 'constant' || value.bytes) return undefined
  const literal = value.value
  if (spell) return spell(literal)
  if (literal === null) return 'None'
  if (literal === true) return 'True'
  if (literal === false) return 'False'
  if (typeof literal === 'number' && value.float && Number.isInteger(literal)) return `${literal}.0`
  return String(literal)
}

/** Applies a function to what is known of a value, option by option; what comes from the environment stays so when its meaning does. */
export function mapValue(
  value: Abstract,
  of: (one: Constant) => Abstract | undefined,
  keepsMeaning: boolean,
  text: string,
): Abstract {
  switch (value.kind) {
    case 'constant': {
      const result = of(value) ?? unknownValue(`${text} is not known`)
      return value.via && !result.via ? { ...result, via: value.via } : result
    }
    case 'choice':
      return joinValues(
        value.options.map((option) => mapValue(option, of, keepsMeaning, text)),
        value.depends,
      )
    case 'environment': {
      const { fallback } = value
      const start = fallback ?? (value.optional ? NONE : undefined)
      const mapped = start && mapValue(start, of, keepsMeaning, text)
      if (!keepsMeaning) return unknownValue(`it depends on the environment variable ${value.variable}`)
      const { fallback: _, ...rest } = value
      return mapped && mapped.kind !== 'unknown' ? { ...rest, fallback: mapped } : rest
    }
    case 'generated':
      return { ...value, text }
    case 'parameter':
    case 'unknown':
      return unknownValue(value.kind === 'unknown' ? value.reason : `the caller decides ${value.name}`, dependsOf(value))
    default:
      return unknownValue(`${text} is not known`)
  }
}

/** `left operator right` for comparisons. */
export function compared(
  operator: string,
  left: Abstract,
  right: Abstract,
  members: readonly Abstract[] | undefined,
  text: string,
): Abstract {
  if (operator === 'is' || operator === 'is not' || ((operator === '==' || operator === '!=') && isNone(right) === true)) {
    if (isNone(right) === true) {
      const none = isNone(left)
      if (none !== undefined) return constant(operator === 'is' || operator === '==' ? none : !none)
      return unknownValue(`${text} is not known`, dependsOf(left))
    }
  }
  if (operator === '==' || operator === '!=' || operator === 'is' || operator === 'is not') {
    const negative = operator === '!=' || operator === 'is not'
    return membership(left, [right], negative, text)
  }
  if (operator === 'in' || operator === 'not in') {
    if (members) return membership(left, members, operator === 'not in', text)
    if (left.kind === 'constant' && right.kind === 'constant' && typeof right.value === 'string')
      return constant(right.value.includes(String(left.value)) === (operator === 'in'))
  }
  if (
    left.kind === 'constant' &&
    right.kind === 'constant' &&
    typeof left.value === 'number' &&
    typeof right.value === 'number'
  ) {
    const [a, b] = [left.value, right.value]
    if (operator === '<') return constant(a < b)
    if (operator === '>') return constant(a > b)
    if (operator === '<=') return constant(a <= b)
    if (operator === '>=') return constant(a >= b)
  }
  return unknownValue(`${text} is not known`, union(dependsOf(left), dependsOf(right)))
}

function membership(left: Abstract, members: readonly Abstract[], negative: boolean, text: string): Abstract {
  const all = members.every((member) => member.kind === 'constant')
  if (!all) return unknownValue(`${text} is not known`, union(dependsOf(left), ...members.map(dependsOf)))
  const literals = (members as readonly Constant[]).map((member) => member.value)
  // `getenv("X", "false").lower() == "true"` reads a boolean: the variable's word and the result mean the same.
  const reads = !negative
  const keeps = literals.every((literal) => typeof literal === 'string' && wordTruth(literal) === reads)
  return mapValue(left, (one) => constant(literals.includes(one.value) !== negative), keeps, text)
}

export function arithmetic(operator: string, left: Abstract, right: Abstract, text: string): Abstract {
  if (left.kind === 'constant' && right.kind === 'constant') {
    const [a, b] = [left.value, right.value]
    if (typeof a === 'number' && typeof b === 'number') {
      const value = calculate(operator, a, b)
      const float = left.float || right.float || operator === '/'
      if (value !== undefined) return float ? { ...constant(value), float } : constant(value)
    }
    if (operator === '*' && typeof a === 'string' && typeof b === 'number' && a.length * b < 1000 && b >= 0)
      return constant(a.repeat(b))
  }
  const generated = [left, right].find((side) => side.kind === 'generated')
  if (generated?.kind === 'generated') return { ...generated, text }
  return unknownValue(`${text} is not known`, union(dependsOf(left), dependsOf(right)))
}

function calculate(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0 ? undefined : a / b
    case '//':
      return b === 0 ? undefined : Math.floor(a / b)
    case '%':
      return b === 0 ? undefined : a - b * Math.floor(a / b)
    case '**':
      return a ** b
    case '<<':
      return a * 2 ** b
    default:
      return undefined
  }
}

/** `left ?? right`: the right one where the left one is none at all. */
export function coalesced(left: Abstract, right: () => Abstract): Abstract {
  const none = isNone(left)
  if (none !== undefined) return none ? right() : left
  if (left.kind === 'environment') return left.fallback ? left : { ...left, fallback: right() }
  if (left.kind !== 'choice') return joinValues([left, right()])
  const given = left.options.filter((option) => isNone(option) !== true)
  return joinValues([...given, right()], left.depends)
}

/** `left or right`, `left and right`. */
export function either(operator: 'and' | 'or', left: Abstract, right: () => Abstract, truth: boolean | undefined): Abstract {
  if (truth !== undefined) return truth === (operator === 'or') ? left : right()
  if (operator === 'or' && left.kind === 'environment') {
    const start = left.fallback ?? (left.optional ? NONE : undefined)
    const falls = start && truthOf(start)
    if (falls === false) return { ...left, fallback: right() }
    // Without a default the program fails before the `or`; an empty variable is rare.
    return left
  }
  return joinValues([left, right()])
}

/** `not value`. An environment's word would then say the opposite of the value. */
export function negated(value: Abstract, text: string, truth: boolean | undefined): Abstract {
  if (truth !== undefined) return constant(!truth)
  return mapValue(value, (one) => constant(truthOf(one) === false), false, text)
}

export function negative(value: Abstract, text: string): Abstract {
  return mapValue(value, (one) => (typeof one.value === 'number' ? { ...one, value: -one.value } : undefined), true, text)
}

/** `bool(value)`, and boolean casts that read words, as settings libraries do. */
export function toBoolean(value: Abstract, readsWords: boolean, text: string): Abstract {
  return mapValue(
    value,
    (one) => {
      if (readsWords && typeof one.value === 'string') {
        const truth = wordTruth(one.value)
        return truth === undefined ? undefined : constant(truth)
      }
      const truth = truthOf(one)
      return truth === undefined ? undefined : constant(truth)
    },
    readsWords,
    text,
  )
}

export function toNumber(value: Abstract, float: boolean, text: string): Abstract {
  return mapValue(
    value,
    (one) => {
      if (typeof one.value === 'boolean') return constant(one.value ? 1 : 0)
      const number = typeof one.value === 'string' ? Number(one.value.trim().replaceAll('_', '') || 'none') : one.value
      if (typeof number !== 'number' || Number.isNaN(number)) return undefined
      return float ? { ...constant(number), float: true } : constant(Math.trunc(number))
    },
    true,
    text,
  )
}
