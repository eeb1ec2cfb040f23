import type { Frame, Machine } from './frame.ts'
import { allocate, objectOf, store } from './heap.ts'
import { importedObjects, withChanges } from './shared.ts'
import { ownOf } from './store.ts'
import type { Change, ClassInfo, FunctionInfo } from './symbols.ts'
import { CLIENT } from './uses.ts'
import { type Abstract, type InstanceObject, joinValues, type Reference, unknownValue, withVia } from './value.ts'

/** A class with what it derives from: the project's classes in the order Python searches them, and paths of those outside. */
export interface Lineage {
  readonly classes: readonly ClassInfo[]
  readonly outside: readonly string[]
  /** True when a base is neither. */
  readonly open: boolean
}

export function lineageOf(m: Machine, info: ClassInfo): Lineage {
  const kept = m.lineages.get(info) as Lineage | undefined
  if (kept) return kept
  const classes: ClassInfo[] = []
  const outside: string[] = []
  let open = false
  const visit = (at: ClassInfo, depth: number) => {
    if (classes.includes(at) || depth > 12) return
    classes.push(at)
    const body = bodyOf(m, at)
    if (!body) {
      open = true
      return
    }
    for (const base of body.bases) {
      if (base.kind === 'class') visit(base.info, depth + 1)
      else if (base.kind === 'external') {
        if (base.path !== 'builtins.object' && !/^(?:abc|typing\.(?!NamedTuple|TypedDict))/.test(base.path))
          outside.push(base.path)
      } else open = true
    }
  }
  visit(info, 0)
  const lineage: Lineage = { classes, outside, open }
  // Kept once every module it rests on is done.
  if (!open && classes.every((at) => m.stateOf(at.path)?.done)) m.lineages.set(info, lineage)
  return lineage
}

export function bodyOf(m: Machine, info: ClassInfo) {
  return m.bodyOf(info) ?? (m.stateOf(info.path, info.qualified.split('.')[0]) && m.bodyOf(info))
}

/** The method of a class or of what it derives from; after `past`, as `super()` searches. */
export function methodOf(m: Machine, info: ClassInfo, name: string, past?: ClassInfo): FunctionInfo | undefined {
  const { classes } = lineageOf(m, info)
  const from = past ? classes.indexOf(past) + 1 : 0
  for (const at of classes.slice(from)) {
    const method = at.methods.get(name)
    if (method) return method
  }
  return undefined
}

/** An attribute that a class's body, or that of a class it derives from, defines. */
export function classAttribute(m: Machine, info: ClassInfo, name: string): Abstract | undefined {
  for (const at of lineageOf(m, info).classes) {
    const body = bodyOf(m, at)
    const value = body?.attributes.get(name)
    if (!value) continue
    const definition = body?.definitions.get(name)
    return definition && value.kind !== 'function' && value.kind !== 'class' ? withVia(value, definition) : value
  }
  return undefined
}

/** An object whose attributes are what its class's methods make them. */
export function symbolicInstance(m: Machine, frame: Frame, info: ClassInfo): Reference {
  return allocate(m, frame, { kind: 'instance', info, attributes: new Map(), symbolic: true })
}

/** What is known of an attribute of `self`, from everything that the class's methods assign to it. Undefined when none does. */
function assignedAttribute(
  m: Machine,
  frame: Frame,
  instance: InstanceObject,
  name: string,
): { readonly value: Abstract; readonly byInit: boolean } | undefined {
  const { classes } = lineageOf(m, instance.info)
  const writers: FunctionInfo[] = []
  const changes: Change[] = []
  for (const at of classes) {
    // A method that a subclass overrides is only reached by super(), which evaluating the subclass's method follows.
    for (const writer of at.writes.get(name) ?? [])
      if (
        name === CLIENT ||
        methodOf(m, instance.info, writer.name) === writer ||
        writer.cls !== at ||
        writer.name !== '__init__'
      )
        writers.push(writer)
    changes.push(...(at.changes.get(name) ?? []))
  }
  const init = methodOf(m, instance.info, '__init__')
  if (init && !writers.includes(init)) writers.unshift(init)
  const values: Abstract[] = []
  const executed = new Set<FunctionInfo>()
  let byInit = false
  for (const writer of writers) {
    if (frame.run.active.includes(writer)) continue
    const summary = m.once(`self:${instance.info.path}:${instance.info.node.start}:${name}:${writer.node.start}`, () =>
      m.summaryOf(writer),
    )
    if (!summary || summary.self === undefined) continue
    const self = ownOf(summary.flow.heap).get(summary.self)
    const value = self?.kind === 'instance' ? self.attributes.get(name) : undefined
    if (writer === init || value) for (const one of summary.run.executed) executed.add(one)
    if (!value) continue
    importedObjects(frame, value, summary.flow)
    values.push(value)
    if (writer === init) byInit = true
  }
  if (values.length === 0) return undefined
  const others = changes.filter((change) => !executed.has(change.by) && !frame.run.active.includes(change.by))
  const [change] = others
  const joined = joinValues(values)
  const value = change ? withChanges(m, frame, joined, others, change.by.path, name) : joined
  return { value, byInit }
}

