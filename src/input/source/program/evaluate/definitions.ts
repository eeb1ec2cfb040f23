import { type ImportedName, type Statement, WHOLE } from '../syntax.ts'
import type { ClassBody, Frame, Machine } from './frame.ts'
import { here } from './heap.ts'
import { newLayer, ownOf } from './store.ts'
import { assignTo } from './targets.ts'
import { escapes } from './uses.ts'
import { type Abstract, type FunctionValue, type ImportedValue, unknownValue } from './value.ts'

export function define(m: Machine, frame: Frame, node: Extract<Statement, { kind: 'function' }>): void {
  const info = frame.module.symbols.infoOf.get(node)
  if (!info) return
  const value: FunctionValue = { kind: 'function', info, ...(frame.kind === 'function' ? { closure: frame } : {}) }
  assignTo(m, frame, { kind: 'name', name: node.name, start: node.start, end: node.end }, value, here(frame, node.nameSpan))
  if (frame.kind === 'function') frame.nested.push({ info, frame })
  // Decorators are calls: FastStream's subscribers and faust's agents are declared by them.
  for (const decorator of node.decorators) {
    const applied = m.evaluate(frame, decorator)
    escapes(frame, applied, 'it decorates a function', here(frame, decorator))
  }
}

export function defineClass(m: Machine, frame: Frame, node: Extract<Statement, { kind: 'class' }>): void {
  const info = frame.module.symbols.classOf.get(node)
  if (!info) return
  const bases = node.bases.map((base) => m.evaluate(frame, base))
  const decorators = node.decorators.map((decorator) => m.evaluate(frame, decorator))
  const outer = frame.flow
  const flow = { ...outer, vars: newLayer(outer.vars) }
  const attributes = new Map<string, Abstract>()
  const definitions: ClassBody['definitions'] = new Map()
  // Known before its body is evaluated: methods that are called there may ask for it.
  m.setBody(info, { attributes, bases, definitions, decorators })
  const inner: Frame = {
    ...frame,
    kind: 'class',
    flow,
    base: flow,
    loops: [],
    locals: new Set(),
    returns: [],
    yields: [],
    slice: undefined,
  }
  for (const statement of node.body) {
    m.execute(inner, [statement])
    if (statement.kind === 'assign')
      for (const target of statement.targets)
        if (target.kind === 'name' && statement.value) definitions.set(target.name, here(frame, statement))
    for (const [name, value] of ownOf(flow.vars)) attributes.set(name, value)
  }
  assignTo(
    m,
    frame,
    { kind: 'name', name: node.name, start: node.start, end: node.end },
    { kind: 'class', info },
    here(frame, node.nameSpan),
  )
}

export function importModule(m: Machine, frame: Frame, name: ImportedName): void {
  const [top] = name.name.split('.') as [string]
  const bound = name.alias === undefined ? top : name.name
  const place = m.clients.isLibrary(bound) ? undefined : m.modules.resolve(frame.module.path, 0, bound)
  const value: Abstract = place ? { kind: 'module', place, dotted: bound } : { kind: 'external', path: bound }
  bind(m, frame, name.alias ?? top, value)
}

export function importName(m: Machine, frame: Frame, level: number, module: string, name: ImportedName): void {
  const place = m.modules.resolve(frame.module.path, level, module)
  const dotted = `${'.'.repeat(level)}${module}`
  if (name.name === '*') {
    const star: ImportedValue | undefined = place && { kind: 'imported', place, name: '*', dotted, at: here(frame, name) }
    if (star && frame.kind === 'module') m.stateOf(frame.module.path)?.stars.push(star)
    else if (!place) bindExternalStar(m, frame, dotted)
    return
  }
  const library = level === 0 && m.clients.isLibrary(module)
  const value: Abstract =
    place && !library
      ? { kind: 'imported', place, name: name.name, dotted, at: here(frame, name) }
      : level > 0
        ? unknownValue(`${dotted} is not found in the project`)
        : { kind: 'external', path: name.name === WHOLE ? module : `${module}.${name.name}` }
  bind(m, frame, name.alias ?? name.name, value)
}

/** `from kafka import *`: the names that matter are those of the clients. */
function bindExternalStar(m: Machine, frame: Frame, module: string): void {
  for (const name of m.clients.exportsOf(module)) bind(m, frame, name, { kind: 'external', path: `${module}.${name}` })
}

export function bind(m: Machine, frame: Frame, name: string, value: Abstract): void {
  assignTo(m, frame, { kind: 'name', name, start: 0, end: 0 }, value, here(frame, { start: 0, end: 0 }))
}
