import { escapeControl, isControl } from './control.ts'
import { type LineStarts, lineText } from './lines.ts'
import { REDACTED } from './redact.ts'
import type { Span } from './span.ts'
import type { Style } from './style.ts'
import { codePointWidth, displayWidth } from './width.ts'

/** What a frame is drawn from: a text whose secrets are masked on every line that is shown. */
export interface FrameSource {
  readonly text: string
  readonly lines: LineStarts
  readonly secrets: readonly Span[]
}

/** A marked place, 1-based, columns in UTF-16 units, end exclusive. */
export interface Mark {
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly label?: string
  /** The place itself (carets), or one that belongs to the story (dashes). */
  readonly primary: boolean
}

/** Lines shown of a place that spans many: its first ones and its last. */
const MAX_BLOCK_LINES = 7
/** Unmarked lines shown above the primary place. */
const CONTEXT = 2
/** Wider lines (minified JSON) are cut around the mark. */
const MAX_COLUMNS = 160

/**
 * Source lines with their numbers, marked places underlined, as many lines as that takes. `gutter` is the width of the line numbers, so
 * that several frames of one finding align.
 */
export function drawFrame(source: FrameSource, marks: readonly Mark[], gutter: number, style: Style): readonly string[] {
  const block = marks.find((mark) => mark.primary && mark.endLine > mark.line)
  const shown = shownLines(source, marks, block)
  const bar = style.blue('|')
  const number = (line: number | undefined) => style.blue((line === undefined ? '' : String(line)).padStart(gutter))
  const out: string[] = []
  let previous = 0
  for (const line of shown) {
    if (previous !== 0 && line > previous + 1) out.push(`${style.blue('...'.padStart(Math.max(3, gutter)))}`)
    previous = line
    const onLine = marks.filter((mark) => mark.line === line && mark !== block)
    const layout = layoutLine(source, line, onLine[0] ?? (block?.line === line ? block : undefined))
    const inBlock = block !== undefined && line >= block.line && line <= block.endLine
    const rail = block === undefined ? '' : inBlock ? `${style.red(line === block.line ? '/' : '|')} ` : '  '
    out.push(`${number(line)} ${bar} ${rail}${layout.text}`.trimEnd())
    for (const mark of onLine) {
      const rest = block === undefined ? '' : inBlock && line !== block.line ? `${style.red('|')} ` : '  '
      out.push(`${number(undefined)} ${bar} ${rest}${underline(mark, layout, style)}`)
    }
    if (block && line === block.endLine) {
      const label = block.label ? ` ${style.red(visibleLabel(block.label))}` : ''
      out.push(`${number(undefined)} ${bar} ${style.red('|_^')}${label}`)
    }
  }
  return out
}

/** Width of the largest line number that the marks can show. */
export function gutterWidth(marks: readonly Mark[]): number {
  return Math.max(1, ...marks.map((mark) => String(mark.endLine).length))
}

function shownLines(source: FrameSource, marks: readonly Mark[], block: Mark | undefined): number[] {
  const lines = new Set<number>()
  for (const mark of marks) {
    if (mark !== block) lines.add(mark.line)
    if (mark.primary) for (const line of contextAbove(source, mark.line)) lines.add(line)
  }
  if (block) {
    const all = block.endLine - block.line + 1
    const head = all <= MAX_BLOCK_LINES ? all : MAX_BLOCK_LINES - 2
    for (let i = 0; i < head; i++) lines.add(block.line + i)
    lines.add(block.endLine)
  }
  return [...lines].filter((line) => line >= 1 && line <= source.lines.length).sort((a, b) => a - b)
}

/** Lines directly above, up to the first blank one. */
function contextAbove(source: FrameSource, line: number): number[] {
  const above: number[] = []
  for (let at = line - 1; at >= Math.max(1, line - CONTEXT); at--) {
    if (lineText(source.text, source.lines, at).trim() === '') break
    above.push(at)
  }
  return above
}

