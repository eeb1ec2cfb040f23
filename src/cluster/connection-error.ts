/** The settings of a connection cannot be used. `hint` says what to try. */
export class ConnectionError extends Error {
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.name = 'ConnectionError'
    this.hint = hint
  }
}
