import { type Location, locate } from '../../../../model/location.ts'
import type { LineStarts } from '../../../../text/lines.ts'
import type { Expression, Module } from '../syntax.ts'
import type { RedisDialect } from './dialect.ts'

/** One file of a program, parsed. */
export interface RedisSource {
  readonly path: string
  readonly folder: string
  readonly text: string
  readonly lines: LineStarts
  readonly module: Module
  readonly dialect: RedisDialect
  /** What the classes of the file derive from in other files, by the name of the class. */
  readonly bases?: ReadonlyMap<string, readonly Base[]>
}

/** A class that another derives from, in its file. */
export interface Base {
  readonly name: string
  readonly source: RedisSource
}

/** An expression as it is written, on one line. */
export function textOf(expression: Expression, file: RedisSource): string {
  return file.text.slice(expression.start, expression.end).replaceAll(/\s+/g, ' ')
}

/** Where something stands. */
export function place(call: { start: number; end: number }, file: RedisSource): Location {
  return locate(file.path, file.lines, call)
}