function underline(mark: Mark, layout: Layout, style: Style): string {
  const start = layout.columnOf(mark.column)
  const end = mark.endLine > mark.line ? layout.width : layout.columnOf(mark.endColumn)
  const paint = mark.primary ? style.red : style.blue
  const signs = (mark.primary ? '^' : '-').repeat(Math.max(1, end - start))
  const label = mark.label ? ` ${visibleLabel(mark.label)}` : ''
  return `${' '.repeat(start)}${paint(signs + label)}`
}

function visibleLabel(label: string): string {
  return [...label].map((c) => (isControl(c) ? escapeControl(c) : c)).join('')
}

interface Layout {
  readonly text: string
  readonly width: number
  /** Terminal column (0-based) of a 1-based column of the source line. */
  columnOf(column: number): number
}

/** A source line as it can be shown: secrets masked, tabs as spaces, control characters visible, cut around the mark when very long. */
function layoutLine(source: FrameSource, line: number, mark: Mark | undefined): Layout {
  const whole = lineText(source.text, source.lines, line)
  // of a line of megabytes only the surroundings of the mark are laid out
  const skipped = whole.length <= MAX_UNITS ? 0 : Math.max(0, Math.min((mark?.column ?? 1) - 1 - 200, whole.length - MAX_UNITS))
  const raw = whole.slice(skipped, skipped + MAX_UNITS)
  const { cells, columns } = cellsOf(raw, (source.lines[line - 1] ?? 0) + skipped, source.secrets)
  const width = columns.at(-1) as number
  const columnOf = (column: number) => columns[Math.max(0, Math.min(column - 1 - skipped, columns.length - 1))] as number
  const text = cells.join('')
  if (whole.length === raw.length && width <= MAX_COLUMNS) return { text, width, columnOf }
  return cut(text, columnOf, mark, skipped > 0, skipped + raw.length < whole.length)
}

/** Longest part of a line that is laid out, in UTF-16 units. */
const MAX_UNITS = 1000

/** What is shown for each character, and the terminal column at which each UTF-16 unit stands, with the end as last. */
function cellsOf(raw: string, start: number, secrets: readonly Span[]): { cells: string[]; columns: number[] } {
  const hidden = secrets.filter((span) => span.start < start + raw.length && span.end > start)
  const cells: string[] = []
  const columns: number[] = []
  let width = 0
  let masked: Span | undefined
  for (let i = 0; i < raw.length; ) {
    const secret = hidden.find((span) => start + i >= span.start && start + i < span.end)
    const units = !secret && (raw.codePointAt(i) as number) > 0xffff ? 2 : 1
    const cell = secret ? (secret === masked ? '' : REDACTED) : showCharacter(raw.slice(i, i + units))
    masked = secret
    for (let unit = 0; unit < units; unit++) columns.push(width)
    cells.push(cell)
    width += displayWidth(cell)
    i += units
  }
  columns.push(width)
  return { cells, columns }
}

function showCharacter(character: string): string {
  if (character === '\t') return '    '
  return isControl(character) ? escapeControl(character) : character
}

function cut(text: string, columnOf: Layout['columnOf'], mark: Mark | undefined, more: boolean, evenMore: boolean): Layout {
  const width = displayWidth(text)
  const from = Math.max(0, Math.min((mark ? columnOf(mark.column) : 0) - 40, width - MAX_COLUMNS))
  const to = from + MAX_COLUMNS
  let column = 0
  let inside = ''
  for (const character of text) {
    if (column >= from && column < to) inside += character
    column += codePointWidth(character.codePointAt(0) as number)
  }
  const head = more || from > 0 ? '…' : ''
  const shown = `${head}${inside}${evenMore || to < width ? '…' : ''}`
  const limit = displayWidth(shown)
  return { text: shown, width: limit, columnOf: (c) => Math.max(0, Math.min(columnOf(c) - from + head.length, limit)) }
}
