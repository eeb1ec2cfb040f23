import type { Span } from '../../../../text/span.ts'
import type { ClassDef, Expression, FunctionDef, Module, Statement } from '../syntax.ts'
import { forEachChild, walk } from '../walk.ts'
import type { SourceLanguage } from './source-language.ts'

/** A function of the project: the unit that is evaluated. */
export interface FunctionInfo {
  readonly node: FunctionDef
  readonly path: string
  readonly name: string
  /** Dotted within its module: `Worker.run`. */
  readonly qualified: string
  /** The class whose body it stands in. */
  readonly cls?: ClassInfo
  /** The function whose body it stands in. */
  readonly parent?: FunctionInfo
}

export interface ClassInfo {
  readonly node: ClassDef
  readonly path: string
  readonly name: string
  readonly qualified: string
  readonly methods: ReadonlyMap<string, FunctionInfo>
  /** Attribute → methods that assign it to `self` (or `cls`). */
  readonly writes: ReadonlyMap<string, readonly FunctionInfo[]>
  /** Attribute → changes to the dict it holds. */
  readonly changes: ReadonlyMap<string, readonly Change[]>
}

/** A place that changes a dict in the hands of a name or attribute. */
export interface Change {
  readonly by: FunctionInfo
  /** The key that is set or deleted, where it is a literal; else anything may have changed. */
  readonly key?: string
  readonly span: Span
}

export interface ModuleSymbols {
  /** Every function, methods and nested ones included, in the order of the text. */
  readonly functions: readonly FunctionInfo[]
  readonly classes: readonly ClassInfo[]
  readonly infoOf: ReadonlyMap<FunctionDef, FunctionInfo>
  readonly classOf: ReadonlyMap<ClassDef, ClassInfo>
  /** Module-level name → functions that assign it by `global`. */
  readonly globalWrites: ReadonlyMap<string, readonly FunctionInfo[]>
  /** Module-level name → changes made inside functions to the dict it holds. */
  readonly globalChanges: ReadonlyMap<string, readonly Change[]>
}

/** Indexes what a module defines and which functions change what is shared. */
export function symbolsOf(
  module: Module,
  path: string,
  { objectsAreDicts }: Pick<SourceLanguage, 'objectsAreDicts'>,
): ModuleSymbols {
  const functions: FunctionInfo[] = []
  const classes: ClassInfo[] = []
  const infoOf = new Map<FunctionDef, FunctionInfo>()
  const classOf = new Map<ClassDef, ClassInfo>()
  const globalWrites = new Map<string, FunctionInfo[]>()
  const globalChanges = new Map<string, Change[]>()

  function visit(node: Statement | Expression, cls: ClassInfo | undefined, parent: FunctionInfo | undefined): void {
    if (node.kind === 'function') {
      const outer = cls?.qualified ?? (parent && `${parent.qualified}`)
      const info: FunctionInfo = {
        node,
        path,
        name: node.name,
        qualified: outer ? `${outer}.${node.name}` : node.name,
        ...(cls ? { cls } : {}),
        ...(parent ? { parent } : {}),
      }
      functions.push(info)
      infoOf.set(node, info)
      if (cls) (cls.methods as Map<string, FunctionInfo>).set(node.name, info)
      surveyFunction(info, globalWrites, globalChanges, objectsAreDicts)
      for (const child of node.body) visit(child, undefined, info)
      return
    }
    if (node.kind === 'class') {
      const outer = cls?.qualified ?? parent?.qualified
      const info: ClassInfo = {
        node,
        path,
        name: node.name,
        qualified: outer ? `${outer}.${node.name}` : node.name,
        methods: new Map(),
        writes: new Map(),
        changes: new Map(),
      }
      classes.push(info)
      classOf.set(node, info)
      for (const child of node.body) visit(child, info, parent)
      return
    }
    // Functions and classes hide in compound statements only; expressions hold none.
    if (COMPOUND.has(node.kind)) forEachChild(node, (child) => visit(child, cls, parent))
  }
  for (const statement of module.body) visit(statement, undefined, undefined)
  return { functions, classes, infoOf, classOf, globalWrites, globalChanges }
}

const COMPOUND = new Set(['if', 'for', 'while', 'try', 'with', 'match'])
/** Methods that change the dict they are called on. */
export const DICT_CHANGERS = new Set([
  ...['update', 'setdefault', 'pop', 'popitem', 'clear', '__setitem__'],
  ...['put', 'putAll', 'putIfAbsent', 'setProperty', 'remove'],
])

