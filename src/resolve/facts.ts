import { entryAt } from '../knowledge/history.ts'
import { profileById } from '../knowledge/profiles.ts'
import type { DeclaredClient } from '../model/client.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Document } from '../model/document.ts'
import type { Client, Facts, Variant, VersionEvidence } from '../model/facts.ts'
import type { Handler } from '../model/handler.ts'
import type { Intent } from '../model/intent.ts'
import type { Project } from '../model/project.ts'
import type { KeyWrite } from '../model/store.ts'
import { effectiveSettings, lastOfEach } from './effective.ts'
import { applyEnvironment, deploymentsOf, springEnvironment } from './environment.ts'
import { clusterOf, groupOf } from './group.ts'
import { intentOf } from './intent.ts'
import { joinListeners } from './listeners.ts'
import { type Candidate, candidatesFor } from './versions.ts'

/** What was declared in the files that were read. */
export interface Declared {
  readonly projects: readonly Project[]
  readonly clients: readonly DeclaredClient[]
  readonly handlers: readonly Handler[]
  readonly keyWrites: readonly KeyWrite[]
  readonly deployments: readonly Deployment[]
  readonly documents: readonly Document[]
}

export interface Assumptions {
  /** Library id → version. */
  readonly assume: Readonly<Record<string, string>>
  readonly intents: readonly Intent[]
}

/** Joins what was declared with what is known of the libraries. Pure: the same declarations give the same facts. */
export function resolveFacts(declared: Declared, assumptions: Assumptions): Facts {
  const resolved = declared.clients.map((client) => resolveClient(client, declared, assumptions)).filter((c) => c !== undefined)
  return {
    projects: declared.projects,
    ...joinListeners(resolved, declared.handlers),
    keyWrites: declared.keyWrites,
    deployments: declared.deployments,
    intents: assumptions.intents,
    documents: new Map(declared.documents.map((d) => [d.path, d])),
  }
}

function resolveClient(
  declared: DeclaredClient,
  { projects, deployments }: Declared,
  { assume, intents }: Assumptions,
): Client | undefined {
  const running = deploymentsOf(declared.folder, deployments)
  const variants = candidatesFor(declared.libraries, declared.folder, projects, assume).map((c) =>
    variantOf(declared, c, running),
  )
  // of several versions the newest is the likeliest: old ones name a group of their own where none is given
  const newest = variants.findLast((v) => v.library === variants[0]?.library)
  const profile = newest && profileById(newest.library)
  if (!newest || !profile) return undefined
  const group = groupOf(declared, newest.settings.get('group.id'), profile)
  const client = { ...declared, folder: projectFolder(declared.folder, projects), variants, group, deployments: running }
  const cluster = clusterOf(newest.settings.get('bootstrap.servers')?.value)
  const intent = intentOf(client, intents)
  return { ...client, ...(cluster !== undefined ? { cluster } : {}), ...(intent ? { intent } : {}) }
}

function variantOf(declared: DeclaredClient, candidate: Candidate, deployments: readonly Deployment[]): Variant {
  const { profile, from, until, version, evidence } = candidate
  const title = titleOf(profile.title, evidence)
  const spring =
    profile.id === 'spring-boot-kafka'
      ? springEnvironment(declared, deployments, Object.keys(profile.settings), (key) => profile.spell(key))
      : []
  const stated = lastOfEach([...declared.options.settings.map((s) => applyEnvironment(s, deployments)), ...spring], (key) =>
    profile.canonical(key),
  )
  const { settings, problems, view } = effectiveSettings(declared, stated, profile, version ?? from, title)
  const capabilities = entryAt(profile.capabilities, version ?? from) ?? profile.capabilities[0]
  if (!capabilities) throw new Error(`profile ${profile.id} states no capabilities`)
  return {
    library: profile.id,
    libraryTitle: profile.title,
    title,
    from,
    until,
    version,
    evidence,
    settings,
    problems,
    commit: profile.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) }),
    capabilities: capabilities.value,
  }
}

function titleOf(library: string, evidence: VersionEvidence): string {
  switch (evidence.kind) {
    case 'exact':
      return `${library} ${evidence.dependency.version}`
    case 'assumed':
      return `${library} ${evidence.version} (assumed)`
    case 'range':
      return `${library} ${evidence.dependency.specifier || '(no version pinned)'}`
    case 'unknown':
      return `${library} (version unknown)`
  }
}

/** The nearest folder with a manifest, so that two modules of one project compare equal. */
function projectFolder(folder: string, projects: readonly Project[]): string {
  let nearest = ''
  for (const { path } of projects)
    if ((folder === path || folder.startsWith(`${path}/`)) && path.length > nearest.length) nearest = path
  return nearest
}
