import type { Argument, Frame, Machine } from '../../program/evaluate/frame.ts'
import { iterated } from '../../program/evaluate/iteration.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { formatted, joinedBy } from '../../program/evaluate/strings.ts'
import { textCall } from '../../program/evaluate/text-call.ts'
import { type Abstract, dependsOf, settle, unknownValue } from '../../program/evaluate/value.ts'
import type { Call } from '../../program/syntax.ts'

/** A method of a string, or of a value that the environment gives. */
export function textMethod(
  m: Machine,
  frame: Frame,
  object: Abstract,
  name: string,
  args: readonly Argument[],
  node: Call,
): Abstract {
  const text = sourceText(frame, node)
  const values = args.map((arg) => arg.value)
  if (object.kind === 'generated') return { ...object, text }
  if (name === 'format') {
    const named = new Map(args.filter((arg) => arg.name !== undefined).map((arg) => [arg.name as string, arg.value]))
    const positional = args.filter((arg) => arg.name === undefined && !arg.spread).map((arg) => arg.value)
    return formatted(object, positional, named, false, text)
  }
  if (name === 'join' && values[0]?.kind === 'environment' && values[0].fallback) {
    const { items, open } = iterated(m, frame, values[0].fallback)
    if (open === undefined)
      return {
        ...values[0],
        fallback: joinedBy(
          object,
          items.map((item) => settle(frame, item)),
          text,
        ),
      }
  }
  if (name === 'join' && values[0]) {
    const { items, open } = iterated(m, frame, values[0])
    return open === undefined
      ? joinedBy(
          object,
          items.map((item) => settle(frame, item)),
          text,
        )
      : unknownValue(`${text} is not known`, dependsOf(values[0]))
  }
  return textCall(m, frame, object, name, values, text)
}
