import type { Abstract } from './value.ts'

/** Whether Python takes a value for true, where that is known. */
export function truthOf(value: Abstract): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return value.value !== null && value.value !== false && value.value !== 0 && value.value !== ''
    case 'function':
    case 'class':
    case 'module':
    case 'client':
    case 'client-method':
    case 'opaque':
    case 'generated':
      return true
    case 'choice': {
      const [first, ...rest] = value.options.map(truthOf)
      return rest.every((truth) => truth === first) ? first : undefined
    }
    default:
      return undefined
  }
}

/** Whether a value is None, where that is known. */
export function isNone(value: Abstract): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return value.value === null
    case 'reference':
    case 'function':
    case 'class':
    case 'module':
    case 'client':
    case 'client-method':
    case 'opaque':
    case 'generated':
      return false
    case 'environment':
      return value.fallback ? (isNone(value.fallback) === false ? false : undefined) : value.optional ? undefined : false
    case 'choice': {
      const [first, ...rest] = value.options.map(isNone)
      return rest.every((none) => none === first) ? first : undefined
    }
    default:
      return undefined
  }
}

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on', 't', 'y', 'enabled', 'enable'])
const FALSE_WORDS = new Set(['false', '0', 'no', 'off', 'f', 'n', 'disabled', 'disable', ''])

/** What a word says that is meant as a boolean, in the ways programs read environment variables. */
export function wordTruth(word: string): boolean | undefined {
  const lower = word.trim().toLowerCase()
  if (TRUE_WORDS.has(lower)) return true
  return FALSE_WORDS.has(lower) ? false : undefined
}
