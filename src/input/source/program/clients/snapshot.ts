import type { DeclaredSetting, EnvironmentRead } from '../../../../model/setting.ts'
import { known, type Literal, unknown, type Value } from '../../../../model/value.ts'
import type { GapSnapshot, OptionSnapshot, SettingSnapshot } from '../evaluate/events.ts'
import type { Frame } from '../evaluate/frame.ts'
import { objectOf } from '../evaluate/heap.ts'
import { plainName } from '../evaluate/symbols.ts'
import { type Abstract, type DictObject, dependsOf, settle, union, type Via } from '../evaluate/value.ts'

/** A value as the report has it, with what was needed to learn it. */
export interface Frozen {
  readonly value: Value
  readonly environment?: EnvironmentRead
  readonly via: Via
}

/** Turns a value of the evaluation into one that stands for itself. */
export function freeze(frame: Frame, lazy: Abstract): Frozen {
  const value = settle(frame, lazy)
  const via = value.via ?? []
  switch (value.kind) {
    case 'constant':
      return { value: value.bytes ? { kind: 'object', text: String(value.value) } : known(value.value), via }
    case 'environment': {
      const inner = value.fallback && freeze(frame, value.fallback)
      const fallback = inner && inner.value.kind !== 'unknown' ? inner.value : undefined
      return {
        value: fallback ?? unknown(`the environment variable ${value.variable} decides`),
        environment: fallback ? { variable: value.variable, fallback } : { variable: value.variable },
        via: [...via, ...(inner?.via ?? [])],
      }
    }
    case 'choice':
      return {
        value: eitherOf(frame, value.options),
        via: [...via, ...value.options.flatMap((option) => option.via ?? [])].slice(0, 6),
      }
    case 'generated':
      return { value: { kind: 'generated', by: value.by, text: value.text }, via }
    case 'reference': {
      const object = objectOf(frame, value)
      if (object?.kind === 'list' && object.open === undefined)
        return { value: { kind: 'list', items: object.items.map((item) => freeze(frame, item).value) }, via }
      if (object?.kind === 'instance') return { value: { kind: 'object', text: object.info.name }, via }
      return { value: unknown(object?.kind === 'list' ? `a list: ${object.open}` : 'a dict'), via }
    }
    case 'function':
      return { value: { kind: 'object', text: plainName(value.info.qualified) }, via }
    case 'class':
      return { value: { kind: 'object', text: value.info.qualified }, via }
    case 'opaque':
      return { value: { kind: 'object', text: value.text }, via }
    case 'client':
      return { value: { kind: 'object', text: 'a client' }, via }
    case 'client-method':
      return { value: { kind: 'object', text: value.name }, via }
    case 'parameter': {
      const fallback = value.fallback && freeze(frame, value.fallback).value
      const shown = fallback?.kind === 'known' ? ` (default ${fallback.value === null ? 'None' : String(fallback.value)})` : ''
      return { value: unknown(`the caller decides ${value.name}${shown}`), via }
    }
    case 'external':
      return { value: outsideValue(value.path), via }
    case 'unknown':
      return { value: unknown(value.reason), via }
    case 'module':
    case 'imported':
    case 'deferred':
      return { value: unknown('a module'), via }
  }
}

/** Members of the client libraries' own enums are as good as literals; anything else outside is not known. */
function outsideValue(path: string): Value {
  const policy = /(?:^|\.)(?:AckPolicy|ProcessingGuarantee)\.(\w+)$/.exec(path)
  if (policy?.[1]) return known(policy[1])
  if (/^(?:kafka|aiokafka|confluent_kafka|faust|faststream|ssl)\.[\w.]+(?:\(\))?$/.test(path))
    return { kind: 'object', text: path.split('.').slice(-2).join('.') }
  if (/^(?:argparse|click|typer|docopt|optparse|absl|sys\.argv)\b/.test(path)) return unknown('the command line decides')
  return path.includes('(')
    ? unknown(`the result of ${path.replace(/\(\)$/, '')} is not known`)
    : unknown(`${path} is outside the project`)
}

function eitherOf(frame: Frame, options: readonly Abstract[]): Value {
  const literals: Literal[] = []
  for (const option of options) {
    const { value, environment } = freeze(frame, option)
    if (value.kind !== 'known' || environment) {
      const reason = environment
        ? `the environment variable ${environment.variable} may decide`
        : 'it is one of several values, not all of them known'
      return unknown(value.kind === 'unknown' ? value.reason : reason)
    }
    if (!literals.includes(value.value)) literals.push(value.value)
  }
  return literals.length === 1 ? known(literals[0] as Literal) : { kind: 'either', values: literals }
}

/** librdkafka's bindings of old kept topic settings in a dict of their own; `auto.offset.reset` is one, and it is still read. */
const TOPIC_SECTION = 'default.topic.config'

/** A dict of options as it is at a construction. */
export function snapshotOf(frame: Frame, dict: DictObject, start: OptionSnapshot['start']): OptionSnapshot {
  const settings: SettingSnapshot[] = []
  const gaps: GapSnapshot[] = dict.gaps.map(({ reason, location, order, depends }) => ({
    reason,
    location,
    order,
    depends: depends ?? [],
  }))
  const entries = [...dict.entries].sort(([, a], [, b]) => a.order - b.order)
  for (const [key, entry] of entries) {
    const given = settle(frame, entry.value)
    const section = key === TOPIC_SECTION ? objectOf(frame, given) : undefined
    if (section?.kind === 'dict') {
      const inner = snapshotOf(frame, section, undefined)
      settings.push(...inner.settings.filter((one) => !dict.entries.has(one.setting.key)))
      gaps.push(...inner.gaps)
      continue
    }
    const frozen = freeze(frame, given)
    const value = entry.maybe ? unknown(`it is given on some paths only`) : frozen.value
    const setting: DeclaredSetting = {
      key,
      value,
      location: entry.location,
      ...(entry.maybe ? { conditional: true } : {}),
      ...(frozen.environment && !entry.maybe ? { environment: frozen.environment } : {}),
      ...(frozen.via.length > 0 ? { via: frozen.via } : {}),
    }
    settings.push({ setting, order: entry.order, depends: union(dependsOf(given), entry.depends ?? []) })
  }
  return { settings, gaps, ...(start ? { start } : {}) }
}
