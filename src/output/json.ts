import type { Report } from '../engine/report.ts'
import { stringifyVisibly } from '../text/control.ts'

/** The report as it is, indented by two. */
export function json(report: Report): string {
  return `${stringifyVisibly(report, 2)}\n`
}