/** Finds what one function does to `self`, to globals and to the dicts they hold. */
function surveyFunction(
  info: FunctionInfo,
  writes: Map<string, FunctionInfo[]>,
  changes: Map<string, Change[]>,
  objectsAreDicts: boolean,
): void {
  const own = ownerOf(info)
  const self = own && info.node.parameters[0]?.name
  const globals = new Set<string>()
  const isLocal = (name: string) => !globals.has(name) && localNames(info.node).has(name)
  const add = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key)
    if (list) list.push(value)
    else map.set(key, [value])
  }
  const change = (object: Expression, key: Expression | undefined, span: Span) => {
    const at: Change = {
      by: info,
      ...(key?.kind === 'string' ? { key: key.value } : {}),
      span: { start: span.start, end: span.end },
    }
    if (object.kind === 'name' && !isLocal(object.name)) add(changes, object.name, at)
    else if (own && object.kind === 'attribute' && object.object.kind === 'name' && object.object.name === self)
      add(own.changes as Map<string, Change[]>, object.name, at)
  }
  const target = (node: Expression, span: Span) => {
    if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) target(item, span)
    else if (node.kind === 'starred') target(node.value, span)
    else if (node.kind === 'subscript') change(node.object, node.index, span)
    else if (node.kind === 'name' && globals.has(node.name)) {
      if (!writes.get(node.name)?.includes(info)) add(writes, node.name, info)
    } else if (own && node.kind === 'attribute' && node.object.kind === 'name' && isOwner(node.object.name, self, own)) {
      const list = own.writes.get(node.name)
      if (!list?.includes(info)) add(own.writes as Map<string, FunctionInfo[]>, node.name, info)
    } else if (objectsAreDicts && node.kind === 'attribute')
      change(node.object, { kind: 'string', value: node.name, start: span.start, end: span.end }, span)
  }
  for (const statement of info.node.body)
    walk(statement, (node) => {
      if (node.kind === 'global') for (const name of node.names) globals.add(name)
      // It is a statement: no expression holds one.
      return node.kind === 'expression' || node.kind === 'assign' || node.kind === 'return' ? false : undefined
    })
  for (const statement of info.node.body)
    walk(statement, (node) => {
      switch (node.kind) {
        case 'assign':
          for (const one of node.targets) target(one, node)
          break
        case 'augmented':
          target(node.target, node)
          if (node.operator === '|') change(node.target, undefined, node)
          break
        case 'for':
          target(node.target, node.target)
          break
        case 'with':
          for (const item of node.items) if (item.target) target(item.target, item.target)
          break
        case 'delete':
          for (const one of node.targets) if (one.kind === 'subscript') change(one.object, one.index, node)
          break
        case 'call':
          if (node.callee.kind === 'attribute' && DICT_CHANGERS.has(node.callee.name))
            change(node.callee.object, oneKey(node.callee.name, node.positional), node)
          break
      }
      return undefined
    })
}

/** Changers whose first argument is the key. */
const KEYED = new Set(['setdefault', 'pop', '__setitem__', 'put', 'putIfAbsent', 'setProperty', 'remove'])

function oneKey(method: string, args: readonly Expression[]): Expression | undefined {
  if (KEYED.has(method)) return args[0]
  const [first] = args
  // `.update({"k": v})` with one key is as good as an assignment.
  return first?.kind === 'dict' && first.entries.length === 1 && args.length === 1 ? first.entries[0]?.key : undefined
}

function isOwner(name: string, self: string | undefined, own: ClassInfo): boolean {
  return name === self || name === own.name
}

/** The class whose `self` a function sees: its own, or that of the method it is nested in. */
function ownerOf(info: FunctionInfo): ClassInfo | undefined {
  return info.cls
}

/** A name as people know it: without what tells a function that has none of its own from others. */
export function plainName(name: string): string {
  return name.replace(/'\d*/g, '')
}

const LOCALS = new WeakMap<FunctionDef, ReadonlySet<string>>()

/** Names that are local to a function: parameters and what its body binds, `global` and `nonlocal` names aside. */
export function localNames(node: FunctionDef): ReadonlySet<string> {
  let names = LOCALS.get(node)
  if (!names) {
    names = bindingsOf(node)
    LOCALS.set(node, names)
  }
  return names
}

function bindingsOf(node: FunctionDef): Set<string> {
  const names = new Set(node.parameters.map((p) => p.name))
  const outer = new Set<string>()
  for (const statement of node.body) collectBindings(statement, names, outer)
  for (const name of outer) names.delete(name)
  return names
}

function collectBindings(node: Statement | Expression, names: Set<string>, outer: Set<string>): void {
  switch (node.kind) {
    case 'function':
    case 'class':
      names.add(node.name)
      return
    case 'assign':
      for (const target of node.targets) collectTargets(target, names)
      break
    case 'augmented':
      collectTargets(node.target, names)
      break
    case 'for':
      collectTargets(node.target, names)
      break
    case 'with':
      for (const item of node.items) if (item.target) collectTargets(item.target, names)
      break
    case 'try':
      for (const handler of node.handlers) if (handler.name) names.add(handler.name)
      break
    case 'import':
      for (const one of node.names) names.add(one.alias ?? (one.name.split('.')[0] as string))
      return
    case 'import-from':
      for (const one of node.names) names.add(one.alias ?? one.name)
      return
    case 'match':
      for (const branch of node.cases) for (const name of branch.captures) names.add(name)
      break
    case 'walrus':
      collectTargets(node.target, names)
      break
    case 'global':
    case 'nonlocal':
      for (const name of node.names) outer.add(name)
      return
    case 'lambda':
    case 'comprehension':
      return
  }
  forEachChild(node, (child) => collectBindings(child, names, outer))
}

function collectTargets(node: Expression, names: Set<string>): void {
  if (node.kind === 'name') names.add(node.name)
  else if (node.kind === 'tuple' || node.kind === 'list') for (const item of node.items) collectTargets(item, names)
  else if (node.kind === 'starred') collectTargets(node.value, names)
}
