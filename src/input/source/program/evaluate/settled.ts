import { lineageOf } from './classes.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { objectOf } from './heap.ts'
import { ownOf } from './store.ts'
import { type Abstract, dependsOf, type FunctionValue, optionsOf, unknownValue } from './value.ts'

/** A dict or client that the function may change or use. */
export function isMutable(frame: Frame, value: Abstract): boolean {
  if (value.kind === 'client' || value.kind === 'client-method') return true
  return objectOf(frame, value)?.kind === 'dict'
}

/**
 * What a call gives, when following it would tell nothing that evaluating the function from outside does not: it is given no client and no dict,
 * leaves nothing behind, makes no client that its callers have a say in, and gives something plain, or nothing that is read.
 */
export function settledResult(
  m: Machine,
  frame: Frame,
  callee: FunctionValue,
  args: readonly Argument[],
  discarded: boolean,
): Abstract | undefined {
  const { info, self } = callee
  // A constructor leaves what it assigns.
  if (callee.closure || info.name === '__init__' || !m.slices.isRelevant(info) || args.some((arg) => isMutable(frame, arg.value)))
    return undefined
  if (info.cls && (!self || m.slices.changesSelf(info) || !ownsItsClients(m, frame, self))) return undefined
  const summary = m.knownSummary(info)
  if (!summary || ownOf(summary.flow.globals).size > 0) return undefined
  if (summary.run.uses.some(({ topics }) => topics?.kind === 'unknown' && topics.open)) return undefined
  const open = summary.run.events.some(
    ({ options }) => options.settings.some((one) => one.depends.length > 0) || options.gaps.some((gap) => gap.depends.length > 0),
  )
  if (open) return undefined
  if (discarded) return unknownValue('nothing reads it')
  const { value } = summary
  return PLAIN.has(value.kind) && dependsOf(value).length === 0 ? value : undefined
}

const PLAIN = new Set(['constant', 'environment', 'unknown', 'external', 'opaque', 'generated'])

/** True for an object that makes the clients it holds itself: its class then tells all about them. */
function ownsItsClients(m: Machine, frame: Frame, self: Abstract): boolean {
  const object = objectOf(frame, self)
  if (object?.kind !== 'instance') return false
  if (object.symbolic) return true
  const { classes } = lineageOf(m, object.info)
  return [...object.attributes.values()].every((value) =>
    optionsOf(value).every((option) => {
      if (option.kind === 'client') {
        const maker = option.site.chain.at(-1)?.callee.cls
        return maker !== undefined && classes.includes(maker)
      }
      const held = objectOf(frame, option)
      return held?.kind !== 'instance' || [...held.attributes.values()].every((inner) => inner.kind !== 'client')
    }),
  )
}
