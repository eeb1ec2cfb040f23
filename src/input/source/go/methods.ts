import { lookUp } from '../../../text/table.ts'
import { dictMethod as pythonDictMethod } from '../program/evaluate/containers.ts'
import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { textCall } from '../program/evaluate/text-call.ts'
import { type Abstract, dependsOf, NONE, type ParameterValue, unknownValue } from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'

/** A method of a map or struct: confluent-kafka-go's ConfigMap has SetKey and Get. */
export function dictMethod(
  m: Machine,
  frame: Frame,
  target: number | ParameterValue,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  if (name === 'SetKey') return pythonDictMethod(m, frame, target, '__setitem__', args, node)
  if (name === 'Get') return pythonDictMethod(m, frame, target, 'get', args, node)
  return name === 'Validate' ? NONE : unknownValue(`${sourceText(frame, node)} is not known`)
}

/** Slices have no methods. */
export function listMethod(
  _m: Machine,
  frame: Frame,
  _id: number,
  _name: string,
  _args: readonly Argument[],
  node: Call,
): Abstract {
  return unknownValue(`${sourceText(frame, node)} is not known`)
}

const LIKE_TEXT: Readonly<Record<string, string>> = { lower: 'lower', upper: 'upper', strip: 'strip', split: 'split' }

/** A method of a text, number or duration. */
export function textMethod(
  m: Machine,
  frame: Frame,
  object: Abstract,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const text = sourceText(frame, node)
  if (object.kind === 'generated') return { ...object, text }
  if (name === 'String') return object
  const like = lookUp(LIKE_TEXT, name)
  if (like === undefined) return unknownValue(`${text} is not known`, dependsOf(object))
  return textCall(
    m,
    frame,
    object,
    like,
    args.map(({ value }) => value),
    text,
  )
}
