/** One thing wrong with a configuration file: where, what, and what to try. */
export interface ConfigProblem {
  readonly path: string
  readonly line?: number
  readonly column?: number
  readonly message: string
}

/** The configuration cannot be used: exit code 2. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(showConfigProblem).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** `semcheck.yaml:3:5: message`. */
export function showConfigProblem({ path, line, column, message }: ConfigProblem): string {
  const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`
  return `${place}: ${message}`
}
