import type { Call } from '../syntax.ts'
import { classAttribute, fieldsOf, hasFields, isEnum, lineageOf, methodOf, setAttribute } from './classes.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { callFunction } from './functions.ts'
import { allocate, dictOf, objectOf } from './heap.ts'
import { releaseArguments } from './release.ts'
import type { ClassInfo } from './symbols.ts'
import { CLIENT } from './uses.ts'
import { type Abstract, joinValues, unknownValue } from './value.ts'

/** Makes an object of a project's class. */
export function instantiate(m: Machine, frame: Frame, info: ClassInfo, args: readonly Argument[], node: Call): Abstract {
  if (frame.run.shallow > 0) return unknownValue(`an object of ${info.name}`)
  if (isEnum(m, info)) return args[0]?.value ?? unknownValue('an enum member')
  const { outside, classes } = lineageOf(m, info)
  const instance = allocate(m, frame, { kind: 'instance', info, attributes: new Map(), symbolic: false })
  const init = methodOf(m, info, '__init__')
  const call = init && { path: frame.module.path, start: node.start, end: node.end, callee: init }
  frame.run.instances.push({ id: instance.id, info, chain: call ? [...frame.chain, call] : frame.chain })
  if (init) {
    callFunction(m, frame, { kind: 'function', info: init, self: instance }, args, node)
    return instance
  }
  const base = outside.find((path) => m.clients.isClient(path))
  if (base !== undefined) {
    const names = classes.map((at) => `class:${at.path}:${at.qualified}`)
    const client = m.clients.construct(m, frame, base, args, node, names)
    const object = objectOf(frame, instance)
    if (client && object?.kind === 'instance') setAttribute(frame, instance.id, object, CLIENT, client)
    return instance
  }
  if (hasFields(m, info)) {
    fillFields(m, frame, instance.id, info, args)
    return instance
  }
  if (outside.length > 0) {
    // A base that is not seen may do anything with its arguments.
    releaseArguments(m, frame, args, node)
    const object = objectOf(frame, instance)
    if (object?.kind === 'instance')
      for (const arg of args)
        if (arg.name !== undefined)
          setAttribute(frame, instance.id, objectOf(frame, instance) as typeof object, arg.name, arg.value)
  }
  return instance
}

function fillFields(m: Machine, frame: Frame, id: number, info: ClassInfo, args: readonly Argument[]): void {
  const fields = fieldsOf(m, info)
  const set = (name: string, value: Abstract) => {
    const object = objectOf(frame, { kind: 'reference', id })
    if (object?.kind === 'instance') setAttribute(frame, id, object, name, value)
  }
  let next = 0
  let open = false
  for (const arg of args) {
    if (arg.spread) {
      open = true
      const dict = arg.spread === '**' ? dictOf(m, frame, arg.value) : undefined
      for (const [key, entry] of dict?.object.entries ?? []) set(key, entry.value)
      if (dict && dict.object.gaps.length === 0) open = false
    } else if (arg.name !== undefined) set(arg.name, arg.value)
    else {
      const name = fields[next++]
      if (name !== undefined) set(name, arg.value)
    }
  }
  const filled = objectOf(frame, { kind: 'reference', id })
  if (!open || filled?.kind !== 'instance') return
  for (const name of fields)
    if (!filled.attributes.has(name)) {
      const fallback = classAttribute(m, info, name)
      set(name, fallback ? joinValues([fallback, unknownValue(`${name} may be given`)]) : unknownValue(`${name} may be given`))
    }
}
