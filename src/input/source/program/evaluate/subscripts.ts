import type { Subscript } from '../syntax.ts'
import { readKeyed } from './containers.ts'
import type { Frame, Machine } from './frame.ts'
import { keyNames, newList, objectOf } from './heap.ts'
import { sourceText } from './source.ts'
import { type Abstract, dependsOf, joinValues, unknownValue } from './value.ts'

export function subscript(m: Machine, frame: Frame, node: Subscript): Abstract {
  const object = m.evaluate(frame, node.object)
  const index = node.index.kind === 'slice' ? undefined : m.evaluate(frame, node.index)
  return subscripted(m, frame, object, index, node)
}

function subscripted(m: Machine, frame: Frame, object: Abstract, index: Abstract | undefined, node: Subscript): Abstract {
  const source = sourceText(frame, node)
  switch (object.kind) {
    case 'generated':
      return { ...object, text: source }
    case 'external': {
      const known =
        index?.kind === 'constant' && typeof index.value === 'string'
          ? m.language.knownAttribute(m, frame, object.path, index.value)
          : undefined
      if (known) return known
      if (object.path === 'os.environ' && index?.kind === 'constant' && typeof index.value === 'string')
        return { kind: 'environment', variable: index.value }
      // `Generic[T]` and the like stand for the class itself.
      return { kind: 'external', path: object.path === 'os.environ' ? 'os.environ[]' : object.path }
    }
    case 'class':
      return object
    case 'choice':
      return joinValues(
        object.options
          .filter((option) => !(option.kind === 'constant' && option.value === null))
          .map((option) => subscripted(m, frame, option, index, node)),
        object.depends,
      )
    case 'parameter':
      return unknownValue(`the caller decides ${source}`, [object.info])
    case 'unknown':
      return unknownValue(object.reason, object.depends)
    case 'reference': {
      const held = objectOf(frame, object)
      if (held?.kind === 'dict' && index) {
        const missing = unknownValue(`${keyNames(index)?.join(' or ') ?? 'the key'} is not in the dict`)
        return readKeyed(held, index, missing, source)
      }
      if (held?.kind === 'list' && index?.kind === 'constant' && typeof index.value === 'number' && held.open === undefined)
        return held.items.at(index.value) ?? unknownValue('the index is out of range')
      if (held?.kind === 'list' && !index) return newList(m, frame, held.items, held.tuple, 'a slice')
      return unknownValue(`${source} is not known`)
    }
    default:
      return unknownValue(`${source} is not known`, dependsOf(object))
  }
}
