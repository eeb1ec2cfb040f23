import type { KeyExpiry, KeyWrite } from '../../../../model/store.ts'
import { marksIn } from '../../lua/locks.ts'
import { isScript } from '../../lua/script.ts'
import type { Call, Expression } from '../syntax.ts'
import { walk } from '../walk.ts'
import { argument, type Unit, unitsOf } from './calls.ts'
import { type Command, commandOf } from './commands.ts'
import type { RedisDialect } from './dialect.ts'
import { redisNames } from './names.ts'
import { clientTest, released } from './release.ts'
import { place, type RedisSource, textOf } from './source.ts'

/** A command where it takes effect: inlined from a helper, with the helper's parameters replaced by what the caller gives. */
interface Placed {
  readonly command: Command
  readonly key: string
  /** The key is a bare parameter of the function, so its callers decide what it is. */
  readonly open: boolean
}

/** How many helpers deep a sequence of commands is followed inside one module. */
const MAX_DEPTH = 3

/** The dedupe marks, locks and counters of one module, each with what becomes of its time to live. */
export function readRedis(file: RedisSource): readonly KeyWrite[] {
  const units = unitsOf(file.module.body)
  const { dialect } = file
  const redis = redisNames(units, file)
  const isRedis = clientTest(redis, dialect)
  const own = new Map(
    units.map((unit) => [unit, unit.calls.map((call) => commandOf(call, unit, dialect, isRedis)).filter((c) => c !== undefined)]),
  )
  if (![...own.values()].some((commands) => commands.some((c) => c.kind === 'mark' || c.kind === 'counter')))
    return scriptMarks(file)

  const contexts = new Map<Command, KeyExpiry[]>()
  const called = new Set<Unit>()
  const registers = new Set<Command>()
  for (const unit of units) {
    const sequence = sequenceOf(unit, new Map(), own, units, file, 0, called)
    sequence.forEach((placed, i) => {
      if (placed.command.kind !== 'mark' && placed.command.kind !== 'counter') return
      // what is counted up next was only given its first value
      if (
        placed.command.kind === 'mark' &&
        sequence.slice(i + 1).some((p) => p.key === placed.key && p.command.kind === 'counter')
      )
        registers.add(placed.command)
      const expiry = expiryOf(placed, sequence.slice(i + 1), file)
      contexts.set(placed.command, [...(contexts.get(placed.command) ?? []), expiry])
    })
  }
  const elsewhere = keysThatExpire(own, file)
  const ordinals = new Map<string, number>()
  const writes: KeyWrite[] = []
  for (const unit of units) {
    for (const command of own.get(unit) as readonly Command[]) {
      if (command.kind !== 'mark' && command.kind !== 'counter') continue
      const expiry = settle(command, unit, contexts.get(command) ?? [], called.has(unit), elsewhere, own, file)
      const scope = `${unit.owner ? `${unit.owner}.` : ''}${unit.name}`
      // the answers of a pipeline are looked at where it is executed
      const lock = command.spelled === 'lock' || isLock(textOf(command.key, file), scope)
      const answered = !command.unanswered || (lock && command.channel.kind === 'pipeline')
      if (!reportable(command, expiry, answered && !registers.has(command))) continue
      const ordinal = (ordinals.get(scope) ?? 0) + 1
      ordinals.set(scope, ordinal)
      writes.push({
        id: `${file.path}#key:${scope}:${ordinal}`,
        library: dialect.library,
        command: command.spelled,
        purpose: command.kind === 'counter' || !answered ? 'counter' : 'mark',
        key: textOf(command.key, file),
        location: place(command.call, file),
        expiry,
        folder: file.folder,
        isLock: lock,
        ...released(command, unit, own, file),
        confidence: confidenceOf(command, expiry, redis.imported),
      })
    }
  }
  return [...writes, ...scriptMarks(file)]
}

/** Names by which people tell a lock from a mark. */
function isLock(...names: readonly string[]): boolean {
  return names.some((name) => /lock|mutex|semaphore|leader/i.test(name) && !/block|clock/i.test(name))
}

