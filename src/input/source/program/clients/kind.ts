import type { Role } from '../../../../model/client.ts'

/** How one constructor of a client library is called, and what its methods mean to a reader. */
export interface ClientKind {
  /** Profile ids it may belong to. */
  readonly libraries: readonly string[]
  readonly className: string
  readonly role: Role
  /** Dotted paths under which it can be imported. */
  readonly paths: readonly string[]
  /** `keywords`: settings are keyword arguments; `dict`: the first argument is a dict of settings. */
  readonly options: 'keywords' | 'dict'
  /** Names of leading positional arguments that are settings or other parameters; `topics` when all of them are topics. */
  readonly positional: readonly string[] | 'topics'
  /** The keyword argument that names its topics. */
  readonly topicsKeyword?: string
  /** Keyword arguments that are no settings of the client. */
  readonly notSettings: ReadonlySet<string>
  readonly methods: MethodNames
  /** A framework runs it: the program calls none of its methods to consume. */
  readonly framework?: 'faust' | 'faststream' | 'spring'
  /** It stands for a client that is configured elsewhere, where the project has one. */
  readonly provisional?: true
  /** Set when its settings stand at another construction; says where. */
  readonly settingsElsewhere?: string
}

export interface MethodNames {
  readonly subscribe: ReadonlySet<string>
  readonly assign: ReadonlySet<string>
  /** Methods whose first argument is the topic written to. */
  readonly send: ReadonlySet<string>
  /** Methods that take no part in consuming: metadata, positions, closing. */
  readonly idle: ReadonlySet<string>
}

export function methodNames(names: { subscribe?: string; assign?: string; send?: string; idle?: string }): MethodNames {
  const set = (text = '') => new Set(text.split(' ').filter(Boolean))
  return { subscribe: set(names.subscribe), assign: set(names.assign), send: set(names.send), idle: set(names.idle) }
}
