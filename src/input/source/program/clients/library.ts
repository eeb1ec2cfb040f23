import type { OptionSnapshot, TopicNames } from '../evaluate/events.ts'
import type { Argument, Frame, Machine } from '../evaluate/frame.ts'
import type { Abstract, ClientValue } from '../evaluate/value.ts'
import type { Call, Expression } from '../syntax.ts'
import type { MethodNames } from './kind.ts'

/** What an object of a client library is: what makes clients, or a client. */
export interface Made {
  readonly library: Library
  readonly role: 'factory' | 'consumer' | 'producer'
  readonly className: string
  /** What a factory gives to all of its clients. */
  readonly options?: OptionSnapshot
}

/** Everything that a library's part needs to say what was made. */
export interface Making {
  readonly m: Machine
  readonly frame: Frame
  readonly args: readonly Argument[]
  readonly node: Call | Expression
}

/** A client that a call makes. */
export interface NewClient {
  readonly role: 'consumer' | 'producer'
  readonly className: string
  readonly options: OptionSnapshot
  readonly topics?: readonly TopicNames[]
  /** The library subscribes by what the construction is given. */
  readonly subscribes?: boolean
  /** Nothing of the program uses it: a framework runs it. */
  readonly managed?: boolean
  /** Set where it goes to what is not followed; says where. */
  readonly escapes?: string
  /** A call that gives further options. */
  readonly completedBy?: string
}

/** How one client library is used: which calls make clients, and what else gives them options. */
export interface Library {
  /** Profile ids. */
  readonly libraries: readonly string[]
  /** Dotted paths of what makes a factory or a client. */
  readonly paths: ReadonlySet<string>
  methods(role: 'consumer' | 'producer'): MethodNames
  /** A call of one of the paths. */
  construct(making: Making, path: string): { readonly factory: OptionSnapshot; readonly className: string } | readonly NewClient[]
  /** A method of a factory; nothing for those that make no client. */
  make?(making: Making, factory: Made, name: string): NewClient | undefined
  /** Options and topics that a method of a client gives. */
  given?(making: Making, made: Made, name: string): { readonly options?: OptionSnapshot; readonly topics?: TopicNames }
  /** What a method of a client gives back, where that is followed. */
  result?(making: Making, client: ClientValue, name: string): Abstract | undefined
}

export const NO_OPTIONS: OptionSnapshot = { settings: [], gaps: [] }
