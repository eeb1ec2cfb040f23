import { isMap, isNode, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Intent } from '../model/intent.ts'
import type { Severity } from '../rule/finding.ts'
import { lineStarts, positionAt } from '../text/lines.ts'
import { didYouMean } from '../text/nearest.ts'
import { type Config, DEFAULT_CONFIG } from './config.ts'
import { parseDuration } from './duration.ts'
import { ConfigError, type ConfigProblem } from './error.ts'
import { configSchema, type Known } from './schema.ts'

/** semcheck.yaml's text as a Config. `path` is for messages only. Throws ConfigError with every problem found, each at its place. */
export function parseConfig(text: string, path: string, known: Known): Config {
  const document = parseDocument(text, { prettyErrors: false })
  const starts = lineStarts(text)
  const at = (offset: number, message: string): ConfigProblem => ({ path, ...positionAt(starts, offset), message })
  if (document.errors.length > 0) throw new ConfigError(document.errors.map((error) => at(error.pos[0], error.message)))
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return DEFAULT_CONFIG

  const parsed = configSchema(known).safeParse(plainValue(document.contents))
  if (!parsed.success) {
    const issues = parsed.error.issues
    const problems = issues
      .filter((issue) => !isEcho(issue, issues))
      .flatMap((issue) => describe(issue, document.contents as Node, known, at))
    throw new ConfigError(problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)))
  }
  const { exclude, includeTests, assume, rules, intents } = parsed.data
  return {
    exclude: exclude ?? DEFAULT_CONFIG.exclude,
    includeTests: includeTests ?? DEFAULT_CONFIG.includeTests,
    assume: (assume ?? {}) as Record<string, string>,
    rules: (rules ?? {}) as Record<string, Severity | 'off'>,
    intents: (intents ?? []).map(
      ({ downtime, ...rest }): Intent => ({
        ...rest,
        ...(downtime === undefined ? {} : { downtime: parseDuration(downtime) as number }),
      }),
    ),
  }
}

/**
 * The document as plain data. A section left empty (all of it commented out) is no section; numbers under `assume` are as they are written,
 * since `2.10` is a version there and no number.
 */
function plainValue(contents: Node): unknown {
  const plain: unknown = contents.toJSON()
  if (!isMap(contents)) return plain
  const sections = Object.entries(plain as object).filter(([, value]) => value !== null)
  return Object.fromEntries(
    sections.map(([name, value]) => [name, name === 'assume' ? versionsAsWritten(contents, value) : value]),
  )
}

function versionsAsWritten(contents: Node, plain: unknown): unknown {
  const assume = isMap(contents) ? contents.get('assume') : undefined
  if (!isMap(assume)) return plain
  const written = assume.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value) || typeof value.value !== 'number') return []
    return [[String(key.value), value.source ?? String(value.value)]]
  })
  return { ...(plain as object), ...Object.fromEntries(written) }
}

type Issue = z.core.$ZodIssue

/** An empty `match` that is empty only because its one key is misspelt. */
function isEcho(issue: Issue, all: readonly Issue[]): boolean {
  return (
    issue.code === 'custom' && all.some((other) => other.code === 'unrecognized_keys' && other.path.join() === issue.path.join())
  )
}

type Steps = readonly (string | number)[]

function describe(
  issue: Issue,
  root: Node,
  known: Known,
  at: (offset: number, message: string) => ConfigProblem,
): ConfigProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  const place = offsetOf(root, path)
  if (issue.code === 'unrecognized_keys') {
    const valid = validKeys(path, known)
    return issue.keys.map((key) => at(offsetOf(root, [...path, key], 'key'), unknownKey(key, path, valid)))
  }
  const where = path.length === 0 ? '' : `${showSteps(path)}: `
  const given = nodeAt(root, path)
  if (given === undefined) return [at(place, `${showSteps(path.slice(0, -1))} has no "${path.at(-1)}"`)]
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    if (!isScalar(given) || given.value === null) return [at(place, `${where}expected one of ${values.join(', ')}`)]
    const hint = didYouMean(String(given.value), values)
    return [at(place, `${where}"${given.value}" is not one of ${values.join(', ')}${hint}`)]
  }
  if (issue.code === 'invalid_type') return [at(place, `${where}expected ${EXPECTED[issue.expected] ?? `a ${issue.expected}`}`)]
  return [at(place, `${where}${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`)]
}

const EXPECTED: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
  boolean: 'true or false',
}

/** `intents[0].match`. */
function showSteps(path: Steps): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`)).join('')
}

function unknownKey(key: string, path: Steps, valid: readonly string[]): string {
  const what = path[0] === 'rules' ? 'rule' : path[0] === 'assume' ? 'library' : 'key'
  const within = what === 'key' && path.length > 0 ? ` in ${showSteps(path)}` : ''
  const list =
    what === 'key' ? ` (there are ${valid.join(', ')})` : what === 'rule' ? ' (see semcheck rules)' : ' (see semcheck clients)'
  return `there is no ${what} "${key}"${within}${didYouMean(key, valid) || list}`
}

function validKeys(path: Steps, known: Known): readonly string[] {
  if (path[0] === 'rules') return known.rules
  if (path[0] === 'assume') return known.libraries
  const schema = configSchema(known).shape
  if (path.length === 0) return Object.keys(schema).filter((key) => key !== '$schema')
  const intent = schema.intents.unwrap().element.shape
  return Object.keys(path.includes('match') ? intent.match.shape : intent)
}

/** Offset of what stands at a path, or of its key; of the nearest thing above it where there is no such thing. */
function offsetOf(root: Node, path: Steps, of: 'key' | 'value' = 'value'): number {
  let node: unknown = root
  let offset = root.range?.[0] ?? 0
  for (const [i, step] of path.entries()) {
    const pair: unknown = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      : undefined
    if (isPair(pair) && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
    node = isPair(pair) ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined
    if (!isNode(node) || (of === 'key' && i === path.length - 1)) return offset
    // what is missing in a mapping is told where the mapping is named
    if (!isPair(pair) || i === path.length - 1) offset = node.range?.[0] ?? offset
  }
  return offset
}

function nodeAt(root: Node, path: Steps): unknown {
  return path.reduce<unknown>((inside, step) => {
    if (isMap(inside)) return inside.get(step, true)
    return isSeq(inside) ? inside.items[Number(step)] : undefined
  }, root)
}
