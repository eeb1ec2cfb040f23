import type { Location } from '../../../../model/location.ts'
import type { Attribute, BoolOp, Compare, Dict, Expression, FString } from '../syntax.ts'
import { attributeOf } from './attributes.ts'
import { evaluateCall } from './calls.ts'
import { comprehension } from './comprehension.ts'
import type { Frame, Machine } from './frame.ts'
import { dictView, here, newDict, newList, objectOf, setKeys, spreadInto, truthIn } from './heap.ts'
import { iterated } from './iteration.ts'
import { defer, lookup } from './names.ts'
import { arithmetic, coalesced, compared, concatenated, either, negated, negative } from './operators.ts'
import { sourceText } from './source.ts'
import { formatted } from './strings.ts'
import { subscript } from './subscripts.ts'
import { assignTo } from './targets.ts'
import { type Abstract, constant, dependsOf, joinValues, NONE, settle, unknownValue } from './value.ts'

/** What is known of an expression's value. Calls in it take effect. */
export function evaluateExpression(m: Machine, frame: Frame, node: Expression): Abstract {
  switch (node.kind) {
    case 'string':
      return constant(node.value)
    case 'bytes':
      return { kind: 'constant', value: node.text, bytes: true }
    case 'number':
      return node.float ? { kind: 'constant', value: node.value, float: true } : constant(node.value)
    case 'boolean':
      return constant(node.value)
    case 'none':
      return NONE
    case 'ellipsis':
      return { kind: 'opaque', text: '...' }
    case 'fstring':
      return fstring(m, frame, node)
    case 'name':
      return lookup(m, frame, node)
    case 'attribute':
      return attribute(m, frame, node)
    case 'call':
      return evaluateCall(m, frame, node)
    case 'dict':
      return dict(m, frame, node)
    case 'list':
    case 'tuple':
    case 'set':
      return sequence(m, frame, node.items, node.kind === 'tuple')
    case 'subscript':
      return subscript(m, frame, node)
    case 'binary':
      return binary(m, frame, node.operator, m.evaluate(frame, node.left), m.evaluate(frame, node.right), node)
    case 'bool':
      return boolean(m, frame, node)
    case 'unary': {
      const operand = m.evaluate(frame, node.operand)
      if (node.operator === 'not') return negated(operand, sourceText(frame, node), truthIn(frame, operand))
      return node.operator === '-' ? negative(operand, sourceText(frame, node)) : operand
    }
    case 'compare':
      return compare(m, frame, node)
    case 'conditional': {
      const test = m.evaluate(frame, node.test)
      const truth = truthIn(frame, test)
      if (truth !== undefined) return m.evaluate(frame, truth ? node.then : node.otherwise)
      return joinValues([m.evaluate(frame, node.then), m.evaluate(frame, node.otherwise)], dependsOf(test))
    }
    case 'lambda':
      return { kind: 'opaque', text: sourceText(frame, node), lambda: { node, frame } }
    case 'comprehension':
      return comprehension(m, frame, node)
    case 'await':
    case 'starred':
      return m.evaluate(frame, node.value)
    case 'yield': {
      const value = node.value ? m.evaluate(frame, node.value) : NONE
      frame.yields.push(value)
      return unknownValue('it is sent into a generator')
    }
    case 'walrus': {
      const value = m.evaluate(frame, node.value)
      assignTo(m, frame, node.target, value, here(frame, node))
      return value
    }
    case 'slice':
      for (const part of node.parts) m.evaluate(frame, part)
      return unknownValue('a slice')
    case 'unknown':
      return unknownValue('it could not be read')
  }
}

function attribute(m: Machine, frame: Frame, node: Attribute): Abstract {
  const object = m.evaluateLazily(frame, node.object)
  if (object.kind === 'deferred' && !m.slices.isRelevantName(frame.module.path, node.name))
    return defer(m, frame, (asking) => attributeOf(m, asking, settle(asking, object), node.name, node))
  return attributeOf(m, frame, settle(frame, object), node.name, node)
}

export function boolean(m: Machine, frame: Frame, node: BoolOp): Abstract {
  const left = m.evaluate(frame, node.left)
  if (node.operator === 'coalesce') return coalesced(left, () => m.evaluate(frame, node.right))
  return either(node.operator, left, () => m.evaluate(frame, node.right), truthIn(frame, left))
}

