import type { KeyWrite } from '../../../../model/store.ts'
import type { Expression } from '../syntax.ts'
import { dotted, rootOf, type Unit, unitsOf } from './calls.ts'
import { type Command, commandOf } from './commands.ts'
import type { RedisDialect } from './dialect.ts'
import { type RedisNames, redisNames } from './names.ts'
import { place, type RedisSource, textOf } from './source.ts'

/** Whether an expression provably is a Redis client of a module, or provably is none. */
export function clientTest(
  { provable, others }: RedisNames,
  dialect: RedisDialect,
): (expression: Expression) => boolean | undefined {
  return (expression) => {
    const name = dotted(rootOf(expression, dialect))
    if (name === undefined) return undefined
    if (provable.has(name)) return true
    return others.has(name.replace(/^this\./, '')) ? false : undefined
  }
}

/** Where the key is deleted again: in the same function, in another of the same class, or in a class that it derives from. */
export function released(
  command: Command,
  unit: Unit,
  own: ReadonlyMap<Unit, readonly Command[]>,
  file: RedisSource,
): Pick<KeyWrite, 'release'> {
  const here = releasedIn(command, unit, own, file)
  if (here.release || unit.owner === undefined) return here
  for (const base of file.bases?.get(unit.owner) ?? []) {
    // only the names of its parameters are shared
    const units = unitsOf(base.source.module.body)
    const { dialect } = base.source
    const isRedis = clientTest(redisNames(units, base.source), dialect)
    const commands = (one: Unit) => one.calls.flatMap((call) => commandOf(call, one, dialect, isRedis) ?? [])
    const theirs = new Map(
      units.filter(({ owner }) => owner === base.name).map((one) => [{ ...one, owner: unit.owner as string }, commands(one)]),
    )
    const found = releasedIn(command, unit, theirs, base.source, textOf(command.key, file))
    if (found.release) return found
  }
  return {}
}

function releasedIn(
  command: Command,
  unit: Unit,
  own: ReadonlyMap<Unit, readonly Command[]>,
  file: RedisSource,
  key = textOf(command.key, file),
): Pick<KeyWrite, 'release'> {
  if (command.kind !== 'mark' || command.spelled === 'lock') return {}
  for (const [other, commands] of own) {
    if (other !== unit && (unit.owner === undefined || other.owner !== unit.owner)) continue
    const deletes = commands.find((one) => one.kind === 'delete' && textOf(one.key, file) === key)
    if (!deletes) continue
    // whoever reads the key first looks who holds it
    const checked = commands.some(
      (one) => one.kind === 'read' && textOf(one.key, file) === key && one.call.start < deletes.call.start,
    )
    return { release: { command: deletes.spelled, checked, location: place(deletes.call, file) } }
  }
  return {}
}
