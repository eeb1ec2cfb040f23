/** Everything the command line takes from, and gives to, the process around it. */
export interface Io {
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** Whether standard output is a terminal. */
  readonly isTTY: boolean
  readonly columns: number | undefined
  /** Whether standard error is a terminal, on which a line may be written over. */
  readonly showsProgress: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly now: Date
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number
}

/** The user asked for something that cannot be: exit code 2. `hint` says what to try. */
export class UsageError extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'UsageError'
    this.hint = hint
  }
}
