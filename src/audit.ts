import type { Judging } from './engine/assemble.ts'
import type { Report } from './engine/report.ts'
import type { Document } from './model/document.ts'
import type { Intent } from './model/intent.ts'

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
  const { root, paths = [], exclude = [], includeTests = false, assume = {}, intents = [] } = options
  const [{ readInput }, { resolveFacts }, { assembleReport }] = await Promise.all([
    import('./input/read.ts'),
    import('./resolve/facts.ts'),
    import('./engine/assemble.ts'),
  ])
  const input = await readInput({ root, paths: paths.length > 0 ? paths : [root], exclude, includeTests })
  const facts = resolveFacts(input, { assume, intents })
  const judging: Judging = {
    rules: options.rules ?? (await import('../rules/index.ts')).RULES,
    select: options.select ?? [],
    ignore: options.ignore ?? [],
    severities: options.severities ?? {},
    persona: options.persona ?? 'default',
    now: options.now ?? new Date(),
  }
  const report = assembleReport({ facts, skipped: input.skipped, files: input.files.length }, judging)
  return { report, documents: facts.documents, files: input.files }
}

/** The files that `audit` would read, relative to the root, sorted. */
export async function listFiles(options: AuditOptions): Promise<readonly string[]> {
  const { root, paths = [], exclude = [], includeTests = false } = options
  const { discover } = await import('./input/discover/discover.ts')
  return discover({ root, paths: paths.length > 0 ? paths : [root], exclude, includeTests }).files
}