/** Marks that Lua scripts in the module's strings set. */
function scriptMarks(file: RedisSource): readonly KeyWrite[] {
  const writes: KeyWrite[] = []
  walk(file.module, (node) => {
    if (node.kind !== 'string' || !isScript(node.value)) return undefined
    // the text as it stands in the file, so that places in it are places in the file
    const source = file.text.slice(node.start, node.end)
    for (const mark of marksIn(source)) {
      const location = place({ start: node.start + mark.start, end: node.start + mark.end }, file)
      writes.push({
        id: `${file.path}#script:${writes.length + 1}`,
        library: file.dialect.library,
        command: mark.command,
        purpose: 'mark',
        key: mark.key,
        location,
        expiry:
          mark.expiry === 'itself'
            ? { kind: 'with-command', ttl: { kind: 'object', text: 'an argument' }, location }
            : mark.expiry === 'none'
              ? { kind: 'unknown', reason: 'what calls the script may give the key its time to live' }
              : { kind: 'atomic', how: 'Lua', guarded: mark.expiry === 'guarded', location },
        isLock: isLock(source),
        folder: file.folder,
        confidence: 'high',
      })
    }
    return undefined
  })
  return writes
}

/** A unit's commands in order, those of the module's helpers it calls in between, with arguments for parameters. */
function sequenceOf(
  unit: Unit,
  bound: ReadonlyMap<string, string>,
  own: ReadonlyMap<Unit, readonly Command[]>,
  units: readonly Unit[],
  file: RedisSource,
  depth: number,
  called: Set<Unit>,
): readonly Placed[] {
  const commands = new Map((own.get(unit) ?? []).map((c) => [c.call, c]))
  return unit.calls.flatMap((call): readonly Placed[] => {
    const command = commands.get(call)
    if (command) {
      const key = textOf(command.key, file)
      const parameter = unit.parameters.some((p) => p.name === key)
      const placed = { command, key: bound.get(key) ?? key, open: parameter && !bound.has(key) }
      return [placed, ...calledBack(call, bound, own, units, file, depth, called)]
    }
    const helper = depth < MAX_DEPTH ? helperOf(call.callee, unit, units, file.dialect) : undefined
    if (!helper || helper === unit) return calledBack(call, bound, own, units, file, depth, called)
    called.add(helper)
    const parameters = helper.parameters.filter((p) => !file.dialect.self.has(p.name))
    const given = new Map<string, string>()
    parameters.forEach((parameter, i) => {
      const value = argument(call, i, parameter.name)
      if (!value) return
      const text = textOf(value, file)
      given.set(parameter.name, bound.get(text) ?? text)
    })
    return sequenceOf(helper, given, own, units, file, depth + 1, called)
  })
}

/** The commands of a function that is written as an argument of the call: it runs after what it is given to. */
function calledBack(
  call: Call,
  bound: ReadonlyMap<string, string>,
  own: ReadonlyMap<Unit, readonly Command[]>,
  units: readonly Unit[],
  file: RedisSource,
  depth: number,
  called: Set<Unit>,
): readonly Placed[] {
  if (depth >= MAX_DEPTH) return []
  return call.positional.flatMap((given) => {
    const callback = given.kind === 'name' && given.name.includes("'") ? units.find((one) => one.name === given.name) : undefined
    return callback ? sequenceOf(callback, bound, own, units, file, depth + 1, called) : []
  })
}

/** `helper(…)` of the module, or `self.helper(…)` of the same class. */
function helperOf(callee: Expression, unit: Unit, units: readonly Unit[], { self }: RedisDialect): Unit | undefined {
  if (callee.kind === 'name') return units.find((u) => u.owner === undefined && u.name === callee.name)
  if (
    callee.kind === 'attribute' &&
    callee.object.kind === 'name' &&
    (self.has(callee.object.name) || callee.object.name === unit.owner)
  )
    return units.find((u) => u.owner !== undefined && u.owner === unit.owner && u.name === callee.name)
  return undefined
}

