import type { Location } from '../../../../model/location.ts'
import type { Literal } from '../../../../model/value.ts'
import type { Lambda } from '../syntax.ts'
import type { ModulePlace } from './source-language.ts'
import type { ClassInfo, FunctionInfo } from './symbols.ts'

/** Places that a value was inferred through: imports followed, parameters bound, functions returned from. */
export type Via = readonly Location[]

/** What the evaluation knows of an expression's value. */
export type Abstract =
  | Constant
  | Environment
  | Choice
  | Reference
  | FunctionValue
  | ClassValue
  | ModuleValue
  | ImportedValue
  | External
  | ClientValue
  | ClientMethod
  | Generated
  | ParameterValue
  | Opaque
  | Unknown
  | Deferred

interface Traced {
  readonly via?: Via
}

export interface Constant extends Traced {
  readonly kind: 'constant'
  readonly value: Literal
  /** 1.0 is no integer. */
  readonly float?: boolean
  /** A bytes literal: its content is no string. */
  readonly bytes?: boolean
}

/** Read from the environment; `fallback` is what the code takes when the variable is not set. */
export interface Environment extends Traced {
  readonly kind: 'environment'
  readonly variable: string
  readonly fallback?: Abstract
  /** None when the variable is not set and there is no fallback; else the program fails there. */
  readonly optional?: boolean
}

/** One of several, by a condition that was not decided. Never nested. */
export interface Choice extends Traced {
  readonly kind: 'choice'
  readonly options: readonly Abstract[]
  /** Functions whose callers decide which. */
  readonly depends?: readonly FunctionInfo[]
}

/** An object on the heap: dict, list, tuple or instance. */
export interface Reference extends Traced {
  readonly kind: 'reference'
  readonly id: number
}

export interface FunctionValue extends Traced {
  readonly kind: 'function'
  readonly info: FunctionInfo
  /** Bound as a method. */
  readonly self?: Abstract
  /** Frame in which a nested function was defined. */
  readonly closure?: object
}

export interface ClassValue extends Traced {
  readonly kind: 'class'
  readonly info: ClassInfo
}

export interface ModuleValue extends Traced {
  readonly kind: 'module'
  readonly place: ModulePlace
  /** The dotted name it was imported by, for names that the project's module of that name does not have. */
  readonly dotted: string
}

/** `from place import name`, looked up when it is used. */
export interface ImportedValue extends Traced {
  readonly kind: 'imported'
  readonly place: ModulePlace
  readonly name: string
  readonly dotted: string
  readonly at: Location
}

/** Something outside the project, by its dotted path; a call's result is the path with `()`. */
export interface External extends Traced {
  readonly kind: 'external'
  readonly path: string
}

/** A client object, known by the construction it comes from and the calls that led there from where evaluation began. */
export interface ClientValue extends Traced {
  readonly kind: 'client'
  readonly site: Site
}

/** A place that makes a client; `chain` lists the calls that led to it, outermost first. */
export interface Site {
  /** Stable within one audit: path, offset and part. */
  readonly key: string
  readonly chain: readonly CallSite[]
}

export interface CallSite {
  readonly path: string
  readonly start: number
  readonly end: number
  /** The function called. */
  readonly callee: FunctionInfo
}

export interface ClientMethod extends Traced {
  readonly kind: 'client-method'
  readonly client: ClientValue
  readonly name: string
}

export interface Generated extends Traced {
  readonly kind: 'generated'
  readonly by: 'random' | 'time' | 'process' | 'host'
  readonly text: string
}

/** What a function is given by callers that evaluation did not start from. */
export interface ParameterValue extends Traced {
  readonly kind: 'parameter'
  readonly info: FunctionInfo
  readonly name: string
  readonly type: 'value' | 'args' | 'kwargs'
  readonly fallback?: Abstract
}

/** Certainly given, and no literal: a lambda, a callback, an instance. */
export interface Opaque extends Traced {
  readonly kind: 'opaque'
  readonly text: string
  /** A lambda can be called. */
  readonly lambda?: { readonly node: Lambda; readonly frame: object }
  /** A function with some of its arguments fixed can be called with the rest. */
  readonly partial?: { readonly callee: Abstract; readonly args: readonly object[] }
}

export interface Unknown extends Traced {
  readonly kind: 'unknown'
  readonly reason: string
  /** Functions whose callers could tell. */
  readonly depends?: readonly FunctionInfo[]
}

/**
 * Not evaluated until something asks: what is only handed on, such as the parts of a program that have nothing to do with Kafka, then costs
 * nothing. `force` takes the frame that asks, and gives a value that is not deferred.
 */
export interface Deferred extends Traced {
  readonly kind: 'deferred'
  force(frame: object): Abstract
}

/** The value itself, evaluated if it was put off. */
export function settle(frame: object, value: Abstract): Abstract {
  if (value.kind === 'deferred') return value.force(frame)
  if (value.kind !== 'choice' || !value.options.some((option) => option.kind === 'deferred')) return value
  return joinValues(
    value.options.map((option) => settle(frame, option)),
    value.depends,
  )
}

export type HeapObject = DictObject | ListObject | InstanceObject

