import { lookUp } from '../../../../text/table.ts'
import { concatenated, mapValue, textOf } from './operators.ts'
import { type Abstract, type Constant, constant, dependsOf, union, unknownValue } from './value.ts'

/** String methods that change letters but not what the word means as a setting. */
const LETTERS: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  casefold: (text) => text.toLowerCase(),
  strip: (text) => text.trim(),
  lstrip: (text) => text.trimStart(),
  rstrip: (text) => text.trimEnd(),
  title: (text) => text.replace(/\b\w/g, (c) => c.toUpperCase()),
  capitalize: (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
}

/** The result of a string method, or undefined when `name` is none that is known. Lists are returned as plain arrays. */
export function stringMethod(
  value: Abstract,
  name: string,
  args: readonly Abstract[],
  text: string,
): Abstract | readonly Abstract[] | undefined {
  const change = lookUp(LETTERS, name)
  if (change && (args.length === 0 || !name.includes('strip')))
    return mapValue(
      value,
      (one) => (typeof one.value === 'string' ? { ...one, value: change(one.value) } : undefined),
      true,
      text,
    )
  const words = args.map((arg) => (arg.kind === 'constant' && typeof arg.value === 'string' ? arg.value : undefined))
  switch (name) {
    case 'encode':
    case 'decode':
      return mapValue(value, (one) => one, true, text)
    case 'replace': {
      const [from, to] = words
      if (from === undefined || to === undefined) return unknownValue(`${text} is not known`, dependsOf(value))
      return mapValue(value, (one) => onText(one, (word) => constant(word.replaceAll(from, to))), false, text)
    }
    case 'strip':
    case 'lstrip':
    case 'rstrip': {
      const [set] = words
      if (set === undefined) return unknownValue(`${text} is not known`, dependsOf(value))
      return mapValue(value, (one) => onText(one, (word) => constant(stripSet(word, set, name))), true, text)
    }
    case 'startswith':
    case 'endswith': {
      const [part] = words
      if (part === undefined) return unknownValue(`${text} is not known`, dependsOf(value))
      return mapValue(
        value,
        (one) => onText(one, (word) => constant(name === 'startswith' ? word.startsWith(part) : word.endsWith(part))),
        false,
        text,
      )
    }
    case 'split': {
      if (value.kind !== 'constant' || typeof value.value !== 'string') return undefined
      const [by] = words
      if (args.length > 1 || (args.length === 1 && by === undefined)) return undefined
      const parts = by === undefined ? value.value.trim().split(/\s+/).filter(Boolean) : by === '' ? [] : value.value.split(by)
      return parts.map((part) => constant(part))
    }
    default:
      return undefined
  }
}

function onText(one: Constant, of: (text: string) => Constant): Constant | undefined {
  return typeof one.value === 'string' ? of(one.value) : undefined
}

function stripSet(word: string, set: string, name: string): string {
  let from = 0
  let to = word.length
  if (name !== 'rstrip') while (from < to && set.includes(word[from] as string)) from++
  if (name !== 'lstrip') while (to > from && set.includes(word[to - 1] as string)) to--
  return word.slice(from, to)
}

/** `"…".format(…)` and `"…" % …`. */
export function formatted(
  template: Abstract,
  args: readonly Abstract[],
  named: ReadonlyMap<string, Abstract>,
  percent: boolean,
  text: string,
): Abstract {
  if (template.kind !== 'constant' || typeof template.value !== 'string')
    return unknownValue(`${text} is not known`, union(dependsOf(template), ...args.map(dependsOf)))
  const parts: Abstract[] = []
  let next = 0
  let at = 0
  const pattern = percent ? /%(?:\((\w+)\))?([sdir%])/g : /\{\{|\}\}|\{(\w*)\}/g
  for (const match of template.value.matchAll(pattern)) {
    parts.push(constant(template.value.slice(at, match.index)))
    at = match.index + match[0].length
    if (match[0] === '%%' || match[0] === '{{' || match[0] === '}}') {
      parts.push(constant(match[0].slice(0, 1)))
      continue
    }
    const name = match[1] ?? ''
    const value = /^\d+$/.test(name) ? args[Number(name)] : name === '' ? args[next++] : named.get(name)
    parts.push(value ?? unknownValue(`${text} is not known`))
  }
  const rest = template.value.slice(at)
  if (percent ? /%/.test(rest) : /[{}]/.test(rest)) parts.push(unknownValue(`${text} is not known`))
  else parts.push(constant(rest))
  return concatenated(parts, text)
}

/** `separator.join(items)`. */
export function joinedBy(separator: Abstract, items: readonly Abstract[], text: string): Abstract {
  const by = textOf(separator)
  if (by === undefined) return unknownValue(`${text} is not known`)
  const parts: Abstract[] = []
  for (const [i, item] of items.entries()) {
    if (i > 0) parts.push(constant(by))
    parts.push(item)
  }
  return concatenated(parts, text)
}
