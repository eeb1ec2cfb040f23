import { type ParserOptions, parse } from '@babel/parser'
import type { Comment, SyntaxProblem } from '../../../formats/syntax.ts'
import type { Span } from '../../../text/span.ts'
import type { Module } from '../program/syntax.ts'
import { expression } from './expressions.ts'
import { hoist } from './hoist.ts'
import type { Lifting } from './lifting.ts'
import { moduleScope } from './scopes.ts'
import { statements } from './statements.ts'

export interface ParsedJavaScript {
  readonly module: Module
  readonly comments: readonly Comment[]
  /** What could not be read, first to last. */
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
}

type Plugins = NonNullable<ParserOptions['plugins']>

/** Parses one file of JavaScript or TypeScript into the common tree. Never throws; what is broken beyond recovery gives an empty module and a problem. */
export function parseJavaScript(text: string, path: string): ParsedJavaScript {
  const typed = /\.[cm]?tsx?$/.test(path)
  const markup = !/\.[cm]?ts$/.test(path)
  const attempts: readonly Plugins[] = typed
    ? [['typescript', ...(markup ? (['jsx'] as const) : []), 'decorators-legacy']]
    : [
        ['jsx', 'decorators-legacy'],
        ['jsx', 'flow', 'decorators-legacy'],
      ]
  let problem: SyntaxProblem | undefined
  for (const plugins of attempts) {
    try {
      return lift(text, plugins)
    } catch (error) {
      if (error instanceof RangeError) return { ...NOTHING, module: empty(text), tooDeep: { start: 0, end: 0 } }
      problem ??= problemOf(error, text)
    }
  }
  return { ...NOTHING, module: empty(text), problems: problem ? [problem] : [] }
}

const NOTHING = { comments: [], problems: [] }

function empty(text: string): Module {
  return { kind: 'module', body: [], start: 0, end: text.length }
}

function lift(text: string, plugins: Plugins): ParsedJavaScript {
  const file = parse(text, {
    sourceType: 'unambiguous',
    errorRecovery: true,
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowImportExportEverywhere: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    createImportExpressions: true,
    plugins: [...plugins],
  })
  const l: Lifting = { text, block: moduleScope(), prelude: [], depth: 0, expression, statements }
  hoist(l, file.program.body)
  const body = statements(l, file.program.body)
  return {
    module: { kind: 'module', body, start: 0, end: text.length },
    comments: (file.comments ?? []).map((comment) => ({
      text: comment.value.replace(/^[\s*]+|\s+$/g, ''),
      span: { start: comment.start ?? 0, end: comment.end ?? 0 },
    })),
    problems: [],
    ...(l.tooDeep ? { tooDeep: l.tooDeep } : {}),
  }
}

function problemOf(error: unknown, text: string): SyntaxProblem {
  const { pos, message } = error as { pos?: number; message?: string }
  const at = Math.min(pos ?? 0, text.length)
  return {
    message: `not JavaScript that this reader knows: ${(message ?? '').replace(/\s*\(\d+:\d+\)\s*$/, '')}`,
    span: { start: at, end: at },
  }
}
