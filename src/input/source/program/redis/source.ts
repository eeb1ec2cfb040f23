import type { LineStarts } from '../../../../text/lines.ts'
import type { Module } from '../syntax.ts'
import type { RedisDialect } from './dialect.ts'

/** One file of a program, parsed. */
export interface RedisSource {
  readonly path: string
  readonly folder: string
  readonly text: string
  readonly lines: LineStarts
  readonly module: Module
  readonly dialect: RedisDialect
}
