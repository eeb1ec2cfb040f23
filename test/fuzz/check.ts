import { readConfiguration } from '../../src/input/configuration/read.ts'
import type { Declarations } from '../../src/input/declarations.ts'
import { kindOf } from '../../src/input/discover/kinds.ts'
import type { FileSource, InputFile } from '../../src/input/files.ts'
import { readJavaScript } from '../../src/input/source/javascript/read.ts'
import { readPython } from '../../src/input/source/python/read.ts'
import type { CommitBehaviour } from '../../src/model/commit.ts'
import { judge } from '../../src/semantics/judge.ts'
import { waysThrough } from '../../src/semantics/paths.ts'
import type { Seed } from './inputs.ts'

const MANUAL: CommitBehaviour = {
  when: 'never',
  what: 'stored',
  onClose: false,
  onRevoke: false,
  loses: 'no',
  says: '',
  citation: '',
}

/** Reads one file as an audit does, and runs its handlers. Throws where something in it does, or where a place is named that the file does not have. */
export async function check({ path, text }: Seed): Promise<void> {
  const kind = kindOf(path.split('/').at(-1) ?? path)
  if (!kind || kind === 'manifest') return
  const file: InputFile = { path, kind, text, interest: 'read' }
  const source: FileSource = {
    files: [file],
    open: (name) => (name === path ? file : undefined),
    exists: (name) => name === path,
    isFolder: () => false,
  }
  const read = kind === 'python' ? readPython : kind === 'javascript' ? readJavaScript : readConfiguration
  const declared = await read(source)
  placesWithin(declared, path, text.split(/\r\n|\r|\n/).length)
  for (const handler of declared.handlers) {
    waysThrough(handler)
    judge({ consumer: '', handler, commit: MANUAL, storesAlone: true, safeWrites: true, idempotentWrites: true })
  }
}

/** Every place that is named lies in the file. */
function placesWithin(declared: Declarations, path: string, lines: number): void {
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const place = value as { path?: unknown; line?: unknown; endLine?: unknown; column?: unknown }
    if (place.path === path && typeof place.line === 'number' && typeof place.endLine === 'number') {
      const inside = place.line >= 1 && place.line <= place.endLine && place.endLine <= lines && Number(place.column) >= 1
      if (!inside) throw new Error(`names a place outside of the file: ${JSON.stringify(value)} of ${lines} lines`)
    }
    for (const inner of Object.values(value)) visit(inner)
  }
  visit([declared.clients, declared.handlers, declared.keyWrites])
}
