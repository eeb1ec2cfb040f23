import type { OptionSnapshot, SettingSnapshot } from '../evaluate/events.ts'
import type { Argument, Frame } from '../evaluate/frame.ts'
import { dictView, here, newDict, objectOf, spreadInto } from '../evaluate/heap.ts'
import { type Abstract, type DictObject, optionsOf, settle } from '../evaluate/value.ts'
import { type Making, NO_OPTIONS } from './library.ts'
import { snapshotOf } from './snapshot.ts'

/**
 * The options that an object gives, each under its name, those of objects inside under `outer.inner`. `place` is the call that takes them, put
 * before each name. What cannot be seen is a gap.
 */
export function optionsIn(
  { m, frame, node }: Making,
  given: Argument | undefined,
  place: string | undefined,
  inner: readonly string[] | 'all' = [],
): OptionSnapshot {
  if (!given) return NO_OPTIONS
  const value = settle(frame, given.value)
  const reference = newDict(m, frame, node)
  const from = dictView(m, frame, value)?.start
  spreadInto(m, frame, reference.id, value, given.location, 'the configuration')
  const object = objectOf(frame, reference) as DictObject
  const whole = here(frame, node)
  const elsewhere = from && (from.path !== whole.path || from.line < whole.line || from.line > whole.endLine) ? from : undefined
  const snapshot = snapshotOf(frame, object, elsewhere)
  const nested = nestedIn(frame, object, inner)
  const settings: SettingSnapshot[] = [
    ...snapshot.settings.filter(({ setting }) => !nested.some(({ name }) => name === setting.key)),
    ...nested.flatMap(({ name, snapshot: one }) =>
      one.settings.map((setting) => renamed(setting, `${name}.${setting.setting.key}`)),
    ),
  ]
  return {
    ...snapshot,
    settings: place === undefined ? settings : settings.map((setting) => renamed(setting, `${place}.${setting.setting.key}`)),
    gaps: [...snapshot.gaps, ...nested.flatMap(({ snapshot: one }) => one.gaps)],
    ...(misgiven(frame, value) ? { misgiven: given.location } : {}),
  }
}

/** The objects inside an object: those of the names, or all of them to any depth, with dots between their names. */
function nestedIn(frame: Frame, object: DictObject, inner: readonly string[] | 'all'): readonly Nested[] {
  const names = inner === 'all' ? [...object.entries.keys()] : inner
  return names.flatMap((name): readonly Nested[] => {
    const entry = object.entries.get(name)
    const held = entry && objectIn(frame, settle(frame, entry.value))
    if (!held) return []
    const snapshot = snapshotOf(frame, held, undefined)
    if (inner !== 'all') return [{ name, snapshot }]
    const deeper = nestedIn(frame, held, inner)
    const own = snapshot.settings.filter(({ setting }) => !deeper.some((one) => one.name === setting.key))
    return [
      { name, snapshot: { ...snapshot, settings: own } },
      ...deeper.map((one) => ({ name: `${name}.${one.name}`, snapshot: one.snapshot })),
    ]
  })
}

interface Nested {
  readonly name: string
  readonly snapshot: OptionSnapshot
}

function objectIn(frame: Frame, value: Abstract): DictObject | undefined {
  const object = objectOf(frame, value)
  return object?.kind === 'dict' ? object : undefined
}

/** True for what can be no object of options. */
function misgiven(frame: Frame, value: Abstract): boolean {
  return optionsOf(value).every(
    (option) =>
      (option.kind === 'constant' && option.value !== null) ||
      option.kind === 'generated' ||
      objectOf(frame, option)?.kind === 'list',
  )
}

function renamed(one: SettingSnapshot, key: string): SettingSnapshot {
  return { ...one, setting: { ...one.setting, key } }
}

/** Several option sets as one, in their order. */
export function joined(...sets: readonly OptionSnapshot[]): OptionSnapshot {
  const start = sets.find((set) => set.start)?.start
  const wrong = sets.find((set) => set.misgiven)?.misgiven
  return {
    // what comes later wins
    settings: [...new Map(sets.flatMap((set) => set.settings).map((one) => [one.setting.key, one])).values()],
    gaps: sets.flatMap((set) => set.gaps),
    ...(start ? { start } : {}),
    ...(wrong ? { misgiven: wrong } : {}),
  }
}

/** The value of a property of an object that is given. */
export function propertyOf({ m, frame }: Making, given: Argument | undefined, name: string): Abstract | undefined {
  const entry = given && dictView(m, frame, settle(frame, given.value))?.entries.get(name)
  return entry && settle(frame, entry.value)
}

/** True when nothing of an object that is given is unseen. */
export function isWhole({ m, frame }: Making, given: Argument | undefined): boolean {
  const view = given && dictView(m, frame, settle(frame, given.value))
  return view !== undefined && view.gaps.length === 0
}
