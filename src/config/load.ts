import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, DEFAULT_CONFIG } from './config.ts'
import { ConfigError } from './error.ts'
import type { Known } from './schema.ts'

/** Name of the configuration file. */
export const CONFIG_FILE = 'semcheck.yaml'

export interface LoadedConfig {
  readonly config: Config
  /** Absolute folder that its patterns are relative to; undefined when there is no file. */
  readonly folder?: string
}

/** The nearest semcheck.yaml in `folder` or above it, up to the top of the repository. */
export function findConfig(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, CONFIG_FILE)
    if (existsSync(path)) return path
    if (existsSync(join(at, '.git')) || dirname(at) === at) return undefined
  }
}

/**
 * Reads a configuration file; without one, the defaults. The parser and the schema are loaded only then. `shown` is the path as messages
 * name it. Throws ConfigError when it cannot be read or is not valid.
 */
export async function loadConfig(
  path: string | undefined,
  shown: (path: string) => string,
  known: () => Promise<Known>,
): Promise<LoadedConfig> {
  if (path === undefined) return { config: DEFAULT_CONFIG }
  const text = readText(path, shown(path))
  const { parseConfig } = await import('./parse.ts')
  return { config: parseConfig(text, shown(path), await known()), folder: dirname(path) }
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const message = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new ConfigError([{ path: shown, message }])
  }
}