export interface DictObject {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<string, DictEntry>
  readonly gaps: readonly DictGap[]
  /** Where it is written. */
  readonly start: Location
}

export interface DictEntry {
  readonly value: Abstract
  /** The key and value, or the assignment. */
  readonly location: Location
  /** Where only some paths set it. */
  readonly maybe: boolean
  /** Comes after every entry and gap of a lower order. */
  readonly order: number
  readonly depends?: readonly FunctionInfo[]
}

/** Something that may have added or overridden entries, unseen. */
export interface DictGap {
  readonly reason: string
  readonly location: Location
  readonly order: number
  readonly depends?: readonly FunctionInfo[]
}

export interface ListObject {
  readonly kind: 'list'
  readonly items: readonly Abstract[]
  /** Set when there may be others: why. */
  readonly open?: string
  readonly tuple: boolean
  /** Where the entry of a dict is written that this is the pair of. */
  readonly origin?: Location
  /** How many of the first items it has on every path; all where it is not set. */
  readonly certain?: number
}

export interface InstanceObject {
  readonly kind: 'instance'
  readonly info: ClassInfo
  readonly attributes: ReadonlyMap<string, Abstract>
  /** `self` where evaluation began: attributes that are not here come from the class as a whole. */
  readonly symbolic: boolean
}

export function constant(value: Literal): Constant {
  return { kind: 'constant', value }
}

export const NONE: Constant = { kind: 'constant', value: null }

export function unknownValue(reason: string, depends?: readonly FunctionInfo[]): Unknown {
  return depends && depends.length > 0 ? { kind: 'unknown', reason, depends } : { kind: 'unknown', reason }
}

export function withVia(value: Abstract, ...places: readonly Location[]): Abstract {
  if (places.length === 0) return value
  const via = value.via ? [...places, ...value.via] : places
  return { ...value, via: via.slice(0, 6) }
}

/** The functions whose callers could say more about a value. */
export function dependsOf(value: Abstract | undefined): readonly FunctionInfo[] {
  if (!value) return []
  switch (value.kind) {
    case 'parameter':
      return [value.info]
    case 'unknown':
      return value.depends ?? []
    case 'choice':
      return union(value.depends ?? [], ...value.options.map(dependsOf))
    case 'environment':
      return dependsOf(value.fallback)
    default:
      return []
  }
}

export function union<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  const filled = lists.filter((list) => list.length > 0)
  if (filled.length < 2) return filled[0] ?? []
  return [...new Set(filled.flat())]
}

const MAX_CHOICE = 8

/** What a value is after paths meet: the same, or one of them. */
export function joinValues(values: readonly Abstract[], depends: readonly FunctionInfo[] = []): Abstract {
  const options: Abstract[] = []
  let because: readonly FunctionInfo[] = depends
  for (const value of values) {
    if (options.length > MAX_CHOICE) break
    if (value.kind === 'choice') {
      because = union(because, value.depends ?? [])
      for (const option of value.options) addOption(options, option)
    } else addOption(options, value)
  }
  const [first] = options
  if (!first) return unknownValue('never assigned')
  if (options.length === 1) return first
  if (options.length > MAX_CHOICE) return unknownValue('one of many values', because)
  return because.length > 0 ? { kind: 'choice', options, depends: because } : { kind: 'choice', options }
}

function addOption(options: Abstract[], value: Abstract): void {
  for (const other of options) if (sameValue(other, value)) return
  options.push(value)
}

export function sameValue(a: Abstract, b: Abstract): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case 'constant':
      return a.value === (b as Constant).value && a.bytes === (b as Constant).bytes
    case 'environment': {
      const other = b as Environment
      if (a.variable !== other.variable) return false
      if (!a.fallback || !other.fallback) return a.fallback === other.fallback
      return sameValue(a.fallback, other.fallback)
    }
    case 'reference':
      return a.id === (b as Reference).id
    case 'function':
      return a.info === (b as FunctionValue).info && a.self === (b as FunctionValue).self
    case 'class':
      return a.info === (b as ClassValue).info
    case 'external':
      return a.path === (b as External).path
    case 'client':
      return sameSite(a.site, (b as ClientValue).site)
    case 'generated':
      return a.text === (b as Generated).text
    case 'parameter':
      return a.info === (b as ParameterValue).info && a.name === (b as ParameterValue).name
    case 'opaque':
      return a.text === (b as Opaque).text
    case 'unknown':
      return a.reason === (b as Unknown).reason && a.depends?.length === (b as Unknown).depends?.length
    case 'module':
      return a.dotted === (b as ModuleValue).dotted
    case 'imported':
      return a.dotted === (b as ImportedValue).dotted && a.name === (b as ImportedValue).name
    case 'choice':
    case 'client-method':
    case 'deferred':
      return false
  }
}

export function sameSite(a: Site, b: Site): boolean {
  return (
    a === b ||
    (a.key === b.key &&
      a.chain.length === b.chain.length &&
      a.chain.every((call, i) => call.path === b.chain[i]?.path && call.start === b.chain[i]?.start))
  )
}

/** Each possible value, or the value itself. */
export function optionsOf(value: Abstract): readonly Abstract[] {
  return value.kind === 'choice' ? value.options : [value]
}
