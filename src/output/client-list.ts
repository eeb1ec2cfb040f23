import type { ReportClient } from '../engine/report.ts'
import { visible } from '../text/control.ts'
import { plural } from '../text/plural.ts'
import { displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import {
  tellEvidence,
  tellGroup,
  tellLibrary,
  tellOrigin,
  tellPlace,
  tellTopics,
  tellValue,
  tellVersions,
} from './client-words.ts'
import { type Rendering, showLocation } from './rendering.ts'

/** Every client with every setting that its library has: value, and where it comes from. */
export function clientList(clients: readonly ReportClient[], rendering: Rendering): string {
  const title = rendering.style.bold(plural(clients.length, 'Kafka client'))
  return [title, ...clients.map((client) => clientLines(client, rendering).join('\n'))].join('\n\n')
}

/** Columns before the text of a fact. */
const FACT_INDENT = 12

function clientLines(client: ReportClient, { style, width, fromHere }: Rendering): string[] {
  const evidence = tellEvidence(client.variants[0]?.evidence, fromHere)
  const facts: [string, string][] = [
    ['library', `${tellLibrary(client)}${evidence === '' ? '' : ` (${evidence})`}`],
    ...(client.role === 'consumer' ? [['group', tellGroup(client.group)] as [string, string]] : []),
    ['topics', tellTopics(client.topics)],
    ...commitLines(client),
    ...(client.intent
      ? [
          [
            'intent',
            Object.values(client.intent)
              .filter((v) => typeof v === 'string')
              .join(', '),
          ] as [string, string],
        ]
      : []),
    ...client.gaps.map((gap): [string, string] => [
      'not seen',
      `${visible(gap.reason)} (${tellPlace(gap.location, client.location.path, fromHere)})`,
    ]),
  ]
  const rows = client.settings.map((setting) => ({
    key: setting.key,
    value: tellValue(setting.value),
    origin: [
      tellOrigin(setting.origin, client, fromHere),
      // an origin that is unknown tells the reason itself
      ...(setting.value.kind === 'unknown' && setting.origin.kind !== 'unknown' ? [visible(setting.value.reason)] : []),
      ...(setting.spelled !== undefined && setting.spelled !== setting.key ? [`as ${visible(setting.spelled)}`] : []),
      ...(setting.variants ? [tellVersions(client, setting.variants)] : []),
    ].join(', '),
    stated: setting.origin.kind !== 'default' && setting.origin.kind !== 'unknown',
  }))
  const keyWidth = Math.max(0, ...rows.map((row) => row.key.length))
  const valueWidth = Math.min(32, Math.max(0, ...rows.map((row) => displayWidth(row.value))))
  return [
    `${style.cyan(client.role)} ${style.bold(visible(client.name))}  ${showLocation(client.location, fromHere)}`,
    ...facts.flatMap(([name, text]) =>
      wrap(text, Math.max(40, width - FACT_INDENT)).map(
        (line, i) => `  ${i === 0 ? style.dim(name.padEnd(9)) : ' '.repeat(9)} ${line}`,
      ),
    ),
    ...rows.map(({ key, value, origin, stated }) => {
      const padded = value + ' '.repeat(Math.max(0, valueWidth - displayWidth(value)))
      return `    ${key.padEnd(keyWidth)}  ${stated ? style.bold(padded) : padded}  ${style.dim(origin)}`
    }),
  ]
}

function commitLines(client: ReportClient): [string, string][] {
  return client.commits.map(({ says, variants }) => [
    'commits',
    `${visible(says)}${variants ? ` (${tellVersions(client, variants)})` : ''}`,
  ])
}
