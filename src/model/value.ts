export type Literal = string | number | boolean | null

/**
 * What is known of a setting's value.
 * `either`: one of several literals, by a condition the reader cannot decide.
 * `generated`: made anew by the program (uuid, clock, pid, random: at each start; `host`: differs between instances but may be stable).
 * `object`: something that is certainly given but is no literal (a function, a callback, a client object).
 */
export type Value =
  | { readonly kind: 'known'; readonly value: Literal }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'either'; readonly values: readonly Literal[] }
  | { readonly kind: 'generated'; readonly by: 'random' | 'time' | 'process' | 'host'; readonly text: string }
  | { readonly kind: 'object'; readonly text: string }
  | { readonly kind: 'unknown'; readonly reason: string }

export function known(value: Literal): Value {
  return { kind: 'known', value }
}

export function unknown(reason: string): Value {
  return { kind: 'unknown', reason }
}

/** Every literal the value may have, or undefined where that cannot be said. */
export function possibleLiterals(value: Value): readonly Literal[] | undefined {
  if (value.kind === 'known') return [value.value]
  if (value.kind === 'either') return value.values
  return undefined
}

/** For messages: strings bare, lists comma-separated, everything else by its source text or reason. */
export function showValue(value: Value): string {
  switch (value.kind) {
    case 'known':
      return value.value === null ? 'null' : String(value.value)
    case 'list':
      return value.items.map(showValue).join(', ')
    case 'either':
      return value.values.map(String).join(' or ')
    case 'generated':
    case 'object':
      return value.text
    case 'unknown':
      return `unknown (${value.reason})`
  }
}
