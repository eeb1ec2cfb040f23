import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_FILE } from '../../config/load.ts'
import { libraryIds, ruleIds } from '../catalogue.ts'
import { type Io, UsageError } from '../io.ts'

export { completion } from './completion.ts'

/** `semcheck init`: writes a configuration that changes nothing until its lines are uncommented. Never overwrites. */
export function init(io: Io): void {
  try {
    writeFileSync(join(io.cwd, CONFIG_FILE), TEMPLATE, { flag: 'wx' })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') throw new UsageError(`there is a ${CONFIG_FILE} already`, 'edit it, or move it away first')
    throw new UsageError(`${CONFIG_FILE}: cannot be written (${code})`)
  }
  io.stdout(`wrote ${CONFIG_FILE}\n`)
}

/** `semcheck schema config|report|snapshot`. */
export async function schema(of: SchemaOf, io: Io): Promise<void> {
  io.stdout(`${JSON.stringify(await schemaOf(of), null, 2)}\n`)
}

export type SchemaOf = 'config' | 'report' | 'snapshot'

async function schemaOf(of: SchemaOf): Promise<unknown> {
  if (of === 'snapshot') return (await import('../../cluster/snapshot.ts')).snapshotJsonSchema()
  if (of === 'report') return (await import('../../output/report-schema.ts')).REPORT_SCHEMA
  const { configJsonSchema } = await import('../../config/schema.ts')
  return configJsonSchema({ rules: await ruleIds(), libraries: await libraryIds() })
}

export const TEMPLATE = `# How semcheck audits this folder and those below it.
# Editors: semcheck schema config > semcheck.schema.json, then
# # yaml-language-server: $schema=semcheck.schema.json

# Files and folders to leave out, in .gitignore's syntax.
# exclude:
#   - legacy/

# Test and docs folders are left out unless this is true.
# includeTests: false

# Library versions to judge by, whatever the manifests say (semcheck clients lists the libraries).
# assume:
#   kafka-python: 2.0.2

# off, error, warning or info for each rule (semcheck rules lists them).
# rules:
#   offset-reset: info

# What your pipelines are meant to guarantee. The first entry that fits a client counts.
# intents:
#   - match: { group: "payments-*" }
#     semantics: exactly-once
#     replay: forbidden
#     downtime: 3d
#   - match: { path: "services/metrics/**" }
#     semantics: at-most-once
`
