import type { Document, Skipped } from '../../../model/document.ts'
import { positionAt } from '../../../text/lines.ts'
import { secretSpansInText } from '../../../text/secrets.ts'
import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declareClients } from './declare.ts'
import { type ModuleFile, openModules } from './evaluate/modules.ts'
import { explore } from './explore.ts'
import { readRedis, touchesRedis } from './redis/read.ts'

/** Reads the Kafka clients and the Redis marks of a project's Python files. Every file is parsed at most once, and only where something leads to it. */
export function readPython(source: FileSource): Declarations {
  const modules = openModules(source)
  const seen = explore(modules)
  const clients = declareClients(modules, seen)
  const keyWrites = source.files
    .filter((file) => file.kind === 'python' && file.interest === 'read' && touchesRedis(file.text))
    .flatMap((file) => modules.load(file.path) ?? [])
    .flatMap(({ path, text, lines, syntax }) => readRedis({ path, folder: dirname(path), text, lines, module: syntax }))
  const files = [...modules.loaded()].sort((a, b) => (a.path < b.path ? -1 : 1))
  return {
    clients,
    keyWrites,
    deployments: [],
    documents: files.map(documentOf),
    skipped: files.flatMap(skippedIn),
  }
}

function dirname(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

function documentOf(file: ModuleFile): Document {
  return {
    path: file.path,
    format: 'python',
    text: file.text,
    lines: file.lines,
    comments: file.comments,
    secrets: secretSpansInText(file.text),
  }
}

function skippedIn(file: ModuleFile): Skipped[] {
  const skipped: Skipped[] = []
  const [problem] = file.problems
  if (problem) {
    const python2 = /^\s*(?:print\s+["'\w]|exec\s+["'])/m.test(file.text)
    skipped.push({
      path: file.path,
      line: positionAt(file.lines, problem.span.start).line,
      kind: 'syntax',
      reason: python2
        ? 'written for Python 2; read as far as it is Python 3'
        : `${problem.message}; the rest of the file was read`,
      hint: python2 ? 'port it to Python 3, or exclude it' : 'mend the syntax error, or exclude the file',
    })
  }
  if (file.tooDeep)
    skipped.push({
      path: file.path,
      line: positionAt(file.lines, file.tooDeep.start).line,
      kind: 'too-deep',
      reason: 'nested too deeply to be read; the rest of the file was read',
      hint: 'exclude the file if it was generated',
    })
  return skipped
}
