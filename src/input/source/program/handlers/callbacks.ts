import { meaningOf } from '../../../../knowledge/clients/method-meanings.ts'
import type { DeclaredClient } from '../../../../model/client.ts'
import { locate } from '../../../../model/location.ts'
import type { ModuleFile, Modules } from '../evaluate/modules.ts'
import type { FunctionInfo } from '../evaluate/symbols.ts'
import type { Call, Dict, Expression, Statement } from '../syntax.ts'
import { walk } from '../walk.ts'
import { placeKey } from './context.ts'
import { functionOf } from './scope.ts'

/** A function that a client calls with what it receives. */
export interface Callback {
  readonly client: DeclaredClient
  readonly file: ModuleFile
  readonly info: FunctionInfo
  /** The name it is given under: `eachMessage`. */
  readonly name: string
  readonly hands: 'one' | 'several'
  /** The function that hands it over. */
  readonly around?: FunctionInfo
}

/** The functions that consumers are given to call, in the order of the clients. */
export function callbacksOf(modules: Modules, consumers: readonly DeclaredClient[]): readonly Callback[] {
  return consumers.flatMap((client) =>
    client.calls.flatMap(({ method, location }): Callback[] => {
      const meaning = meaningOf(client.libraries[0] ?? '', 'consumer', method)
      const file = meaning?.kind === 'runs' || meaning?.kind === 'listens' ? modules.load(location.path) : undefined
      const found = file && callAt(file, placeKey(location))
      if (!file || !found) return []
      const scope = { file, ...(found.around ? { info: found.around } : {}) }
      const called = (name: string, value: Expression, hands: 'one' | 'several'): Callback[] => {
        const info = functionOf(modules, scope, bound(value))
        const own = info && modules.load(info.path)
        return info && own ? [{ client, file: own, info, name, hands, ...(found.around ? { around: found.around } : {}) }] : []
      }
      if (meaning?.kind === 'listens') {
        const [event, listener] = found.call.positional
        return event?.kind === 'string' && meaning.events.includes(event.value) && listener
          ? called(event.value, listener, meaning.hands)
          : []
      }
      if (meaning?.kind !== 'runs') return []
      const options = dictOf(file, found.around, found.call.positional[0])
      return (options?.entries ?? []).flatMap(({ key, value }): Callback[] => {
        const name = key?.kind === 'string' ? key.value : undefined
        const hands = name === undefined || !Object.hasOwn(meaning.callbacks, name) ? undefined : meaning.callbacks[name]
        return name === undefined || !hands ? [] : called(name, value, hands)
      })
    }),
  )
}

/** Functions that a framework calls because of what is written above them. */
export function decoratedOf(modules: Modules, consumers: readonly DeclaredClient[]): readonly Callback[] {
  return consumers.flatMap((client) => {
    const file = client.provisional ? modules.load(client.location.path) : undefined
    const key = placeKey(client.location)
    const info = file?.symbols.functions.find(({ node }) =>
      node.decorators.some((decorator) => placeKey(locate(file.path, file.lines, decorator)) === key),
    )
    if (!file || !info) return []
    const first = info.node.parameters.find((_, i) => !(info.cls && i === 0))
    const type = first?.annotation?.kind === 'name' ? first.annotation.name : ''
    return [
      {
        client,
        file,
        info,
        name: 'listener',
        hands: type === 'List' || type === 'ConsumerRecords' ? ('several' as const) : ('one' as const),
      },
    ]
  })
}

/** `this.handle.bind(this)` is `this.handle`. */
function bound(value: Expression): Expression {
  return value.kind === 'call' && value.callee.kind === 'attribute' && value.callee.name === 'bind' ? value.callee.object : value
}

function callAt(file: ModuleFile, key: string): { call: Call; around?: FunctionInfo } | undefined {
  let found: Call | undefined
  walk(file.syntax, (node) => {
    if (node.kind === 'call' && placeKey(locate(file.path, file.lines, node)) === key) found ??= node
    return found === undefined
  })
  if (!found) return undefined
  const call = found
  const around = file.symbols.functions.filter(({ node }) => node.start <= call.start && call.end <= node.end).at(-1)
  return { call, ...(around ? { around } : {}) }
}

/** The options as they are written: in the call, or under a name that is given them once. */
function dictOf(file: ModuleFile, around: FunctionInfo | undefined, given: Expression | undefined): Dict | undefined {
  if (given?.kind === 'dict') return given
  if (given?.kind !== 'name') return undefined
  const { name } = given
  const bodies: readonly (readonly Statement[])[] = [around?.node.body ?? [], file.syntax.body]
  for (const body of bodies) {
    let found: Expression | undefined
    for (const statement of body)
      walk(statement, (node) => {
        if (node.kind === 'assign' && node.targets.some((target) => target.kind === 'name' && target.name === name))
          found ??= node.value
        return found === undefined
      })
    if (found) return found.kind === 'dict' ? found : undefined
  }
  return undefined
}
