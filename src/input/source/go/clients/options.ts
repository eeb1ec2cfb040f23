import { type Making, NO_OPTIONS } from '../../program/clients/library.ts'
import { optionsIn } from '../../program/clients/library-options.ts'
import { snapshotOf } from '../../program/clients/snapshot.ts'
import type { OptionSnapshot } from '../../program/evaluate/events.ts'
import type { Argument } from '../../program/evaluate/frame.ts'
import { newDict, objectOf, setKey } from '../../program/evaluate/heap.ts'
import { constant, type DictObject } from '../../program/evaluate/value.ts'

/** Settings that are arguments of a call, each under the name it is given here. */
export function named({ m, frame, node }: Making, given: Readonly<Record<string, Argument | undefined>>): OptionSnapshot {
  const reference = newDict(m, frame, node)
  for (const [name, argument] of Object.entries(given))
    if (argument) setKey(m, frame, reference.id, constant(name), argument.value, argument.location)
  return snapshotOf(frame, objectOf(frame, reference) as DictObject, undefined)
}

/** The settings of a struct with structs inside, each under its path; `nil` stands for the defaults. */
export function structOptions(making: Making, given: Argument | undefined): OptionSnapshot {
  if (!given || (given.value.kind === 'constant' && given.value.value === null)) return NO_OPTIONS
  return optionsIn(making, given, undefined, 'all')
}
