import { known, type Literal } from '../../model/value.ts'
import type { Reading } from '../profile.ts'

/** bool() of Python, for constructors that ask for no more than the truth of what they are given; a text that says no and counts as true is told. */
export function pythonTruth(literal: Literal, citation: string): Reading {
  if (typeof literal === 'string' && /^(false|no|off|0|n|f)$/i.test(literal.trim())) {
    const says = `a text is true in Python unless it is empty: '${literal}' counts as True`
    return { kind: 'becomes', value: known(true), says, citation }
  }
  return { kind: 'value', value: known(Boolean(literal)) }
}

/** A literal as Python writes it. */
export function pythonLiteral(literal: Literal): string {
  if (literal === null) return 'None'
  if (typeof literal === 'boolean') return literal ? 'True' : 'False'
  return typeof literal === 'string' ? `'${literal}'` : String(literal)
}

/** The keyword of a canonical name: Java's dots are underscores in the libraries that take keyword arguments. */
export function keyword(canonical: string): string {
  return canonical.replaceAll('.', '_')
}

/** The canonical name of a keyword among those that have facts; undefined for any other, and for Java's dotted spelling. */
export function canonicalOf(key: string, settings: Readonly<Record<string, unknown>>): string | undefined {
  if (key.includes('.')) return undefined
  const canonical = key.replaceAll('_', '.')
  return Object.hasOwn(settings, canonical) ? canonical : undefined
}
