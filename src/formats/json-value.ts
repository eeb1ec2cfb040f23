import { parse } from 'jsonc-parser'

/** The value of a JSON text that may hold comments and trailing commas, as far as it can be read; undefined for an empty one. Never throws. */
export function jsonValue(text: string): unknown {
  return parse(text, [], { allowTrailingComma: true })
}
