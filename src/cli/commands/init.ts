import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Io, UsageError } from '../io.ts'

const FILE = 'semcheck.yaml'

/** `semcheck init`: writes a configuration that changes nothing until its lines are uncommented. Never overwrites. */
export function init(io: Io): number {
  try {
    writeFileSync(join(io.cwd, FILE), TEMPLATE, { flag: 'wx' })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') throw new UsageError(`there is a ${FILE} already`, 'edit it, or move it away first')
    throw new UsageError(`${FILE}: cannot be written (${code})`)
  }
  io.stdout(`wrote ${FILE}\n`)
  return 0
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
