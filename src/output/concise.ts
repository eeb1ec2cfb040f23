import type { Report } from '../engine/report.ts'
import { visible } from '../text/control.ts'
import { type Rendering, showLocation } from './rendering.ts'

/** One line for each finding: `path:line:column: severity[rule] message`. */
export function concise(report: Report, { fromHere, style }: Rendering): string {
  return report.findings
    .filter((finding) => finding.status === 'reported')
    .map(({ location, subject, severity, rule, message }) => {
      const place = location ? showLocation(location, fromHere) : visible(subject.name)
      const paint = severity === 'error' ? style.red : severity === 'warning' ? style.yellow : style.cyan
      return `${place}: ${paint(`${severity}[${rule}]`)} ${visible(message)}\n`
    })
    .join('')
}
