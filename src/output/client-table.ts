import Table from 'cli-table3'
import type { ReportClient } from '../engine/report.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import { displayWidth } from '../text/width.ts'
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
import { pathFromHere, type Rendering } from './rendering.ts'

const HEAD = ['client', 'library', 'group and topics', 'what its settings really are', 'where']

/** Every consumer and producer with the settings that decide what it guarantees, and where each value comes from. */
export function clientTable(clients: readonly ReportClient[], rendering: Rendering): string {
  const { style, width } = rendering
  const rows = clients.map((client) => cellsOf(client, rendering))
  const table = new Table({
    chars: BORDERLESS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP, compact: true },
    colWidths: columnWidths([HEAD, ...rows], width),
    wordWrap: true,
    wrapOnWordBoundary: false,
  })
  table.push(
    HEAD.map((name) => style.dim(name)),
    ...rows.map((row) => paintRow(row, style)),
  )
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
  const title = style.bold(`${plural(clients.length, 'Kafka client')}`)
  return `${title}\n\n${lines.join('\n')}`
}

function cellsOf(client: ReportClient, { prefix }: Rendering): string[] {
  const evidence = tellEvidence(client.variants[0]?.evidence, prefix)
  const topics = tellTopics(client.topics)
  const settings = keySettings(client).map((values) => {
    const told = values.map((setting) => `${tellValue(setting.value)} (${tellOrigin(setting.origin, client, prefix)})`)
    return `${values[0]?.key} = ${[...new Set(told)].join(' or ')}`
  })
  const gap = client.gaps[0]
  if (gap) settings.push(`+ settings not seen (${tellPlace(gap.location, client.location.path, prefix)})`)
  return [
    client.role,
    [tellLibrary(client), ...(evidence === '' ? [] : [evidence])].join('\n'),
    client.role === 'consumer' ? `${tellGroup(client.group)}\n← ${topics}` : `→ ${topics}`,
    settings.join('\n'),
    `${visible(pathFromHere(client.location.path, prefix))}:${client.location.line}`,
  ]
}

function paintRow([role, library, group, settings, where]: string[], style: Rendering['style']): string[] {
  const painted = (settings as string)
    .split('\n')
    .map((line) =>
      line.replace(/^(\S+ = )(.*?)( \(.*)$/, (_, key, value, origin) => `${key}${style.bold(value)}${style.dim(origin)}`),
    )
  return [style.cyan(role as string), library as string, group as string, painted.join('\n'), where as string]
}

/** As wide as the cells need; when that is more than there is, the widest columns give way first, down to a third of their need. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const needed = HEAD.map((_, i) => Math.max(...rows.map((row) => longestLine(row[i] ?? ''))) + GAP)
  const widths = [...needed]
  const total = () => widths.reduce((sum, one) => sum + one, 0)
  while (total() > width) {
    const least = needed.map((need) => Math.max(10, Math.ceil(need / 3)))
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
