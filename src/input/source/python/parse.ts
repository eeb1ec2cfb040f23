import type { Tree, TreeCursor } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Comment, SyntaxProblem } from '../../../formats/syntax.ts'
import type { Span } from '../../../text/span.ts'
import type { Module } from '../program/syntax.ts'
import type { Conversion } from './conversion.ts'
import { expression } from './convert-expressions.ts'
import { statements } from './convert-statements.ts'
import { maskForGrammar } from './mask.ts'
import { parsePlain } from './quick/parse.ts'

export interface ParsedPython {
  readonly module: Module
  readonly comments: readonly Comment[]
  /** What could not be read, first to last. */
  readonly problems: readonly SyntaxProblem[]
  /** A place nested too deeply to be read, if there is one. */
  readonly tooDeep?: Span
}

/**
 * Parses one Python file. Never throws: text that is no Python gives problems, and all that can be read around them. Offsets are UTF-16 units of
 * `text` as given.
 */
export function parsePython(text: string): ParsedPython {
  const plain = parsePlain(text)
  return plain ? { ...plain, problems: [] } : parseWithGrammar(text)
}

/** Reads what is no plain Python: with errors, of another version, or in a form that few use. */
export function parseWithGrammar(text: string): ParsedPython {
  const masked = maskForGrammar(text)
  const tree = parser.parse(masked.text)
  const { comments, problems } = survey(tree, text)
  const conversion: Conversion = { text, cursor: tree.cursor(), depth: 0, expression, statements }
  if (masked.tooDeep) conversion.tooDeep = masked.tooDeep
  const module: Module = { kind: 'module', body: statements(conversion), start: 0, end: text.length }
  return { module, comments, problems, ...(conversion.tooDeep ? { tooDeep: conversion.tooDeep } : {}) }
}

/** The grammar wants a value after `yield`; Python does not. */
function isBareYield(cursor: TreeCursor): boolean {
  return cursor.from === cursor.to && cursor.node.parent?.name.startsWith('Yield') === true
}

function survey(tree: Tree, text: string): { comments: Comment[]; problems: SyntaxProblem[] } {
  const comments: Comment[] = []
  const problems: SyntaxProblem[] = []
  const cursor = tree.cursor()
  do {
    if (cursor.name === 'Comment')
      comments.push({
        text: text
          .slice(cursor.from + 1, cursor.to)
          .replace(/^#*/, '')
          .trim(),
        span: { start: cursor.from, end: cursor.to },
      })
    else if (cursor.type.isError && !isBareYield(cursor))
      problems.push({ message: 'not Python that this reader knows', span: { start: cursor.from, end: cursor.to } })
  } while (cursor.next())
  return { comments, problems }
}
