import { isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Intent } from '../model/intent.ts'
import type { Severity } from '../rule/finding.ts'
import { lineStarts, positionAt } from '../text/lines.ts'
import { nearest } from '../text/nearest.ts'
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
    const problems = parsed.error.issues.flatMap((issue) => describe(issue, document.contents as Node, known, at))
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

/** The document as plain data; numbers under `assume` as they are written, since `2.10` is a version there and no number. */
function plainValue(contents: Node): unknown {
  const plain: unknown = contents.toJSON()
  const assume = isMap(contents) ? contents.get('assume') : undefined
  if (!isMap(assume)) return plain
  const written = Object.fromEntries(
    assume.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !isScalar(value)) return []
      return [[String(key.value), typeof value.value === 'number' ? (value.source ?? String(value.value)) : value.value]]
    }),
  )
  return { ...(plain as object), assume: { ...(assume.toJSON() as object), ...written } }
}

type Issue = z.core.$ZodIssue

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
    return issue.keys.map((key) => at(offsetOf(root, [...path, key], true), unknownKey(key, path, valid)))
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String)
    const given = valueAt(root, path)
    const near = given === undefined ? undefined : nearest(given, values)
    const hint = near === undefined ? '' : `; did you mean "${near}"?`
    return [
      at(
        place,
        `${path.join('.')}: ${given === undefined ? 'expected' : `"${given}" is not`} one of ${values.join(', ')}${hint}`,
      ),
    ]
  }
  const where = path.length === 0 ? '' : `${path.join('.')}: `
  if (issue.code === 'invalid_type') return [at(place, `${where}expected ${aOrAn(issue.expected)}`)]
  return [at(place, `${where}${lowerFirst(issue.message)}`)]
}

function unknownKey(key: string, path: readonly (string | number)[], valid: readonly string[]): string {
  const what = path[0] === 'rules' ? 'rule' : path[0] === 'assume' ? 'library' : 'key'
  const near = nearest(key, valid)
  const within = what === 'key' && path.length > 0 ? ` in ${path.join('.')}` : ''
  if (near !== undefined) return `there is no ${what} "${key}"${within}; did you mean "${near}"?`
  const list =
    what === 'key' ? `; there are ${valid.join(', ')}` : what === 'rule' ? '; see semcheck rules' : '; see semcheck clients'
  return `there is no ${what} "${key}"${within}${list}`
}

function validKeys(path: readonly (string | number)[], known: Known): readonly string[] {
  if (path[0] === 'rules') return known.rules
  if (path[0] === 'assume') return known.libraries
  if (path[0] === 'intents')
    return path.includes('match') ? ['group', 'topic', 'path'] : ['match', 'semantics', 'replay', 'downtime']
  return ['exclude', 'includeTests', 'assume', 'rules', 'intents']
}

/** Offset of what stands at a path, or of its key; of the nearest thing above it where there is no such thing. */
function offsetOf(root: Node, path: readonly (string | number)[], wantKey = false): number {
  let node: unknown = root
  let offset = root.range?.[0] ?? 0
  for (const [i, step] of path.entries()) {
    const pair: unknown = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step))
      : undefined
    const next: unknown = isPair(pair) ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined
    if (isPair(pair) && isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset
    if (wantKey && i === path.length - 1) return offset
    if (next === undefined || next === null) return offset
    offset = (next as Node).range?.[0] ?? offset
    node = next
  }
  return offset
}

function valueAt(root: Node, path: readonly (string | number)[]): string | undefined {
  const node: unknown = path.reduce<unknown>((inside, step) => {
    if (isMap(inside)) return inside.get(step, true)
    return isSeq(inside) ? inside.items[Number(step)] : undefined
  }, root)
  return isScalar(node) && node.value !== null ? String(node.value) : undefined
}

function aOrAn(expected: string): string {
  const NAMES: Record<string, string> = { array: 'a list', object: 'a mapping', record: 'a mapping', boolean: 'true or false' }
  return NAMES[expected] ?? `a ${expected}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
