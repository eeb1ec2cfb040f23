import type { Format } from './rendering.ts'

/** Every output format, loaded when it is asked for. */
const LOADERS: Readonly<Record<string, () => Promise<Format>>> = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  concise: async () => (await import('./concise.ts')).concise,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
}

export const FORMATS: readonly string[] = Object.keys(LOADERS)

export async function loadFormat(name: string): Promise<Format> {
  const load = LOADERS[name]
  if (!load) throw new Error(`no format ${name}`)
  return load()
}
