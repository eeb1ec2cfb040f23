import Table from 'cli-table3'
import type { ReportClient, ReportSetting } from '../engine/report.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import { displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import { BORDERLESS, GAP } from './borderless.ts'
import {
  keySettings,
  tellEvidence,
  tellGroup,
  tellLibrary,
  tellOrigin,
  tellPlace,
  tellTopics,
  tellValue,
} from './client-words.ts'
import type { FromHere, Rendering } from './rendering.ts'

const HEAD = ['line', 'client', 'library', 'group and topics', 'what its settings really are']

/** Every consumer and producer, file by file, with the settings that decide what it guarantees, and where each value comes from. */
export function clientTable(clients: readonly ReportClient[], rendering: Rendering): string {
  const { style, width, fromHere } = rendering
  const rows = clients.map((client) => cellsOf(client, rendering))
  const widths = columnWidths([HEAD, ...rows], width)
  // wrapped before they are painted: the table would count the colours of a line it breaks
  const wrapped = (row: readonly string[]) => row.map((cell, i) => wrapCell(cell, (widths[i] as number) - GAP))
  const lines = [style.bold(plural(clients.length, 'Kafka client')), '']
  let group = [wrapped(HEAD).map((cell) => paintLines(cell, style.dim))]
  clients.forEach(({ location: { path } }, i) => {
    if (clients[i - 1]?.location.path !== path) {
      lines.push(...drawRows(group, widths), style.bold(visible(fromHere(path))))
      group = []
    }
    group.push(paintRow(wrapped(rows[i] as string[]), style))
  })
  return [...lines, ...drawRows(group, widths)].join('\n')
}

/** One table for each file: its cost grows faster than its rows. */
function drawRows(rows: readonly string[][], widths: readonly number[]): string[] {
  const table = new Table({
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    colWidths: [...widths],
  })
  table.push(...rows)
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
}

function cellsOf(client: ReportClient, { fromHere }: Rendering): string[] {
  const evidence = tellEvidence(client.variants[0]?.evidence, (path) => path.slice(path.lastIndexOf('/') + 1))
  const topics = tellTopics(client.topics)
  const settings = keySettings(client).map((values) => tellSettings(values, client, fromHere))
  const [gap] = client.gaps
  if (gap) settings.push(`+ not seen: ${visible(gap.reason)} (${tellPlace(gap.location, client.location.path, fromHere)})`)
  return [
    String(client.location.line),
    client.role,
    [tellLibrary(client), ...(evidence === '' ? [] : [evidence])].join('\n'),
    client.role === 'consumer' ? `${tellShortGroup(client)}\n← ${topics}` : `→ ${topics}`,
    settings.join('\n'),
  ]
}

function tellShortGroup({ group }: ReportClient): string {
  return group.kind === 'framework' ? 'named by the framework' : tellGroup(group)
}

/** `acks = 1 (line 4)`; where versions differ, every value it may have. */
function tellSettings(settings: readonly ReportSetting[], client: ReportClient, fromHere: FromHere): string {
  const [first] = settings
  const values = [...new Set(settings.map((setting) => tellValue(setting.value)))]
  const origins = [...new Set(settings.map((setting) => tellShortOrigin(setting, client, fromHere)))]
  const origin = values.length > 1 ? 'by version' : origins.slice(0, 2).join(' or ')
  return `${first?.key} = ${values.join(' or ')}${origin === '' ? '' : ` (${origin})`}`
}

/** What hides an unknown value stands below the settings, once. */
function tellShortOrigin({ key, origin }: ReportSetting, client: ReportClient, fromHere: FromHere): string {
  if (origin.kind === 'unknown') return ''
  if (origin.kind === 'derived') return origin.because === key ? 'default' : `because of ${visible(origin.because)}`
  return tellOrigin(origin, client, fromHere)
}

function paintRow([line, role, library, group, settings]: readonly string[], style: Rendering['style']): string[] {
  const setting = (text: string) =>
    text.replace(
      /^(\S+ = )(.*?)( \(.*)?$/,
      (_, key: string, value: string, origin: string | undefined) =>
        `${key}${style.bold(value)}${origin ? style.dim(origin) : ''}`,
    )
  return [
    paintLines(line as string, style.dim),
    paintLines(role as string, style.cyan),
    library as string,
    group as string,
    paintLines(settings as string, setting),
  ]
}

function paintLines(cell: string, paint: (line: string) => string): string {
  return cell.split('\n').map(paint).join('\n')
}

/** Broken at spaces, and within words that are longer than a line. */
function wrapCell(cell: string, width: number): string {
  return wrap(cell, width)
    .flatMap((line) => chunks(line, width))
    .join('\n')
}

function chunks(line: string, width: number): string[] {
  const parts: string[] = ['']
  for (const character of line) {
    if (displayWidth(parts.at(-1) as string) + displayWidth(character) > width) parts.push('')
    parts[parts.length - 1] += character
  }
  return parts
}

/** As wide as the cells need; when that is more than there is, the widest columns give way first, down to a third of their need. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const needed = HEAD.map((_, i) => Math.max(...rows.map((row) => longestLine(row[i] ?? ''))) + GAP)
  const widths = [...needed]
  const total = () => widths.reduce((sum, one) => sum + one, 0)
  while (total() > width) {
    const least = needed.map((need) => Math.min(need, Math.max(10, Math.ceil(need / 3))))
    const shrinkable = widths.map((one, i) => ({ i, one })).filter(({ i, one }) => one > (least[i] as number))
    if (shrinkable.length === 0) break
    const widest = shrinkable.reduce((a, b) => (b.one > a.one ? b : a))
    widths[widest.i] = widest.one - 1
  }
  return widths
}

function longestLine(cell: string): number {
  return Math.max(...cell.split('\n').map(displayWidth))
}