/** An attribute of an object of a project's class. Undefined when neither the object nor its class has it. */
export function instanceAttribute(
  m: Machine,
  frame: Frame,
  id: number,
  instance: InstanceObject,
  name: string,
): Abstract | undefined {
  const own = instance.attributes.get(name)
  if (own) return own
  if (!instance.symbolic) return classMember(m, id, instance.info, name)
  const seen = assignedAttribute(m, frame, instance, name)
  const declared = seen?.byInit ? undefined : classMember(m, id, instance.info, name)
  // None at class level only says that it is set later.
  const values = [seen?.value, declared && !(seen && isUnset(declared)) ? declared : undefined].filter((v) => v !== undefined)
  if (values.length === 0) return undefined
  const value = seen ? joinValues(values) : changedMember(m, frame, instance, name, values[0] as Abstract)
  const override = overriderOf(m, instance.info, name)
  const found = override
    ? joinValues([
        value,
        unknownValue(
          `${override.name} overrides ${name}`,
          [initOf(m, instance.info)].filter((one) => one !== undefined),
        ),
      ])
    : value
  const now = objectOf(frame, { kind: 'reference', id })
  // Remembered, so that a dict that is changed here is the same dict when it is read again.
  if (seen && now?.kind === 'instance') setAttribute(frame, id, now, name, found)
  return found
}

function isUnset(value: Abstract): boolean {
  return value.kind === 'function' || (value.kind === 'constant' && value.value === null)
}

function initOf(m: Machine, info: ClassInfo): FunctionInfo | undefined {
  return methodOf(m, info, '__init__')
}

/** An attribute of the class's body, bound to the object where it is a method. */
function classMember(m: Machine, id: number, info: ClassInfo, name: string): Abstract | undefined {
  const found = classAttribute(m, info, name)
  if (found?.kind !== 'function' || !found.info.cls || isStatic(found.info)) return found
  return { ...found, self: { kind: 'reference', id } }
}

/** A dict of the class's body that methods of the class change. */
function changedMember(m: Machine, frame: Frame, instance: InstanceObject, name: string, value: Abstract): Abstract {
  const changes = lineageOf(m, instance.info)
    .classes.flatMap((at) => at.changes.get(name) ?? [])
    .filter((change) => !frame.run.active.includes(change.by))
  const [change] = changes
  return change ? withChanges(m, frame, value, changes, change.by.path, name) : value
}

/** A class of the project that derives from this one and has its own attribute of that name: `self` may be an object of it. */
function overriderOf(m: Machine, info: ClassInfo, name: string): ClassInfo | undefined {
  if (name === CLIENT || name === '__init__') return undefined
  const seen = new Set([info])
  const pending = [info]
  for (let next = pending.pop(); next; next = pending.pop())
    for (const heir of m.modules.heirsOf(next.name)) {
      if (seen.has(heir)) continue
      seen.add(heir)
      if (heir.methods.has(name) || heir.writes.has(name) || definesName(heir, name)) return heir
      pending.push(heir)
    }
  return undefined
}

function definesName(info: ClassInfo, name: string): boolean {
  return info.node.body.some(
    (statement) =>
      statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name),
  )
}

export function setAttribute(frame: Frame, id: number, instance: InstanceObject, name: string, value: Abstract): void {
  const attributes = new Map(instance.attributes)
  attributes.set(name, value)
  store(frame, id, { ...instance, attributes })
}

export function hasDecorator(info: FunctionInfo, ...names: readonly string[]): boolean {
  return info.node.decorators.some((decorator) => {
    const at = decorator.kind === 'call' ? decorator.callee : decorator
    if (at.kind === 'name') return names.includes(at.name)
    return at.kind === 'attribute' && names.includes(at.name)
  })
}

export function isStatic(info: FunctionInfo): boolean {
  return hasDecorator(info, 'staticmethod')
}

export function isProperty(info: FunctionInfo): boolean {
  return hasDecorator(info, 'property', 'cached_property')
}

/** Classes whose fields are read from the environment: pydantic's settings. */
export function isSettings(m: Machine, info: ClassInfo): boolean {
  return lineageOf(m, info).outside.some((path) => /(?:^|\.)BaseSettings$/.test(path))
}

export function isEnum(m: Machine, info: ClassInfo): boolean {
  return lineageOf(m, info).outside.some((path) => /(?:^|\.)(?:Enum|StrEnum|IntEnum|TextChoices|IntegerChoices)$/.test(path))
}

/** Classes whose annotated fields are the parameters of their construction. */
export function hasFields(m: Machine, info: ClassInfo): boolean {
  const { classes, outside } = lineageOf(m, info)
  if (outside.some((path) => /(?:^|\.)(?:BaseModel|BaseSettings|NamedTuple|TypedDict|Struct|SQLModel)$/.test(path))) return true
  return classes.some((at) =>
    bodyOf(m, at)?.decorators.some(
      (decorator) =>
        decorator.kind === 'external' && /(?:^|\.)(?:dataclass|define|frozen|mutable|attrs|s)(?:\(\))?$/.test(decorator.path),
    ),
  )
}

/** The annotated fields of a class with fields, bases first. */
export function fieldsOf(m: Machine, info: ClassInfo): readonly string[] {
  const names: string[] = []
  for (const at of [...lineageOf(m, info).classes].reverse())
    for (const statement of at.node.body)
      if (statement.kind === 'assign' && statement.annotation && statement.targets[0]?.kind === 'name') {
        const { name } = statement.targets[0]
        if (!names.includes(name) && name !== 'model_config') names.push(name)
      }
  return names
}

export function missingAttribute(m: Machine, info: ClassInfo, name: string): Abstract {
  const { outside, open } = lineageOf(m, info)
  if (outside[0] !== undefined && !open) return { kind: 'external', path: `${outside[0]}().${name}` }
  return unknownValue(`${info.name}.${name} is not assigned in the project`)
}
