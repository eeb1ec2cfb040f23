import type { Expression } from '../syntax.ts'
import { classAttribute, instanceAttribute, isEnum, isProperty, isSettings, lineageOf, missingAttribute } from './classes.ts'
import type { Frame, Machine } from './frame.ts'
import { objectOf, readKey } from './heap.ts'
import { moduleAttribute } from './names.ts'
import { settingsField } from './settings.ts'
import { CLIENT } from './uses.ts'
import { type Abstract, type ClassValue, type ClientValue, constant, dependsOf, joinValues, NONE, unknownValue } from './value.ts'

/** `object.name`. */
export function attributeOf(m: Machine, frame: Frame, object: Abstract, name: string, node: Expression): Abstract {
  switch (object.kind) {
    case 'module':
      return moduleAttribute(m, frame, object.place, object.dotted, name)
    case 'external':
      return externalAttribute(m, frame, object.path, name)
    case 'class':
      return attributeOfClass(m, frame, object, name)
    case 'reference':
      return attributeOfObject(m, frame, object.id, name, node)
    case 'client':
      return { kind: 'client-method', client: object, name }
    case 'generated':
      return { ...object, text: frame.module.text.slice(node.start, node.end) }
    case 'constant':
      // `.value` of an enum's member, which stands for its value here.
      return name === 'value' || name === 'name' ? object : unknownValue(`the attribute ${name} is not known`)
    case 'environment':
      return name === 'value' ? object : unknownValue(`it depends on the environment variable ${object.variable}`)
    case 'choice':
      return joinValues(
        object.options
          .filter((option) => !(option.kind === 'constant' && option.value === null))
          .map((option) => attributeOf(m, frame, option, name, node)),
        object.depends,
      )
    case 'parameter':
      return unknownValue(`the caller decides ${object.name}.${name}`, [object.info])
    case 'unknown':
      return unknownValue(object.reason, dependsOf(object))
    default:
      return unknownValue(`the attribute ${name} is not known`)
  }
}

function externalAttribute(m: Machine, frame: Frame, path: string, name: string): Abstract {
  const known = m.language.knownAttribute(m, frame, path, name)
  if (known) return known
  // A chain of calls on unknown objects is no better known for being long.
  return path.length > 200 ? unknownValue('it is outside the project') : { kind: 'external', path: `${path}.${name}` }
}

function attributeOfClass(m: Machine, frame: Frame, object: ClassValue, name: string): Abstract {
  const { info } = object
  if (isSettings(m, info)) {
    const field = settingsField(m, info, name)
    if (field) return field
  }
  const found = classAttribute(m, info, name)
  if (found) {
    if (found.kind === 'function' && found.info.cls && found.info.node.decorators.length > 0) return { ...found, self: object }
    return isEnum(m, info) && found.kind === 'reference' ? enumMember(frame, found) : found
  }
  if (name === '__name__') return { kind: 'constant', value: info.name }
  const writer = lineageOf(m, info).classes.some((at) => at.writes.has(name))
  if (writer) {
    const assigned = instanceAttribute(m, frame, -1, { kind: 'instance', info, attributes: new Map(), symbolic: true }, name)
    if (assigned) return assigned
  }
  return missingAttribute(m, info, name)
}

/** Members of an enum written as tuples: the first element is the value in all enums that people write so. */
function enumMember(frame: Frame, value: Abstract): Abstract {
  const object = objectOf(frame, value)
  return (object?.kind === 'list' ? object.items[0] : undefined) ?? value
}

function attributeOfObject(m: Machine, frame: Frame, id: number, name: string, node: Expression): Abstract {
  const object = objectOf(frame, { kind: 'reference', id })
  if (object?.kind === 'dict' && m.language.objectsAreDicts) return readKey(object, constant(name), NONE)
  if (object?.kind === 'list' && m.language.objectsAreDicts && name === 'length' && object.open === undefined)
    return constant(object.items.length)
  if (object?.kind !== 'instance') return unknownValue(`the attribute ${name} is not known`)
  if (isSettings(m, object.info) && !object.attributes.has(name)) {
    const field = settingsField(m, object.info, name)
    if (field) return field
  }
  const found = instanceAttribute(m, frame, id, object, name)
  if (found) {
    if (found.kind === 'function' && found.self && isProperty(found.info) && node.kind !== 'call')
      return m.callValue(frame, found, [], {
        kind: 'call',
        callee: node,
        positional: [],
        keywords: [],
        start: node.start,
        end: node.end,
      })
    return found
  }
  const client = clientOf(m, frame, id)
  if (client) return { kind: 'client-method', client, name }
  if (name === '__class__') return { kind: 'class', info: object.info }
  return missingAttribute(m, object.info, name)
}

/** The client that an object is, when its class derives from one. */
export function clientOf(m: Machine, frame: Frame, id: number): ClientValue | undefined {
  const object = objectOf(frame, { kind: 'reference', id })
  if (object?.kind !== 'instance') return undefined
  const held = instanceAttribute(m, frame, id, object, CLIENT)
  if (held?.kind === 'client') return held
  const derived = lineageOf(m, object.info).outside.some((path) => m.clients.isClient(path))
  return derived ? clientOfClass(object.info) : undefined
}

/** `self` in a class that derives from a client, wherever it is constructed. */
function clientOfClass(info: ClassValue['info']): ClientValue {
  return { kind: 'client', site: { key: `class:${info.path}:${info.qualified}`, chain: [] } }
}
