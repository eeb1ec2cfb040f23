import type { DeclaredSetting, Gap, OptionSet } from '../../../model/setting.ts'
import { known, type Literal, possibleLiterals, unknown, type Value } from '../../../model/value.ts'
import type { GapSnapshot, OptionSnapshot, SettingSnapshot } from './evaluate/events.ts'
import { union } from './evaluate/value.ts'

/** The option set of a construction as the report has it. */
export function optionSet(snapshot: OptionSnapshot): OptionSet {
  const { settings, gaps, start, misgiven } = snapshot
  const firstSetting = Math.min(...settings.map((one) => one.order))
  const shown = gaps.map(
    (gap): Gap => ({
      reason: gap.reason,
      location: gap.location,
      overrides: gap.order > firstSetting,
      ...(gap.hides ? { hides: gap.hides } : {}),
    }),
  )
  return {
    settings: settings.map((one) => one.setting),
    gaps: shown,
    ...(start ? { start } : {}),
    ...(misgiven ? { misgiven } : {}),
  }
}

/** What is known when a construction was seen more than once: the same, or one of several. */
export function mergeSnapshots(snapshots: readonly OptionSnapshot[]): OptionSnapshot {
  const first = snapshots[0] as OptionSnapshot
  if (snapshots.length === 1) return first
  const settings: SettingSnapshot[] = []
  for (const key of new Set(snapshots.flatMap((s) => s.settings.map((one) => one.setting.key)))) {
    const found = snapshots.map((s) => s.settings.find((one) => one.setting.key === key)).filter((one) => one !== undefined)
    settings.push(found.length === snapshots.length ? mergeSettings(found) : sometimes(found[0] as SettingSnapshot))
  }
  const gaps: GapSnapshot[] = []
  for (const gap of snapshots.flatMap((s) => s.gaps))
    if (!gaps.some((other) => other.reason === gap.reason && other.location.line === gap.location.line)) gaps.push(gap)
  settings.sort((a, b) => a.order - b.order)
  const misgiven = snapshots.every((s) => s.misgiven) ? first.misgiven : undefined
  return { settings, gaps, ...(first.start ? { start: first.start } : {}), ...(misgiven ? { misgiven } : {}) }
}

function sometimes(one: SettingSnapshot): SettingSnapshot {
  const { environment: _, ...setting } = one.setting
  return { ...one, setting: { ...setting, value: unknown('it is given on some paths only'), conditional: true } }
}

export function mergeSettings(found: readonly SettingSnapshot[]): SettingSnapshot {
  const first = found[0] as SettingSnapshot
  const others = found.slice(1)
  if (others.every((other) => sameSetting(other.setting, first.setting))) return first
  const { environment: _, ...setting } = first.setting
  const via = [...(setting.via ?? []), ...others.flatMap((other) => other.setting.via ?? [])].slice(0, 6)
  return {
    setting: {
      ...setting,
      value: mergeValues(found.map((one) => (one.setting.environment ? unknown('it differs') : one.setting.value))),
      ...(via.length > 0 ? { via } : {}),
    },
    order: Math.max(...found.map((one) => one.order)),
    depends: union(...found.map((one) => one.depends)),
  }
}

function sameSetting(a: DeclaredSetting, b: DeclaredSetting): boolean {
  return JSON.stringify(a.value) === JSON.stringify(b.value) && a.environment?.variable === b.environment?.variable
}

function mergeValues(values: readonly Value[]): Value {
  const literals: Literal[] = []
  for (const value of values) {
    const possible = possibleLiterals(value)
    if (!possible)
      return values.every((one) => one.kind === value.kind && one.kind !== 'unknown')
        ? value
        : unknown('it differs from call to call')
    for (const literal of possible) if (!literals.includes(literal)) literals.push(literal)
  }
  return literals.length === 1 ? known(literals[0] as Literal) : { kind: 'either', values: literals }
}