/** What the commands after a mark do to its time to live, in one sequence. */
function expiryOf({ command, key, open }: Placed, later: readonly Placed[], file: RedisSource): KeyExpiry {
  const { ttl } = command
  if (ttl?.kind === 'unknown') return { kind: 'unknown', reason: ttl.reason }
  if (ttl) return { kind: 'with-command', ttl, location: place(command.call, file) }
  const next = later.find((p) => p.key === key && (p.command.kind === 'expire' || p.command.kind === 'overwrite'))
  if (next) {
    const { channel } = command
    const location = place(next.command.call, file)
    const together =
      channel.kind === 'pipeline' && next.command.channel.kind === 'pipeline' && channel.name === next.command.channel.name
    if (together && channel.transaction) return { kind: 'atomic', how: 'MULTI', guarded: false, location }
    return { kind: 'separate', command: next.command.spelled, location, pipeline: together }
  }
  if (later.some((p) => p.key === key && p.command.kind === 'deadline')) {
    return { kind: 'unknown', reason: 'the value itself carries a deadline (GETSET)' }
  }
  if (open) return { kind: 'unknown', reason: `the key is the parameter \`${key}\`, and the caller may set its time to live` }
  return { kind: 'none' }
}

/** The verdict over every sequence the command is part of: its own function, and each caller in the module. */
function settle(
  command: Command,
  unit: Unit,
  contexts: readonly KeyExpiry[],
  hasCallers: boolean,
  elsewhere: ReadonlyMap<string, readonly Command[]>,
  own: ReadonlyMap<Unit, readonly Command[]>,
  file: RedisSource,
): KeyExpiry {
  const separate = contexts.find((c) => c.kind === 'separate')
  if (separate) return separate
  const safe = contexts.find((c) => c.kind === 'with-command' || c.kind === 'atomic')
  if (safe) return safe
  const key = textOf(command.key, file)
  const open = isParameter(command, unit, file)
  if (!open && (elsewhere.get(key) ?? []).some((c) => c.call !== command.call)) {
    return { kind: 'unknown', reason: 'another function of this module gives the same key a time to live' }
  }
  // one sequence per caller, and the function's own, where a key that is a parameter stays open
  const unknowns = contexts.filter((c) => c.kind === 'unknown')
  if (open && hasCallers && contexts.some((c) => c.kind === 'none')) return { kind: 'none' }
  // who takes and gives back a lock by one object hardly sets its end by another
  if (open && isLock(key, unit.owner ?? '', unit.name) && released(command, unit, own, file).release) return { kind: 'none' }
  return unknowns[0] ?? { kind: 'none' }
}

/** A parameter names another key in each function, so its name alone joins nothing. */
function isParameter(command: Command, unit: Unit, file: RedisSource): boolean {
  return unit.parameters.some((p) => p.name === textOf(command.key, file))
}

function keysThatExpire(own: ReadonlyMap<Unit, readonly Command[]>, file: RedisSource): ReadonlyMap<string, readonly Command[]> {
  const byKey = new Map<string, Command[]>()
  for (const [unit, commands] of own)
    for (const command of commands)
      if (
        !isParameter(command, unit, file) &&
        (command.kind === 'expire' || command.kind === 'overwrite' || command.kind === 'deadline')
      ) {
        const key = textOf(command.key, file)
        byKey.set(key, [...(byKey.get(key) ?? []), command])
      }
  return byKey
}

/** A counter matters only when it is meant to expire; an NX write nobody looks at only when an EXPIRE follows (it is no mark then). */
function reportable(command: Command, expiry: KeyExpiry, answered: boolean): boolean {
  if (command.kind === 'counter' || !answered) return expiry.kind === 'separate'
  return true
}

function confidenceOf(command: Command, expiry: KeyExpiry, importsRedis: boolean): KeyWrite['confidence'] {
  // a hash field set if absent is as often a register as it is a mark
  if (command.spelled.toLowerCase() === 'hsetnx' && expiry.kind === 'none') return 'low'
  if (command.ambiguous) return importsRedis || expiry.kind === 'separate' ? 'medium' : 'low'
  return importsRedis ? 'high' : 'medium'
}
