import type { Call } from '../syntax.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { releaseArguments } from './release.ts'
import { escapes } from './uses.ts'
import { type Abstract, optionsOf, settle } from './value.ts'

/** A call of something outside the project, by its dotted path. */
export function externalCall(m: Machine, frame: Frame, path: string, given: readonly Argument[], node: Call): Abstract {
  const client = m.clients.construct(m, frame, path, given, node)
  if (client) return client
  // What is only handed on to something unknown stays as it is.
  const args = m.language.readsArguments(path) ? given.map((arg) => ({ ...arg, value: settle(frame, arg.value) })) : given
  const known = m.language.knownCall(m, frame, path, args, node)
  if (known) return known
  if (m.language.isHarmless(path)) noteMethods(frame, args)
  else releaseArguments(m, frame, args, node)
  return { kind: 'external', path: path.length > 200 ? 'an unknown object' : `${path}()` }
}

/** A client's method that is handed over is called, whatever else happens: `atexit.register(producer.flush)`. */
function noteMethods(frame: Frame, args: readonly Argument[]): void {
  for (const { value, location } of args)
    for (const option of optionsOf(value))
      if (option.kind === 'client-method') escapes(frame, option, 'it is handed over', location)
}