function fstring(m: Machine, frame: Frame, node: FString): Abstract {
  const parts = node.parts.map((part) => {
    if (typeof part === 'string') return constant(part)
    const value = m.evaluate(frame, part.value)
    const plain = !part.formatted || value.kind === 'generated'
    return plain ? value : unknownValue(`${sourceText(frame, part)} is not known`, dependsOf(value))
  })
  return concatenated(parts, sourceText(frame, node), m.language.spell)
}

export function dict(m: Machine, frame: Frame, node: Dict): Abstract {
  const reference = newDict(m, frame, node)
  let plain: { key: Abstract; value: Abstract; location: Location }[] = []
  const flush = () => {
    setKeys(m, frame, reference.id, plain)
    plain = []
  }
  for (const entry of node.entries) {
    const location = here(frame, entry)
    if (entry.key) {
      const value = m.evaluateLazily(frame, entry.value)
      plain.push({ key: m.evaluate(frame, entry.key), value, location })
      continue
    }
    const value = m.evaluate(frame, entry.value)
    flush()
    spreadInto(m, frame, reference.id, value, location, sourceText(frame, entry))
  }
  flush()
  return reference
}

function sequence(m: Machine, frame: Frame, nodes: readonly Expression[], tuple: boolean): Abstract {
  const items: Abstract[] = []
  let open: string | undefined
  for (const node of nodes) {
    const value = node.kind === 'starred' ? m.evaluate(frame, node) : m.evaluateLazily(frame, node)
    if (node.kind !== 'starred') items.push(value)
    else {
      const inner = iterated(m, frame, value)
      items.push(...inner.items)
      open ??= inner.open
    }
  }
  return newList(m, frame, items, tuple, open)
}

export function binary(
  m: Machine,
  frame: Frame,
  operator: string,
  left: Abstract,
  right: Abstract,
  node: { start: number; end: number },
): Abstract {
  const text = sourceText(frame, node)
  if (operator === '|' && (dictView(m, frame, left) || dictView(m, frame, right))) {
    const reference = newDict(m, frame, node)
    spreadInto(m, frame, reference.id, left, here(frame, node), text)
    spreadInto(m, frame, reference.id, right, here(frame, node), text)
    return reference
  }
  const lists = [objectOf(frame, left), objectOf(frame, right)]
  if (operator === '+' && (lists[0]?.kind === 'list' || lists[1]?.kind === 'list')) {
    const [a, b] = [iterated(m, frame, left), iterated(m, frame, right)]
    return newList(m, frame, [...a.items, ...b.items], lists[0]?.kind === 'list' && lists[0].tuple, a.open ?? b.open)
  }
  if (operator === '%' && left.kind === 'constant' && typeof left.value === 'string') {
    const held = objectOf(frame, right)
    if (held?.kind === 'dict') {
      const named = new Map([...held.entries].map(([key, entry]) => [key, settle(frame, entry.value)]))
      return formatted(left, [], named, true, text)
    }
    const parts = held?.kind === 'list' ? held.items.map((item) => settle(frame, item)) : [right]
    return formatted(left, parts, new Map(), true, text)
  }
  if (operator === '+' && [left, right].some((side) => side.kind !== 'constant' || typeof side.value === 'string'))
    return concatenated([left, right], text, m.language.spell)
  return arithmetic(operator, left, right, text)
}

function compare(m: Machine, frame: Frame, node: Compare): Abstract {
  const left = m.evaluate(frame, node.left)
  const right = m.evaluate(frame, node.right)
  const held = objectOf(frame, right)
  const members = held?.kind === 'list' && held.open === undefined ? held.items.map((item) => settle(frame, item)) : undefined
  if (held?.kind === 'dict' && left.kind === 'constant' && (node.operator === 'in' || node.operator === 'not in')) {
    const entry = held.entries.get(String(left.value))
    if (entry && !entry.maybe) return constant(node.operator === 'in')
    if (!entry && held.gaps.length === 0) return constant(node.operator !== 'in')
  }
  return compared(node.operator, left, right, members, sourceText(frame, node))
}
