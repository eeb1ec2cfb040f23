/** How output marks what it says. Each function returns its text unchanged where no colour is wanted. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly blue: (text: string) => string
  readonly cyan: (text: string) => string
  readonly green: (text: string) => string
}

const same = (text: string): string => text

export const PLAIN: Style = { bold: same, dim: same, red: same, yellow: same, blue: same, cyan: same, green: same }

export type ColorChoice = 'auto' | 'always' | 'never'

/**
 * Chalk's level: 0 none, 1 sixteen colours, 2 256, 3 full. `--color` beats NO_COLOR, which beats FORCE_COLOR (its number is the level), which
 * beats the terminal. Chalk 5 does not read NO_COLOR itself, so it is decided here, once.
 */
export function colorLevel(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): 0 | 1 | 2 | 3 {
  if (choice === 'never') return 0
  const forced = forcedLevel(env.FORCE_COLOR)
  if (choice === 'always') return forced || 1
  if (env.NO_COLOR) return 0
  if (forced !== undefined) return forced
  return isTTY && env.TERM !== 'dumb' ? 1 : 0
}

function forcedLevel(value: string | undefined): 0 | 1 | 2 | 3 | undefined {
  if (value === undefined) return undefined
  if (value === 'false' || value === '0') return 0
  if (value === '2') return 2
  if (value === '3') return 3
  return 1
}

/** The style for a level; chalk is loaded only when there is colour to draw. */
export async function styleFor(level: 0 | 1 | 2 | 3): Promise<Style> {
  if (level === 0) return PLAIN
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level })
  return {
    bold: (text) => chalk.bold(text),
    dim: (text) => chalk.dim(text),
    red: (text) => chalk.red(text),
    yellow: (text) => chalk.yellow(text),
    blue: (text) => chalk.blue(text),
    cyan: (text) => chalk.cyan(text),
    green: (text) => chalk.green(text),
  }
}
