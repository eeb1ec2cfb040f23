import type { Location } from '../../../../model/location.ts'
import type { TopicNames } from '../evaluate/events.ts'
import type { Frame, Machine } from '../evaluate/frame.ts'
import { objectOf } from '../evaluate/heap.ts'
import { iterated } from '../evaluate/iteration.ts'
import { type Abstract, dependsOf, optionsOf, settle } from '../evaluate/value.ts'
import { freeze } from './snapshot.ts'

/** Topic names that a value stands for: a string, or a list of strings; partitions (`TopicPartition("t", 0)`) are not taken apart. */
export function topicsIn(m: Machine, frame: Frame, values: readonly Abstract[], location: Location): TopicNames {
  const names: string[] = []
  for (const lazy of values) {
    const value = settle(frame, lazy)
    const unseen = collect(m, frame, value, names)
    if (unseen !== undefined) {
      const open = dependsOf(value).length > 0 || dependsDeep(m, frame, value)
      return { kind: 'unknown', reason: unseen, location, open, anew: values.every((one) => isAnew(m, frame, one)) }
    }
  }
  const pattern = names.find((name) => name.startsWith('^'))
  if (pattern !== undefined) return { kind: 'pattern', pattern, location }
  return { kind: 'known', names, location }
}

/** True for a list with an item that callers decide. */
function dependsDeep(m: Machine, frame: Frame, value: Abstract): boolean {
  const object = objectOf(frame, value)
  return object?.kind === 'list' && iterated(m, frame, value).items.some((item) => dependsOf(item).length > 0)
}

/** True for a name, or a list of names, that each start makes anew; a host's own topic stays. */
function isAnew(m: Machine, frame: Frame, value: Abstract): boolean {
  return optionsOf(settle(frame, value)).every((option) => {
    if (option.kind === 'generated') return option.by !== 'host'
    if (objectOf(frame, option)?.kind !== 'list') return false
    const { items, open } = iterated(m, frame, option)
    return open === undefined && items.length > 0 && items.every((item) => isAnew(m, frame, item))
  })
}

/** Adds what is known; returns why something is not. */
function collect(m: Machine, frame: Frame, value: Abstract, names: string[]): string | undefined {
  for (const option of optionsOf(settle(frame, value))) {
    if (option.kind === 'constant' && typeof option.value === 'string' && !option.bytes) {
      // no topic has such a name: the framework puts a property's value there
      if (/[$#]\{/.test(option.value)) return `the property ${option.value} decides`
      if (!names.includes(option.value)) names.push(option.value)
      continue
    }
    const object = objectOf(frame, option)
    if (object?.kind === 'list') {
      const { items, open } = iterated(m, frame, option)
      if (open !== undefined) return open
      for (const item of items) {
        const unseen = collect(m, frame, item, names)
        if (unseen !== undefined) return unseen
      }
      continue
    }
    const { value: frozen, environment } = freeze(frame, option)
    if (environment) return `the environment variable ${environment.variable} decides`
    if (frozen.kind === 'generated') return `each start makes its name anew (${frozen.text})`
    return frozen.kind === 'unknown' ? frozen.reason : 'it is no plain text'
  }
  return undefined
}

export function patternIn(frame: Frame, lazy: Abstract, location: Location): TopicNames {
  const value = settle(frame, lazy)
  return value.kind === 'constant' && typeof value.value === 'string'
    ? { kind: 'pattern', pattern: value.value, location }
    : { kind: 'unknown', reason: 'the pattern is not known', location }
}
