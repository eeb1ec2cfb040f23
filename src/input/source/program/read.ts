import type { DeclaredClient } from '../../../model/client.ts'
import type { Document, Skipped } from '../../../model/document.ts'
import type { Handler, Node } from '../../../model/handler.ts'
import type { Location } from '../../../model/location.ts'
import { positionAt } from '../../../text/lines.ts'
import { secretSpansInText } from '../../../text/secrets.ts'
import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declareClients } from './declare.ts'
import type { ClientRecogniser, Language } from './evaluate/frame.ts'
import { type ModuleFile, type Modules, openModules } from './evaluate/modules.ts'
import { explore } from './explore.ts'
import { extractHandlers } from './handlers/extract.ts'
import { withResults } from './sends.ts'

/** What a program's files in one language declare, beside their marks in Redis. */
export interface Program {
  readonly modules: Modules
  readonly clients: readonly DeclaredClient[]
  readonly handlers: readonly Handler[]
}

/** Reads the Kafka clients of a project's files in one language, and what their handlers do. Every file is parsed at most once, and only where something leads to it. */
export function readProgram(source: FileSource, language: Language, recogniser: () => ClientRecogniser): Program {
  const modules = openModules(source, language)
  const seen = explore(modules, language, recogniser)
  const clients = withResults(modules, declareClients(modules, seen))
  return { modules, clients, handlers: extractHandlers(modules, clients) }
}

/** The report's part of a program. A module that was only looked into for a name is none of the report's, unless something in the report stands there. */
export function declarationsOf({ modules, clients, handlers }: Program, keyWrites: Declarations['keyWrites']): Declarations {
  const told = new Set(placesOf(clients).map(({ path }) => path))
  for (const handler of handlers) pathsIn([...handler.body, ...handler.after], told)
  const chosen = new Set(modules.source.files.filter((file) => file.interest === 'read').map((file) => file.path))
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

/** Adds the files in which steps stand: calls lead into files that nothing else names. */
function pathsIn(nodes: readonly Node[], paths: Set<string>): void {
  for (const node of nodes) {
    paths.add(node.location.path)
    if ('body' in node) pathsIn(node.body, paths)
    if (node.kind === 'branch') for (const { body } of node.paths) pathsIn(body, paths)
    if (node.kind === 'attempt') {
      pathsIn([...node.otherwise, ...node.finally], paths)
      for (const { body } of node.catches) pathsIn(body, paths)
    }
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

function documentOf(file: ModuleFile): Document {
  return {
    path: file.path,
    format: file.language.kind,
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
    const { reason, hint } = file.language.tellProblem(problem, file.text)
    skipped.push({
      path: file.path,
      line: positionAt(file.lines, problem.span.start).line,
      kind: 'syntax',
      reason,
      hint,
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
