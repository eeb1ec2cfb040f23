import { problemList } from './problems.ts'
import type { Comment, Parsed } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'
import { expect, failAt, skipBlank, type TomlReader, TomlSyntaxError } from './toml-reader.ts'
import { appendTable, assign, descend, finishTable, newTable, type Table } from './toml-table.ts'
import { readKey, readValue } from './toml-value.ts'

/**
 * Parses TOML 1.0: dotted keys and `[tables]` become nested mappings, `[[arrays of tables]]` sequences, dates strings. A line that cannot
 * be read is reported and passed over.
 *
 * A reader of our own: a broken line must not cost the rest of the file, and lock files run to several megabytes.
 */
export function parseToml(text: string): Parsed {
  return parseWithTemplates(text, 'quoted', parsePlain)
}

function parsePlain(text: string): Parsed {
  const comments: Comment[] = []
  const problems = problemList()
  const reader: TomlReader = { text, at: text.charCodeAt(0) === 0xfeff ? 1 : 0, comments, unclosed: new Set() }
  const root = newTable(0)
  let table = root
  for (;;) {
    skipBlank(reader, true)
    if (reader.at >= text.length) break
    const start = reader.at
    try {
      if (text[start] === '[') table = readHeader(reader, root)
      else readAssignment(reader, table)
      endLine(reader)
    } catch (error) {
      if (!(error instanceof TomlSyntaxError)) throw error
      problems.add(error.message, error.offset, lineEnd(text, error.offset))
      reader.at = nextStatement(text, start, error.offset)
    }
  }
  const documents = root.members.length === 0 ? [] : [finishTable(root)]
  return { documents, comments, problems: problems.list }
}

function readHeader(reader: TomlReader, root: Table): Table {
  const isArray = reader.text.startsWith('[[', reader.at)
  reader.at += isArray ? 2 : 1
  const key = readKey(reader)
  expect(reader, isArray ? ']]' : ']')
  return isArray ? appendTable(root, key) : descend(root, key)
}

function readAssignment(reader: TomlReader, table: Table): void {
  const key = readKey(reader)
  expect(reader, '=')
  skipBlank(reader, false)
  assign(table, key, readValue(reader, table.depth + key.length))
}

function endLine(reader: TomlReader): void {
  skipBlank(reader, false)
  const char = reader.text[reader.at]
  if (char !== undefined && char !== '\n' && char !== '\r' && char !== '#') failAt(reader.at, 'expected the end of the line')
}

/** After an error: the next line that looks like a header or an assignment, not before the error itself. */
function nextStatement(text: string, start: number, error: number): number {
  const statement = /^[ \t]*(?:\[\[?[\w"'. -]+\]|[\w"'.-]+[ \t]*=)/gm
  statement.lastIndex = Math.max(lineEnd(text, start), text.lastIndexOf('\n', error - 1) + 1)
  return statement.exec(text)?.index ?? text.length
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
