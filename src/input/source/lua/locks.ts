import { commandsIn, type ScriptCommand, unquoted } from './script.ts'

/** A key that a script writes only where it is free, with what becomes of its time to live. */
export interface ScriptMark {
  readonly command: string
  readonly key: string
  readonly start: number
  readonly end: number
  /** The command that gives it its time to live: in itself, guarded by its success, or whether it succeeded or not; none where nothing does. */
  readonly expiry: 'itself' | 'guarded' | 'always' | 'none'
}

/** The marks that a Lua script sets. */
export function marksIn(script: string): readonly ScriptMark[] {
  const commands = commandsIn(script)
  return commands.flatMap((command, i): ScriptMark[] => {
    const exclusive = command.name === 'SETNX' || (command.name === 'SET' && command.args.some((arg) => isWord(arg, 'NX')))
    const [key] = command.args
    if (!exclusive || key === undefined) return []
    const { start, end } = command
    if (command.args.some((arg) => isWord(arg, 'EX') || isWord(arg, 'PX') || isWord(arg, 'EXAT') || isWord(arg, 'PXAT')))
      return [{ command: command.name.toLowerCase(), key, start, end, expiry: 'itself' }]
    const expire = commands.slice(i + 1).find((one) => /^P?EXPIRE(?:AT)?$/.test(one.name) && one.args[0] === key)
    const expiry = !expire ? 'none' : dependsOn(expire, command) ? 'guarded' : 'always'
    return [{ command: command.name.toLowerCase(), key, start, end, expiry }]
  })
}

function isWord(arg: string, word: string): boolean {
  return unquoted(arg).toUpperCase() === word
}

/** Whether a command runs only under a condition on the other's answer. */
function dependsOn(command: ScriptCommand, other: ScriptCommand): boolean {
  return command.under.some(
    ({ words, calls }) => calls.includes(other.start) || (other.answer !== undefined && words.includes(other.answer)),
  )
}
