import { join } from 'node:path'
import { audit } from '../../audit.ts'
import type { ReportPipeline } from '../../engine/report.ts'
import { pipelineDetails } from '../../output/pipeline-lines.ts'
import { type ColorChoice, colorLevel, styleFor } from '../../text/style.ts'
import { type Io, UsageError } from '../io.ts'
import { relativePath, targetsOf } from '../paths.ts'
import { auditOptions, type InputFlags } from './audit.ts'

export interface TraceFlags extends InputFlags {
  readonly fault?: string
  readonly color: ColorChoice
}

/** `semcheck trace`: what can become of a consumer's messages under each fault, with the shortest way to it. */
export async function traceCommand(
  wanted: string | undefined,
  paths: readonly string[],
  flags: TraceFlags,
  io: Io,
): Promise<void> {
  const targets = targetsOf(paths, io.cwd)
  const report = await audit({ ...(await auditOptions(targets, flags, io)), rules: [] })
  const names = new Map(report.clients.map(({ id, name }) => [id, name]))
  const nameOf = ({ consumer, handler }: ReportPipeline) => names.get(consumer) ?? handler.name
  const chosen = report.pipelines.filter(
    (one) => wanted === undefined || [one.consumer, one.handler.name, nameOf(one)].some((name) => name.includes(wanted)),
  )
  if (chosen.length === 0) {
    const known = report.pipelines.map(({ handler }) => handler.name).join(', ')
    throw new UsageError(
      wanted === undefined ? 'no consumer whose handler could be followed' : `no consumer is named "${wanted}"`,
      known === '' ? 'semcheck handlers says what was understood' : `there are ${known}`,
    )
  }
  const style = await styleFor(colorLevel(flags.color, io.env, io.isTTY))
  const fromHere = (path: string) => relativePath(io.cwd, join(targets.root, path)) || '.'
  io.stdout(
    chosen
      .map((one) => pipelineDetails(one, `${nameOf(one)} (${one.handler.name})`, { style, fromHere }, flags.fault))
      .join('\n'),
  )
}
