import { assembleReport, type Judging } from './engine/assemble.ts'
import type { Report } from './engine/report.ts'
import type { Input } from './input/declarations.ts'
import { discover } from './input/discover/discover.ts'
import { type ReadOptions, readInput } from './input/read.ts'
import type { ClusterFacts, ClusterSource, ProbePlan, SentRequest } from './model/cluster.ts'
import type { Document } from './model/document.ts'
import type { Facts } from './model/facts.ts'
import type { Intent } from './model/intent.ts'
import type { Assumptions } from './resolve/facts.ts'
import { probePlan } from './resolve/plan.ts'

export type { Report, ReportClient, ReportFinding, ReportNotEvaluated, ReportSetting } from './engine/report.ts'

export interface AuditOptions extends Partial<Judging> {
  /** Absolute folder that every path of the report is relative to: the common ancestor of `paths`. */
  readonly root: string
  /** Absolute files and folders to audit; the root when empty. */
  readonly paths?: readonly string[]
  /** Patterns in .gitignore's syntax, relative to the root. */
  readonly exclude?: readonly string[]
  readonly includeTests?: boolean
  /** Library id → version to judge clients by, whatever the manifests say. */
  readonly assume?: Readonly<Record<string, string>>
  readonly intents?: readonly Intent[]
  /** What a cluster said, from a snapshot; or who asks one, once it is known what the project names. */
  readonly cluster?: ClusterFacts | ClusterSource
}

/** A report with the files that its locations point into, which source frames are drawn from. */
export interface Audited {
  readonly report: Report
  readonly documents: ReadonlyMap<string, Document>
  /** Files chosen for reading, relative to the root, sorted. */
  readonly files: readonly string[]
}

/** Audits a source tree: reads, resolves, evaluates and reports. Never writes, never runs what it reads, opens no socket. */
export async function audit(options: AuditOptions): Promise<Report> {
  return (await auditWithSources(options)).report
}

/** `audit`, with the texts that were read. */
export async function auditWithSources(options: AuditOptions): Promise<Audited> {
  const input = await readInput(readOptions(options))
  const { assume = {}, intents = [] } = options
  const declared = await factsOf(input, { assume, intents })
  const { facts, requests } = await withCluster(declared, options.cluster)
  // rules need not be loaded to say nothing about nothing
  const nothing = input.documents.length === 0 && !facts.cluster
  const judging: Judging = {
    rules: options.rules ?? (nothing ? [] : (await import('../rules/index.ts')).RULES),
    select: options.select ?? [],
    ignore: options.ignore ?? [],
    severities: options.severities ?? {},
    persona: options.persona ?? 'default',
    now: options.now ?? new Date(),
  }
  const report = assembleReport({ facts, skipped: input.skipped, files: input.files.length, requests }, judging)
  return { report, documents: facts.documents, files: input.files }
}

async function withCluster(
  facts: Facts,
  cluster: AuditOptions['cluster'],
): Promise<{ facts: Facts; requests?: readonly SentRequest[] }> {
  if (cluster === undefined) return { facts }
  if (typeof cluster !== 'function') return { facts: { ...facts, cluster } }
  const { facts: told, requests } = await cluster(probePlan(facts))
  return { facts: { ...facts, cluster: told }, ...(requests ? { requests } : {}) }
}

/** What a source tree says, before any rule judges it. */
export async function factsFor(options: AuditOptions): Promise<Facts> {
  return factsOf(await readInput(readOptions(options)), { assume: options.assume ?? {}, intents: options.intents ?? [] })
}

/** Reads a source tree as far as a cluster needs to be asked about it: the topics, groups and transactional ids it names. */
export async function planOf(options: AuditOptions): Promise<ProbePlan> {
  return probePlan(await factsFor(options))
}

/** What is known of the libraries is loaded only when there is a client to know it of. */
async function factsOf(input: Input, assumptions: Assumptions): Promise<Facts> {
  if (input.clients.length > 0) return (await import('./resolve/facts.ts')).resolveFacts(input, assumptions)
  const { projects, keyWrites, deployments, documents } = input
  const byPath = new Map(documents.map((document) => [document.path, document]))
  return { projects, clients: [], handlers: [], keyWrites, deployments, intents: assumptions.intents, documents: byPath }
}

/** The files that `audit` would read, relative to the root, sorted. */
export async function listFiles(options: AuditOptions): Promise<readonly string[]> {
  return discover(readOptions(options)).files
}

function readOptions({ root, paths = [], exclude = [], includeTests = false }: AuditOptions): ReadOptions {
  return { root, paths: paths.length > 0 ? paths : [root], exclude, includeTests }
}
