import { type Name, WHOLE } from '../syntax.ts'
import type { Frame, Machine } from './frame.ts'
import { importedObjects, withChanges } from './shared.ts'
import type { ModulePlace } from './source-language.ts'
import { get, newLayer, ownOf, set } from './store.ts'
import { type Abstract, type ImportedValue, joinValues, settle, unknownValue, withVia } from './value.ts'

/** What a name stands for where a frame stands; a name that is imported from another module is looked up when something asks. */
export function lookup(m: Machine, frame: Frame, node: Name): Abstract {
  const imported = importedAs(m, frame, node.name)
  if (!imported || m.slices.isRelevantName(frame.module.path, node.name)) return found(m, frame, node)
  return defer(m, frame, (asking) => resolved(m, asking, imported))
}

/** The import that a name is bound to, where it plainly is one. */
export function importedAs(m: Machine, frame: Frame, name: string): ImportedValue | undefined {
  const local = frame.kind !== 'function' || frame.locals.has(name) ? get(frame.flow.vars, name) : undefined
  if (local || frame.locals.has(name)) return local?.kind === 'imported' ? local : undefined
  for (let outer = frame.parent; outer; outer = outer.parent) if (outer.locals.has(name)) return undefined
  if (get(frame.flow.globals, `${frame.module.path}:${name}`)) return undefined
  const state = m.stateOf(frame.module.path, name)
  const value = state && get(state.frame.flow.vars, name)
  return value?.kind === 'imported' && !state?.file.symbols.globalWrites.has(name) ? value : undefined
}

/** Puts something off until a frame asks; evaluated once, and its objects are there for everyone. */
export function defer(m: Machine, frame: Frame, evaluate: (asking: Frame) => Abstract, call = false): Abstract {
  let known: Abstract | undefined
  return {
    kind: 'deferred',
    force(asker) {
      if (known) return known
      const { run, flow } = asker as Frame
      // Where it hardly matters, a call is not worth following; something else may ask for it later.
      if (call && run.shallow > 0) return unknownValue('a call that is not followed here')
      const { shallow } = run
      run.shallow = 0
      const heap = newLayer(flow.heap)
      known = unknownValue('it leads back to itself')
      const asking: Frame = { ...frame, run, flow: { vars: frame.flow.vars, heap, globals: flow.globals, dead: false } }
      known = settle(asking, evaluate(asking))
      for (const [id, object] of ownOf(heap)) set(m.world, id, object)
      run.shallow = shallow
      return known
    },
  }
}

function found(m: Machine, frame: Frame, node: Name): Abstract {
  const { name } = node
  if (frame.kind !== 'function' || frame.locals.has(name)) {
    const value = get(frame.flow.vars, name)
    if (value) return resolved(m, frame, value)
    if (frame.kind === 'function') return unknownValue(`${name} is not assigned before`)
  }
  for (let outer = frame.parent; outer; outer = outer.parent) {
    if (outer.kind !== 'function' || !outer.locals.has(name)) continue
    const value = get(outer.flow.vars, name)
    return value ? resolved(m, frame, value) : unknownValue(`${name} is not assigned before`)
  }
  const found = moduleName(m, frame, frame.module.path, name)
  if (found) return found
  return m.language.isBuiltin(name)
    ? { kind: 'external', path: `builtins.${name}` }
    : unknownValue(`${name} is not defined in the project`)
}

/** A module-level name of a project's file, with what functions of the project do to it; undefined when the file has none of that name. */
export function moduleName(m: Machine, frame: Frame, path: string, name: string): Abstract | undefined {
  const overlay = get(frame.flow.globals, `${path}:${name}`)
  if (overlay) return resolved(m, frame, overlay)
  const state = m.stateOf(path, name)
  if (!state) return undefined
  const value = get(state.frame.flow.vars, name)
  const own = value && resolved(m, frame, value)
  if (!own) {
    for (let i = state.stars.length - 1; i >= 0; i--) {
      const star = state.stars[i] as ImportedValue
      const found = m.once(`star:${path}:${name}:${star.dotted}`, () => member(m, frame, star.place, name))
      if (found) return found
    }
  }
  if (frame.run === state.frame.run) return own
  const writers = state.file.symbols.globalWrites.get(name)
  if (!writers && !state.file.symbols.globalChanges.has(name)) return own
  const written: Abstract[] = own ? [own] : []
  for (const writer of writers ?? []) {
    if (frame.run.executed.has(writer)) continue
    const summary = m.once(`global:${path}:${name}:${writer.node.start}`, () => m.summaryOf(writer))
    const assigned = summary && get(summary.flow.globals, `${path}:${name}`)
    if (summary && assigned) {
      importedObjects(frame, assigned, summary.flow)
      written.push(assigned)
    }
  }
  if (written.length === 0) return undefined
  const changes = (state.file.symbols.globalChanges.get(name) ?? []).filter((c) => !frame.run.executed.has(c.by))
  return withChanges(m, frame, joinValues(written), changes, path, name)
}

/** Looks an imported name up in the module that it was imported from. */
export function resolved(m: Machine, frame: Frame, value: Abstract): Abstract {
  if (value.kind !== 'imported') return value
  const found = m.once(`import:${value.place.file ?? value.place.folder}:${value.name}`, () => imported(m, frame, value))
  return found ?? outside(value.dotted, value.name)
}

function imported(m: Machine, frame: Frame, value: ImportedValue): Abstract | undefined {
  const found = member(m, frame, value.place, value.name)
  if (!found) return undefined
  const library = found.kind === 'class' ? m.clients.ownDefinition(found.info.path, found.info.name) : undefined
  if (library !== undefined) return { kind: 'external', path: library }
  const { file } = value.place
  const definition = file ? m.stateOf(file)?.definitions.get(value.name) : undefined
  return PLAIN.has(found.kind) ? withVia(found, definition ?? value.at) : found
}

/** Kinds of values for which it matters how far away they were written. */
const PLAIN = new Set(['constant', 'environment', 'choice', 'generated', 'reference', 'unknown'])

/** A name in a module or package of the project: what it defines, or a module inside. */
export function member(m: Machine, frame: Frame, place: ModulePlace, name: string): Abstract | undefined {
  if (place.file) {
    const found = moduleName(m, frame, place.file, name)
    if (found) return found
  }
  if (place.folder !== undefined) {
    const inner = m.modules.inside(place.folder, name)
    if (inner) return { kind: 'module', place: inner, dotted: name }
  }
  return m.language.offered?.(m, frame, place, name)
}

/** A name that the project's module of that dotted name does not have: then the module meant is the installed one. */
export function outside(dotted: string, name: string): Abstract {
  const path = dotted === '' ? name : name === WHOLE ? dotted : `${dotted}.${name}`
  return dotted.startsWith('.') || dotted === ''
    ? unknownValue(`${name} is not found in the project`)
    : { kind: 'external', path }
}

/** An attribute of a module: with the place of its definition where that is another file. */
export function moduleAttribute(m: Machine, frame: Frame, place: ModulePlace, dotted: string, name: string): Abstract {
  const found = m.once(`attribute:${place.file ?? place.folder}:${name}`, () => member(m, frame, place, name))
  if (!found) return outside(dotted, name)
  const definition = place.file ? m.stateOf(place.file)?.definitions.get(name) : undefined
  return definition && PLAIN.has(found.kind) ? withVia(found, definition) : found
}
