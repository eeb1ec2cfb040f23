import type { Call, Expression } from '../syntax.ts'
import { evaluateArguments } from './arguments.ts'
import { clientOf } from './attributes.ts'
import { lineageOf, methodOf, setAttribute } from './classes.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { objectOf } from './heap.ts'
import { CLIENT } from './uses.ts'
import { type Abstract, unknownValue } from './value.ts'

/** `super().method(…)`: the next method in the line of bases, or the client that the class derives from. */
export function superCall(
  m: Machine,
  frame: Frame,
  callee: Extract<Expression, { kind: 'attribute' }>,
  node: Call,
): Abstract | undefined {
  const explicit = explicitBase(m, frame, callee, node)
  if (explicit) return explicit
  if (callee.object.kind !== 'call' || callee.object.callee.kind !== 'name' || callee.object.callee.name !== 'super')
    return undefined
  const cls = methodFrame(frame)?.info?.cls
  const { self } = methodFrame(frame) ?? {}
  if (!cls || !self) return undefined
  return callBase(m, frame, cls, self, callee.name, evaluateArguments(m, frame, node), node)
}

/** `KafkaConsumer.__init__(self, …)`, the older way to call a base. */
function explicitBase(
  m: Machine,
  frame: Frame,
  callee: Extract<Expression, { kind: 'attribute' }>,
  node: Call,
): Abstract | undefined {
  if (callee.name !== '__init__' || node.positional[0]?.kind !== 'name') return undefined
  const { self, info } = methodFrame(frame) ?? {}
  if (!self || !info?.cls || info.node.parameters[0]?.name !== node.positional[0].name) return undefined
  const base = m.evaluate(frame, callee.object)
  const args = evaluateArguments(m, frame, node).slice(1)
  if (base.kind === 'class') {
    const init = methodOf(m, base.info, '__init__')
    return init ? m.callValue(frame, { kind: 'function', info: init, self }, args, node) : unknownValue('a base without __init__')
  }
  return base.kind === 'external' ? constructBase(m, frame, info.cls, self, base.path, args, node) : undefined
}

function methodFrame(frame: Frame): Frame | undefined {
  for (let at: Frame | undefined = frame; at; at = at.parent) if (at.self) return at
  return undefined
}

function callBase(
  m: Machine,
  frame: Frame,
  cls: NonNullable<NonNullable<Frame['info']>['cls']>,
  self: Abstract,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const object = objectOf(frame, self)
  const runtime = object?.kind === 'instance' ? object.info : cls
  const method = methodOf(m, runtime, name, cls)
  if (method) return m.callValue(frame, { kind: 'function', info: method, self }, args, node)
  // A mixin's super() is the next class of the object's own line, which may be a client.
  const { outside } = lineageOf(m, runtime)
  if (name === '__init__') {
    const base = outside.find((path) => m.clients.isClient(path))
    return base === undefined
      ? unknownValue('a base outside the project')
      : constructBase(m, frame, runtime, self, base, args, node)
  }
  const client = self.kind === 'reference' ? clientOf(m, frame, self.id) : undefined
  if (client) return m.clients.method(m, frame, client, name, args, node)
  return unknownValue(`${outside[0] ?? cls.name}.${name} is outside the project`)
}

function constructBase(
  m: Machine,
  frame: Frame,
  cls: NonNullable<NonNullable<Frame['info']>['cls']>,
  self: Abstract,
  base: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const client = m.clients.construct(m, frame, base, args, node, [`class:${cls.path}:${cls.qualified}`])
  const object = objectOf(frame, self)
  if (client && self.kind === 'reference' && object?.kind === 'instance') setAttribute(frame, self.id, object, CLIENT, client)
  return client ?? unknownValue(`${base} is outside the project`)
}
