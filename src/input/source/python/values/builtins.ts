import { attributeOf } from '../../program/evaluate/attributes.ts'
import { emptyDict, fillDict } from '../../program/evaluate/containers.ts'
import { instanceDict } from '../../program/evaluate/copy.ts'
import type { Argument, Frame, Machine } from '../../program/evaluate/frame.ts'
import { here, newList, objectOf } from '../../program/evaluate/heap.ts'
import { iterated } from '../../program/evaluate/iteration.ts'
import { concatenated, toBoolean, toNumber } from '../../program/evaluate/operators.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { assignTo } from '../../program/evaluate/targets.ts'
import { heldClients } from '../../program/evaluate/uses.ts'
import { type Abstract, constant, dependsOf, joinValues, NONE, optionsOf, unknownValue } from '../../program/evaluate/value.ts'
import type { Call } from '../../program/syntax.ts'

/** A call of one of Python's built-in functions; undefined when it is treated as any other. */
export function builtinCall(m: Machine, frame: Frame, name: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const text = sourceText(frame, node)
  const first = args[0]?.value
  switch (name) {
    case 'dict': {
      const reference = emptyDict(m, frame, node)
      fillDict(m, frame, reference.id, args, node)
      return reference
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'frozenset':
    case 'sorted':
    case 'reversed': {
      if (!first) return newList(m, frame, [], name === 'tuple')
      const { items, open } = iterated(m, frame, first)
      return newList(m, frame, items, name === 'tuple', open)
    }
    case 'enumerate': {
      if (!first) return undefined
      const { items, open } = iterated(m, frame, first)
      return newList(
        m,
        frame,
        items.map((item, i) => newList(m, frame, [constant(i), item], true)),
        false,
        open,
      )
    }
    case 'zip': {
      const lists = args.map((arg) => iterated(m, frame, arg.value))
      const length = Math.min(...lists.map((list) => list.items.length))
      const open = lists.find((list) => list.open !== undefined)?.open
      const rows = Number.isFinite(length) ? length : 0
      return newList(
        m,
        frame,
        Array.from({ length: rows }, (_, i) =>
          newList(
            m,
            frame,
            lists.map((list) => list.items[i] as Abstract),
            true,
          ),
        ),
        false,
        open,
      )
    }
    case 'range': {
      const bounds = args.map((arg) => (arg.value.kind === 'constant' ? arg.value.value : undefined))
      const [from, to] = bounds.length === 1 ? [0, bounds[0]] : bounds
      if (typeof from !== 'number' || typeof to !== 'number' || to - from > 16 || bounds.length > 2)
        return newList(m, frame, [], false, 'a range')
      return newList(
        m,
        frame,
        Array.from({ length: Math.max(0, to - from) }, (_, i) => constant(from + i)),
        false,
      )
    }
    case 'str':
      return first ? (first.kind === 'environment' ? first : concatenated([first], text)) : constant('')
    case 'int':
    case 'float':
      return first ? toNumber(first, name === 'float', text) : constant(0)
    case 'bool':
      return first ? toBoolean(first, false, text) : constant(false)
    case 'len': {
      const held = first && objectOf(frame, first)
      if (held?.kind === 'list' && held.open === undefined) return constant(held.items.length)
      return unknownValue(`${text} is not known`, dependsOf(first))
    }
    case 'getattr': {
      const [object, attribute, fallback] = args.map((arg) => arg.value)
      if (!object || attribute?.kind !== 'constant' || typeof attribute.value !== 'string') return unknownOf(args, text)
      const found = attributeOf(m, frame, object, attribute.value, node)
      if (fallback && (found.kind === 'unknown' || found.kind === 'external')) return joinValues([found, fallback])
      return found
    }
    case 'setattr': {
      const [object, attribute, value] = args
      if (!object || !value || attribute?.value.kind !== 'constant' || typeof attribute.value.value !== 'string') return NONE
      const target = node.positional[0]
      if (target)
        assignTo(
          m,
          frame,
          { kind: 'attribute', object: target, name: attribute.value.value, start: node.start, end: node.end },
          value.value,
          here(frame, node),
        )
      return NONE
    }
    case 'vars': {
      const held = first && objectOf(frame, first)
      if (held?.kind !== 'instance' || held.symbolic) return unknownOf(args, text)
      return instanceDict(m, frame, held.attributes, node)
    }
    case 'isinstance':
    case 'issubclass':
    case 'hasattr':
    case 'callable':
      return unknownValue(`${text} is not known`, dependsOf(first))
    case 'type': {
      const held = first && objectOf(frame, first)
      return held?.kind === 'instance' ? { kind: 'class', info: held.info } : unknownOf(args, text)
    }
    case 'next':
    case 'iter': {
      if (!first) return undefined
      const clients = heldClients(frame, first)
      if (clients.length > 0) {
        for (const client of clients) m.clients.method(m, frame, client, name === 'next' ? '__next__' : '__iter__', [], node)
        return name === 'iter' ? first : unknownValue('a message')
      }
      const { items, open } = iterated(m, frame, first)
      if (name === 'iter') return first
      return open === undefined && items[0] ? items[0] : unknownValue(`${text} is not known`)
    }
    case 'print':
    case 'id':
    case 'repr':
    case 'hash':
    case 'format':
    case 'input':
    case 'open':
    case 'sum':
    case 'abs':
    case 'round':
    case 'ord':
    case 'chr':
      if (first?.kind === 'generated') return { ...first, text }
      return unknownOf(args, text)
    case 'min':
    case 'max':
    case 'any':
    case 'all':
      return minMax(name, args) ?? unknownOf(args, text)
    case 'exit':
    case 'quit':
      frame.flow.dead = true
      return NONE
    case 'object':
      return { kind: 'opaque', text: 'object()' }
    default:
      return undefined
  }
}

function minMax(name: string, args: readonly Argument[]): Abstract | undefined {
  if (name !== 'min' && name !== 'max') return undefined
  const numbers = args.map((arg) =>
    arg.value.kind === 'constant' && typeof arg.value.value === 'number' ? arg.value.value : undefined,
  )
  if (numbers.length < 2 || numbers.some((number) => number === undefined)) return undefined
  return constant(Math[name](...(numbers as number[])))
}

function unknownOf(args: readonly Argument[], text: string): Abstract {
  return unknownValue(
    `${text} is not known`,
    args.flatMap((arg) => optionsOf(arg.value).flatMap(dependsOf)),
  )
}
