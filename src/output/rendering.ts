import type { Verdict } from '../engine/exit.ts'
import type { RuleText } from '../engine/ignore-rules.ts'
import type { Report } from '../engine/report.ts'
import type { Document } from '../model/document.ts'
import type { Location } from '../model/location.ts'
import { visible } from '../text/control.ts'
import type { Style } from '../text/style.ts'

/** What a format may know besides the report. */
export interface Rendering {
  /** The texts that locations point into. */
  readonly documents: ReadonlyMap<string, Document>
  readonly fromHere: FromHere
  readonly verdict: Verdict
  /** What is told of the rules that may appear in the report; loaded by the format that tells it. */
  readonly rules: () => Promise<readonly RuleText[]>
  readonly style: Style
  /** Columns of the terminal. */
  readonly width: number
  /** Findings only: neither clients nor summary. */
  readonly quiet: boolean
  /** Every setting of every client, instead of the table. */
  readonly everySetting: boolean
}

/** A report as text, ending in a line break unless empty. */
export type Format = (report: Report, rendering: Rendering) => string | Promise<string>

/** A path of the report as it is seen from the current folder, with `/`. */
export type FromHere = (path: string) => string

/** `path:line:column`, safe on a terminal. */
export function showLocation(location: Location, fromHere: FromHere): string {
  return `${visible(fromHere(location.path))}:${location.line}:${location.column}`
}
