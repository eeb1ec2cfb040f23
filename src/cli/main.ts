import { TOOL } from '../engine/tool.ts'
import type { Io } from './io.ts'

export type { Io } from './io.ts'

/** Runs one command line and answers with the exit code. Writes only through `io`, never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // scripts ask this often: answered before the option parser is loaded
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout(`${TOOL.version}\n`)
    return 0
  }
  const { runProgram } = await import('./program.ts')
  return runProgram(argv, io)
}
