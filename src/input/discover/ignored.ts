import ignore, { type Ignore } from 'ignore'

/** The ignore files of one folder, with those of the folders above it. */
export interface IgnoreRules {
  /** Length of what to cut off the front of a path, relative to the root, to make it relative to this folder. */
  readonly strip: number
  /** For a folder above the root: what to put in front. */
  readonly prefix: string
  readonly patterns: Patterns
  readonly parent: IgnoreRules | undefined
}

interface Patterns {
  /** True when some positive pattern may match; a gate that is asked for every folder, so that `rules` seldom is. */
  mayIgnore(path: string, name: string, isFolder: boolean): boolean
  /** All patterns, in order, compiled when first needed. */
  readonly rules: Ignore
}

/** Compiles the texts of ignore files, later ones winning over earlier ones. Git's own syntax, always case-sensitive. */
export function compilePatterns(texts: readonly string[]): Patterns {
  const names = new Set<string>()
  const anchored = new Set<string>()
  const endings: string[] = []
  const others: string[] = []
  for (const line of texts.join('\n').split(/\r?\n/)) {
    const pattern = line.trimEnd().replace(/\/+$/, '')
    if (pattern === '' || pattern.startsWith('#') || pattern.startsWith('!')) continue
    if (/^\*\.[\w.-]+$/.test(pattern)) endings.push(pattern.slice(1))
    else if (/[*?[\]\\]/.test(pattern) || line.endsWith(' ')) others.push(line)
    else if (pattern.includes('/')) anchored.add(pattern.replace(/^\/+/, ''))
    else names.add(pattern)
  }
  const globs = others.length > 0 ? newIgnore().add(others) : undefined
  let rules: Ignore | undefined
  return {
    mayIgnore: (path, name, isFolder) =>
      names.has(name) ||
      anchored.has(path) ||
      endings.some((ending) => name.endsWith(ending)) ||
      (globs?.test(isFolder ? `${path}/` : path).ignored ?? false),
    get rules() {
      rules ??= newIgnore().add(texts.join('\n'))
      return rules
    },
  }
}

function newIgnore(): Ignore {
  return ignore({ ignorecase: false, allowRelativePaths: false })
}

/**
 * True when the ignore rules leave a path out: the nearest folder's last matching pattern decides. `path` is relative to the root; folders
 * above it must have been asked before, since what they exclude cannot be taken back below.
 */
export function isIgnored(rules: IgnoreRules | undefined, path: string, name: string, isFolder: boolean): boolean {
  let possible = false
  for (let level = rules; level !== undefined && !possible; level = level.parent)
    possible = level.patterns.mayIgnore(relativeTo(level, path), name, isFolder)
  if (!possible) return false
  for (let level = rules; level !== undefined; level = level.parent) {
    const relative = relativeTo(level, path)
    const { ignored, unignored } = level.patterns.rules.test(isFolder ? `${relative}/` : relative)
    if (ignored) return true
    if (unignored) return false
  }
  return false
}

function relativeTo(level: IgnoreRules, path: string): string {
  return level.prefix + path.slice(level.strip)
}
