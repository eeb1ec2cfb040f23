import type { DeclaredClient } from '../../../model/client.ts'
import type { Document, Skipped } from '../../../model/document.ts'
import type { Location } from '../../../model/location.ts'
import { positionAt } from '../../../text/lines.ts'
import { secretSpansInText } from '../../../text/secrets.ts'
import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { newRecogniser } from './clients/recognise.ts'
import { declareClients } from './declare.ts'
import { type ModuleFile, openModules } from './evaluate/modules.ts'
import { explore } from './explore.ts'
import { extractHandlers } from './handlers/extract.ts'
import { PYTHON } from './language.ts'
import { readRedis, touchesRedis } from './redis/read.ts'
import { withResults } from './sends.ts'

/** Reads the Kafka clients and the Redis marks of a project's Python files. Every file is parsed at most once, and only where something leads to it. */
export function readPython(source: FileSource): Declarations {
  const modules = openModules(source, PYTHON)
  const seen = explore(modules, newRecogniser)
  const clients = withResults(modules, declareClients(modules, seen))
  const handlers = extractHandlers(modules, clients)
  const keyWrites = source.files
    .filter((file) => file.kind === 'python' && file.interest === 'read' && touchesRedis(file.text))
    .flatMap((file) => modules.load(file.path) ?? [])
    .flatMap(({ path, text, lines, syntax }) => readRedis({ path, folder: dirname(path), text, lines, module: syntax }))
  // A module that was only looked into for a name is none of the report's, unless something in the report stands there.
  const told = new Set(placesOf(clients).map(({ path }) => path))
  const chosen = new Set(source.files.filter((file) => file.interest === 'read').map((file) => file.path))
  const files = [...modules.loaded()]
    .filter(({ path }) => told.has(path) || chosen.has(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return {
    clients,
    handlers,
    keyWrites,
    deployments: [],
    documents: files.map(documentOf),
    skipped: files.flatMap(skippedIn),
  }
}

/** Every place that a client names. */
function placesOf(clients: readonly DeclaredClient[]): Location[] {
  return clients.flatMap((client) => [
    client.location,
    ...client.related.map((related) => related.location),
    ...(client.options.start ? [client.options.start] : []),
    ...client.options.settings.flatMap((setting) => [setting.location, ...(setting.via ?? [])]),
    ...client.options.gaps.map((gap) => gap.location),
    ...(client.topics.kind === 'unknown' ? [] : [client.topics.location]),
    ...client.calls.map((call) => call.location),
  ])
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
