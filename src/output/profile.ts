import { entryAt } from '../knowledge/history.ts'
import type { Profile } from '../knowledge/profile.ts'
import type { DeclaredClient, Role } from '../model/client.ts'
import { showValue } from '../model/value.ts'
import { effectiveSettings } from '../resolve/effective.ts'
import type { Style } from '../text/style.ts'
import { displayWidth } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'

/** The libraries that semcheck knows. */
export function profileList(profiles: readonly Profile[], style: Style): string {
  const width = Math.max(0, ...profiles.map((profile) => profile.id.length))
  const lines = [...profiles]
    .sort((a, b) => (a.language < b.language ? -1 : a.language > b.language ? 1 : a.id < b.id ? -1 : 1))
    .map(
      ({ id, title, language, newestRead }) => `${style.bold(id.padEnd(width))}  ${title}, ${language}, read up to ${newestRead}`,
    )
  return `${lines.join('\n')}\n`
}

/** What is known of one library at one version, each fact with its source. */
export function profileSheet(profile: Profile, version: string, width: number, style: Style): string {
  const text = (line: string, indent = 2) => wrap(line, Math.max(40, width - indent)).map((one) => ' '.repeat(indent) + one)
  const title = (name: string) => ['', style.bold(name)]
  const capabilities = entryAt(profile.capabilities, version)
  const lines = [
    `${style.bold(style.cyan(`${profile.title} ${version}`))}  ${profile.packages.map((p) => `${p.ecosystem}:${p.name}`).join(', ')}`,
    style.dim(`newest version whose source was read: ${profile.newestRead}`),
    ...(profile.notes.length > 0 ? title('What matters') : []),
    ...profile.notes.flatMap((note) => text(note)),
    ...title('What it can do'),
    ...Object.entries(capabilities?.value ?? {}).map(([name, can]) => `  ${can ? 'yes' : 'no '}  ${CAPABILITIES[name] ?? name}`),
    ...(capabilities ? text(style.dim(capabilities.citation)) : []),
    ...(['consumer', 'producer'] as const).flatMap((role) => roleLines(profile, role, version, style, title, text)),
  ]
  return `${lines.join('\n')}\n`
}

const CAPABILITIES: Readonly<Record<string, string>> = {
  idempotentProducer: 'idempotent producer',
  transactions: 'transactions',
  readCommitted: 'isolation.level=read_committed',
  groupMetadataFencing: "offsets sent with the group's metadata (KIP-447)",
  staticMembership: 'static group membership',
  resetByDuration: 'auto.offset.reset=by_duration:…',
  resetNone: 'auto.offset.reset=none raises to the program',
}

function roleLines(
  profile: Profile,
  role: Role,
  version: string,
  style: Style,
  title: (name: string) => string[],
  text: (line: string, indent?: number) => readonly string[],
): string[] {
  const { settings, view } = effectiveSettings(bareClient(profile, role), [], profile, version, `${profile.title} ${version}`)
  if (settings.size === 0) return []
  const commit = role === 'consumer' ? profile.commits(view) : undefined
  const rows = [...settings.keys()].map((key) => defaultRow(profile, key, role, version))
  const derived = [...settings.values()].flatMap(({ key, value, origin }) =>
    origin.kind === 'derived' ? [`${profile.spell(key)} is ${showValue(value)}: ${origin.says} (${origin.citation})`] : [],
  )
  const widths = [0, 1].map((i) => Math.min(44, Math.max(...rows.map((row) => displayWidth(row[i] as string)))))
  const pad = (cell: string, i: number) => cell + ' '.repeat(Math.max(0, (widths[i] as number) - displayWidth(cell)))
  return [
    ...(commit ? [...title('When it commits'), ...text(commit.says), ...text(style.dim(commit.citation))] : []),
    ...title(`Defaults of a ${role}`),
    ...rows.map(([key, value, source]) => `  ${pad(key, 0)}  ${style.bold(pad(value, 1))}  ${style.dim(source)}`),
    ...(derived.length > 0 ? title(`With nothing else given to a ${role}`) : []),
    ...derived.flatMap((line) => text(line)),
  ]
}

/** Key as this library spells it, default, source. */
function defaultRow(profile: Profile, key: string, role: Role, version: string): readonly [string, string, string] {
  const fact = profile.settings[key]
  const entry = fact && entryAt(fact.defaultByRole?.[role] ?? fact.default, version)
  const value = Array.isArray(entry?.value) ? entry.value.join(', ') : String(entry?.value)
  return [profile.spell(key), value, entry?.citation ?? '']
}

/** A client to which nothing is given: what the library does by itself. */
function bareClient(profile: Profile, role: Role): DeclaredClient {
  const location = { path: '', line: 1, column: 1, endLine: 1, endColumn: 1 }
  return {
    id: '',
    role,
    libraries: [profile.id],
    name: '',
    location,
    related: [],
    options: { settings: [], gaps: [] },
    topics: { kind: 'unknown', reason: '' },
    usage: role === 'consumer' ? 'subscribes' : 'none',
    folder: '',
    language: 'configuration',
    calls: [],
    followed: true,
    confidence: 'high',
  }
}
