import type { FileKind } from '../files.ts'
import { isManifest } from '../project/names.ts'

const BY_EXTENSION: ReadonlyMap<string, FileKind> = new Map([
  ['py', 'python'],
  ['pyw', 'python'],
  ['java', 'java'],
  ['go', 'go'],
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx'].map((extension): [string, FileKind] => [extension, 'javascript']),
  ['properties', 'properties'],
  ['yml', 'yaml'],
  ['yaml', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'json'],
  ['toml', 'toml'],
  ['env', 'env'],
  ['ini', 'ini'],
  ['cfg', 'ini'],
  ['conf', 'ini'],
])

/** Files with an extension that could be a manifest's: asked only for these, since most names are not. */
const MAY_BE_MANIFEST = new Set(['json', 'toml', 'cfg', 'py', 'yml', 'yaml'])

/** Declarations of types, and scripts made small for browsers: nobody wrote a client in them. */
const GENERATED = /\.d\.[cm]?ts$|[.-]min\.[cm]?js$|\.bundle\.js$/

/** A file of variables that shows what to set; the values in it are nobody's. */
const EXAMPLE = /\.(?:example|sample|template|tmpl|tpl|dist)$/i

/** How a file of this name is read, or undefined when it never is. Extensionless names may be scripts: {@link mayBeScript}. */
export function kindOf(name: string): FileKind | undefined {
  const dot = name.lastIndexOf('.')
  if (dot < 0) return isManifest(name) ? 'manifest' : undefined
  const extension = name.slice(dot + 1)
  const kind = BY_EXTENSION.get(extension)
  if (kind === 'javascript' && GENERATED.test(name)) return undefined
  if (kind !== undefined) return MAY_BE_MANIFEST.has(extension) && isManifest(name) ? 'manifest' : kind
  if (name.startsWith('.env.')) return EXAMPLE.test(name) ? undefined : 'env'
  const lower = extension.toLowerCase()
  const folded = lower === extension ? undefined : BY_EXTENSION.get(lower)
  return folded ?? (isManifest(name) ? 'manifest' : undefined)
}

/** True for names without an extension that a Python script may have: `bin/consume`, but neither `Dockerfile` nor `LICENSE`. */
export function mayBeScript(name: string): boolean {
  const first = name.charCodeAt(0)
  return first >= 97 && first <= 122 && !name.includes('.') && !isManifest(name)
}

/** True for docker-compose files, whatever their services are called. */
export function isCompose(name: string): boolean {
  return /compose[\w.-]*\.ya?ml$/i.test(name)
}
