import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type AuditOptions, auditWithSources, listFiles } from '../../audit.ts'
import type { Config } from '../../config/config.ts'
import { findConfig, loadConfig } from '../../config/load.ts'
import { rebasePattern } from '../../config/rebase.ts'
import type { Persona } from '../../engine/evaluate.ts'
import { type FailOn, verdictOf } from '../../engine/exit.ts'
import { IGNORE_RULES } from '../../engine/ignore-rules.ts'
import { FORMATS } from '../../output/formats.ts'
import type { Format, Rendering } from '../../output/rendering.ts'
import { visible } from '../../text/control.ts'
import { type ColorChoice, colorLevel, PLAIN, styleFor } from '../../text/style.ts'
import { libraryIds, loadRules, ruleIds } from '../catalogue.ts'
import { type ClusterFlags, clusterOf } from '../cluster.ts'
import { type Io, UsageError } from '../io.ts'
import { unknownName } from '../names.ts'
import { relativePath, segmentsBelowCommon, type Targets, targetsOf } from '../paths.ts'

/** What to read, and how to judge it. */
export interface InputFlags {
  readonly exclude?: readonly string[]
  readonly includeTests?: boolean
  /** A file, or false for `--no-config`. */
  readonly config?: string | boolean
  readonly assume?: readonly string[]
  readonly select?: readonly string[]
  readonly ignore?: readonly string[]
  readonly persona?: Persona
}

export interface AuditFlags extends InputFlags, ClusterFlags {
  readonly listFiles?: boolean
  readonly failOn: FailOn
  readonly strict?: boolean
  readonly format?: readonly string[]
  readonly clients?: boolean
  readonly color: ColorChoice
  readonly quiet?: boolean
}

/** `semcheck audit`: the report on stdout or in files, the exit code by the verdict. */
export async function auditCommand(paths: readonly string[], flags: AuditFlags, io: Io): Promise<number> {
  const outputs = parseFormats(flags.format ?? [])
  const named = [...(flags.select ?? []), ...(flags.ignore ?? [])]
  const valid = named.length > 0 ? await ruleIds() : []
  for (const rule of named) if (!valid.includes(rule)) throw unknownName('rule', rule, valid, 'semcheck rules lists them')
  const targets = targetsOf(paths, io.cwd)
  const options = await auditOptions(targets, flags, io)
  const fromHere = (path: string) => relativePath(io.cwd, join(targets.root, path)) || '.'
  if (flags.listFiles) {
    const files = await listFiles(options)
    io.stdout(files.map((path) => `${visible(fromHere(path))}\n`).join(''))
    return 0
  }
  const cluster = await clusterOf(flags, io)
  const { report, documents } = await auditWithSources({ ...options, ...(cluster ? { cluster } : {}) })
  const verdict = verdictOf(report, { failOn: flags.failOn, strict: flags.strict === true })
  const style = await styleFor(colorLevel(flags.color, io.env, io.isTTY))
  for (const { format, file } of outputs) {
    const rendering: Rendering = {
      documents,
      fromHere,
      verdict,
      rules: async () => [...(await loadRules()), ...IGNORE_RULES],
      style: file === undefined ? style : PLAIN,
      width: (file === undefined ? io.columns : undefined) ?? DEFAULT_WIDTH,
      quiet: flags.quiet === true,
      everySetting: flags.clients === true,
    }
    const text = await format(report, rendering)
    if (file === undefined) io.stdout(text)
    else writeOutput(resolve(io.cwd, file), file, text)
  }
  return verdict.code
}

/** Where standard output is no terminal, and in files. */
const DEFAULT_WIDTH = 120

interface Output {
  readonly name: string
  readonly format: Format
  readonly file?: string
}

function parseFormats(given: readonly string[]): readonly Output[] {
  const outputs = (given.length === 0 ? ['pretty'] : given).map((text): Output => {
    const [name = '', ...rest] = text.split('=')
    const format = FORMATS.get(name)
    if (!format) throw unknownName('format', name, [...FORMATS.keys()], `there are ${[...FORMATS.keys()].join(', ')}`)
    if (rest.length === 0) return { name, format }
    if (rest.join('=') === '') throw new UsageError(`--format ${text}: no file is named after "="`)
    return { name, format, file: rest.join('=') }
  })
  const toStdout = outputs.filter((output) => output.file === undefined)
  if (toStdout.length > 1) {
    const names = toStdout.map((output) => output.name).join(' and ')
    throw new UsageError(
      `only one format can go to standard output, not ${names}`,
      'give the others a file: -f sarif=report.sarif',
    )
  }
  return outputs
}

/** What the command line and the configuration say together. */
export async function auditOptions(targets: Targets, flags: InputFlags, io: Io): Promise<AuditOptions> {
  const known = async () => ({ rules: await ruleIds(), libraries: await libraryIds() })
  const path =
    flags.config === false
      ? undefined
      : typeof flags.config === 'string'
        ? resolve(io.cwd, flags.config)
        : findConfig(targets.root)
  const { config, folder } = await loadConfig(path, (absolute) => relativePath(io.cwd, absolute), known)
  const fromConfig = folder === undefined ? config : rebaseConfig(config, folder, targets.root)
  return {
    ...targets,
    exclude: [...fromConfig.exclude, ...rebaseAll(flags.exclude ?? [], io.cwd, targets.root)],
    includeTests: flags.includeTests ?? fromConfig.includeTests,
    assume: { ...fromConfig.assume, ...(await parseAssumptions(flags.assume ?? [])) },
    intents: fromConfig.intents,
    select: flags.select ?? [],
    ignore: flags.ignore ?? [],
    severities: fromConfig.rules,
    persona: flags.persona ?? 'default',
    now: io.now,
  }
}

async function parseAssumptions(given: readonly string[]): Promise<Record<string, string>> {
  const libraries = given.length > 0 ? await libraryIds() : []
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=')
      if (at <= 0 || at === text.length - 1)
        throw new UsageError(`--assume ${text}: write it as library=version`, 'such as --assume kafka-python=2.0.2')
      const library = text.slice(0, at)
      if (!libraries.includes(library)) throw unknownName('library', library, libraries, 'semcheck clients lists them')
      return [library, text.slice(at + 1)]
    }),
  )
}

function rebaseAll(patterns: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = segmentsBelowCommon(from, to)
  return patterns.map((pattern) => rebasePattern(pattern, a, b)).filter((pattern) => pattern !== undefined)
}

/** Patterns of a configuration are relative to its folder; the audit wants them relative to its root. */
function rebaseConfig(config: Config, folder: string, root: string): Config {
  const [from, to] = segmentsBelowCommon(folder, root)
  const intents = config.intents.flatMap((intent) => {
    const { path } = intent.match
    if (path === undefined) return [intent]
    const rebased = rebasePattern(path.includes('/') ? path : `/${path}`, from, to)
    return rebased === undefined ? [] : [{ ...intent, match: { ...intent.match, path: rebased.replace(/^\//, '') } }]
  })
  return { ...config, exclude: rebaseAll(config.exclude, folder, root), intents }
}

function writeOutput(path: string, named: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`${named}: cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
