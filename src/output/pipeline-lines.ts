import type { Report, ReportPipeline } from '../engine/report.ts'
import { LOSSES } from '../model/verdict.ts'
import { visible } from '../text/control.ts'
import type { Rendering } from './rendering.ts'

const GUARANTEES: Readonly<Record<ReportPipeline['guarantee'], string>> = {
  'at-most-once': 'at most once',
  'at-least-once': 'at least once',
  'exactly-once-effect': 'exactly once in effect',
  'exactly-once-in-kafka': "exactly once up to Kafka's edge",
  none: 'no guarantee',
  unknown: 'not known',
}

/** What each consumer whose handler was seen really guarantees, one line each. */
export function pipelineLines({ pipelines, clients }: Report, { style, fromHere }: Rendering): readonly string[] {
  if (pipelines.length === 0) return []
  const names = new Map(clients.map(({ id, name }) => [id, name]))
  return [
    style.bold('What they guarantee'),
    ...pipelines.map(({ consumer, handler, guarantee, weakest }) => {
      const { path, line } = handler.location
      const paint = guarantee === 'none' ? style.red : guarantee === 'at-most-once' ? style.yellow : style.green
      const name = visible(names.get(consumer) ?? handler.name)
      const why = weakest === undefined ? '' : `: ${visible(weakest)}`
      return `  ${name} (${visible(fromHere(path))}:${line})  ${paint(GUARANTEES[guarantee])}${why}`
    }),
  ]
}

/** One pipeline: a row for each fault, and the shortest way to the outcome asked for. */
export function pipelineDetails(
  pipeline: ReportPipeline,
  name: string,
  rendering: Pick<Rendering, 'style' | 'fromHere'>,
  fault?: string,
): string {
  const { style, fromHere } = rendering
  const rows = pipeline.faults.filter((cell) => fault === undefined || cell.fault === fault)
  const lines = [
    `${style.bold(visible(name))}  ${GUARANTEES[pipeline.guarantee]}${pipeline.weakest === undefined ? '' : `: ${visible(pipeline.weakest)}`}`,
    `  ${visible(fromHere(pipeline.handler.location.path))}:${pipeline.handler.location.line}`,
    '',
  ]
  for (const cell of rows) {
    const found = LOSSES.filter((loss) => cell[loss])
    lines.push(`  ${cell.fault.padEnd(14)} ${found.length === 0 ? style.green('ok') : style.red(found.join(', '))}`)
  }
  for (const loss of LOSSES) {
    const cell = rows.find((one) => one[loss])
    const evidence = cell?.[loss]
    if (!cell || !evidence) continue
    lines.push('', `  ${style.bold(loss)} (${cell.fault}), the shortest way:`)
    evidence.trace.forEach(({ text, location }, i) => {
      const place = location ? style.dim(`  ${visible(fromHere(location.path))}:${location.line}`) : ''
      lines.push(`    ${i + 1}. ${visible(text)}${place}`)
    })
    for (const assumption of evidence.assumptions) lines.push(`    assuming that ${assumption}`)
  }
  lines.push('', `  This holds if ${pipeline.assumptions.join('; ')}.`)
  if (!pipeline.exhaustive) lines.push('  The search was cut at its bounds: there may be more.')
  return `${lines.join('\n')}\n`
}
