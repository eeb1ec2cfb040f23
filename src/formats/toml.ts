import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import { spanOf } from '../text/span.ts'
import { DEEPEST_NESTING, offsetTooDeep, TOO_DEEP } from './nesting.ts'
import { type ProblemList, problemList } from './problems.ts'
import type { Comment, Parsed } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'
import { appendTable, assign, descend, finishTable, newTable, type Table } from './toml-table.ts'
import { keyParts, toNode } from './toml-value.ts'

/**
 * Parses TOML: dotted keys and `[tables]` become nested mappings, `[[arrays of tables]]` sequences, dates strings. A statement that cannot
 * be read is reported and passed over.
 */
export function parseToml(text: string): Parsed {
  return parseWithTemplates(text, 'quoted', parsePlain)
}

interface Reading {
  readonly text: string
  readonly comments: Comment[]
  readonly problems: ProblemList
  readonly root: Table
  /** Characters that may still be parsed again while recovering: keeps a file of errors from taking forever. */
  budget: number
}

function parsePlain(text: string): Parsed {
  const problems = problemList()
  const tooDeep = offsetTooDeep(text, '"\'')
  if (tooDeep !== undefined) {
    problems.add(TOO_DEEP, tooDeep, tooDeep + 1)
    return { documents: [], comments: [], problems: problems.list }
  }
  const reading: Reading = { text, comments: [], problems, root: newTable(), budget: 3 * text.length + 100_000 }
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  const whole = parsePart(text, start, text.length)
  if ('ast' in whole) addPart(reading, whole.ast, start, reading.root)
  else for (const [from, to] of sections(text, start)) recover(reading, from, to)
  const documents = reading.root.members.length === 0 ? [] : [finishTable(reading.root)]
  return { documents, comments: reading.comments, problems: problems.list }
}

type Part = { readonly ast: AST.TOMLProgram } | { readonly error: string; readonly offset: number }

function parsePart(text: string, from: number, to: number): Part {
  try {
    return { ast: parseTOML(text.slice(from, to), { tomlVersion: '1.1' }) }
  } catch (error) {
    if (error instanceof ParseError) return { error: error.message, offset: Math.min(to, from + error.index) }
    return { error: error instanceof Error ? error.message : String(error), offset: from }
  }
}

/** Adds what a part says; statements before its first header belong to `table`. Answers the table of its last header. */
function addPart(reading: Reading, ast: AST.TOMLProgram, shift: number, table: Table): Table {
  let current = table
  for (const statement of ast.body[0].body) {
    if (statement.type === 'TOMLKeyValue') {
      addPair(reading, current, statement, shift, 0)
      continue
    }
    const key = keyParts(statement.key, shift)
    if (key.length > DEEPEST_NESTING) {
      reading.problems.add(TOO_DEEP, statement.key.range[0] + shift, statement.key.range[1] + shift)
      continue
    }
    current = statement.kind === 'array' ? appendTable(reading.root, key) : descend(reading.root, key)
    for (const pair of statement.body) addPair(reading, current, pair, shift, key.length)
  }
  for (const { value, range } of ast.comments) {
    reading.comments.push({ text: value.trim(), span: spanOf(range[0] + shift, range[1] + shift) })
  }
  return current
}

function addPair(reading: Reading, table: Table, pair: AST.TOMLKeyValue, shift: number, depth: number): void {
  const key = keyParts(pair.key, shift)
  const value = depth + key.length > DEEPEST_NESTING ? undefined : toNode(pair.value, reading.text, shift, depth + key.length)
  if (value === undefined) reading.problems.add(TOO_DEEP, pair.range[0] + shift, pair.range[1] + shift)
  else assign(table, key, value)
}

/** The text cut before each line that looks like a table header. */
function sections(text: string, start: number): [number, number][] {
  const starts = [start, ...[...text.matchAll(/^\[{1,2}[^\]\n=]{1,500}\]{1,2}[ \t]*(?:#.*)?$/gm)].map(({ index }) => index)]
  return starts.map((from, i): [number, number] => [from, starts[i + 1] ?? text.length]).filter(([from, to]) => from < to)
}

/** Reads a section statement by statement around its errors. */
function recover(reading: Reading, start: number, end: number): void {
  const { text } = reading
  let table = text[start] === '[' ? undefined : reading.root
  let from = start
  while (from < end && reading.budget > 0) {
    reading.budget -= end - from
    const part = parsePart(text, from, end)
    if ('ast' in part) {
      addPart(reading, part.ast, from, table ?? reading.root)
      return
    }
    reading.problems.add(lowerFirst(part.error), part.offset, lineEnd(text, part.offset))
    const line = Math.max(from, text.lastIndexOf('\n', part.offset - 1) + 1)
    const before = line > from ? parsePart(text, from, line) : undefined
    if (before !== undefined && 'ast' in before) table = addPart(reading, before.ast, from, table ?? reading.root)
    else if (before !== undefined) table = addUpTo(reading, from, part.offset, table)
    // without its header the rest of a section belongs nowhere
    if (table === undefined) return
    // the error may lie in a statement begun above, or be a repeated key: then the line itself can be read
    const isReadable = line > from && (before === undefined || !('ast' in before) || /multiple times/.test(part.error))
    from = isReadable ? line : lineEnd(text, part.offset) + 1
  }
}

/** Reads as far as the last statement that starts before the error; that one is given up. */
function addUpTo(reading: Reading, from: number, error: number, table: Table | undefined): Table | undefined {
  const starts = [...reading.text.slice(from, error).matchAll(/^[ \t]*[\w"'.-]+[ \t]*=/gm)]
  // the line of the error may itself look like a statement: the broken one is above
  for (const { index } of starts.slice(-2).reverse()) {
    const part = parsePart(reading.text, from, from + index)
    if ('ast' in part) return addPart(reading, part.ast, from, table ?? reading.root)
  }
  return table
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1)
}
