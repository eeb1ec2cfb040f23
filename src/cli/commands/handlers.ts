import { join } from 'node:path'
import { factsFor } from '../../audit.ts'
import { handlerList } from '../../output/handler-list.ts'
import { stringifyVisibly, visible } from '../../text/control.ts'
import { type ColorChoice, colorLevel, styleFor } from '../../text/style.ts'
import type { Io } from '../io.ts'
import { relativePath, targetsOf } from '../paths.ts'
import { auditOptions, type InputFlags } from './audit.ts'

export interface HandlersFlags extends InputFlags {
  readonly format: 'text' | 'json'
  readonly color: ColorChoice
}

/** `semcheck handlers`: what each consumer was understood to do between receiving and committing. */
export async function handlersCommand(paths: readonly string[], flags: HandlersFlags, io: Io): Promise<void> {
  const targets = targetsOf(paths, io.cwd)
  const { handlers, clients } = await factsFor(await auditOptions(targets, flags, io))
  if (flags.format === 'json') {
    io.stdout(`${stringifyVisibly(handlers, 2)}\n`)
    return
  }
  const style = await styleFor(colorLevel(flags.color, io.env, io.isTTY))
  const fromHere = (path: string) => relativePath(io.cwd, join(targets.root, path)) || '.'
  const names = new Map(clients.map(({ id, name }) => [id, name]))
  const without = clients.filter(
    ({ id, role }) => role === 'consumer' && !handlers.some(({ consumers }) => consumers.includes(id)),
  )
  const missing = without.map(
    ({ name, location }) =>
      `${style.bold(visible(name))}  ${style.dim(`${visible(fromHere(location.path))}:${location.line}`)}\n  no loop was found in which it receives\n`,
  )
  const text = [handlerList(handlers, { style, fromHere, names }), ...missing].filter((part) => part !== '').join('\n')
  io.stdout(text === '' ? 'No consumers found.\n' : text)
}
