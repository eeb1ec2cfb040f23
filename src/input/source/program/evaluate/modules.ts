import type { Comment, SyntaxProblem } from '../../../../formats/syntax.ts'
import { type LineStarts, lineStarts } from '../../../../text/lines.ts'
import type { Span } from '../../../../text/span.ts'
import type { FileSource } from '../../../files.ts'
import type { Module } from '../syntax.ts'
import type { ModulePlace, Resolver, SourceLanguage } from './source-language.ts'
import { type ClassInfo, type ModuleSymbols, symbolsOf } from './symbols.ts'

/** One parsed file of the project. */
export interface ModuleFile {
  readonly language: SourceLanguage
  readonly path: string
  readonly text: string
  readonly lines: LineStarts
  readonly syntax: Module
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
  readonly symbols: ModuleSymbols
}

/** The project's modules, each parsed at most once. */
export interface Modules extends Resolver {
  readonly language: SourceLanguage
  readonly source: FileSource
  load(path: string): ModuleFile | undefined
  loaded(): Iterable<ModuleFile>
  /** Classes, of the files parsed so far, that name a base so. */
  heirsOf(name: string): readonly ClassInfo[]
}

/** Opens the modules of a project that are in one language. */
export function openModules(source: FileSource, language: SourceLanguage): Modules {
  const files = new Map<string, ModuleFile | undefined>()
  const heirs = new Map<string, ClassInfo[]>()
  /** What the imports of each file stand for: a module is evaluated anew for each name that is wanted of it. */
  const imports = new Map<string, Map<string, ModulePlace | undefined>>()

  function load(path: string): ModuleFile | undefined {
    if (files.has(path)) return files.get(path)
    const file = source.open(path)
    let module: ModuleFile | undefined
    if (file && (file.kind === language.kind || language.isModule(path))) {
      const { module: syntax, comments, problems, tooDeep } = language.parse(file.text, path)
      module = {
        language,
        path,
        text: file.text,
        lines: lineStarts(file.text),
        syntax,
        comments,
        problems,
        ...(tooDeep ? { tooDeep } : {}),
        symbols: symbolsOf(syntax, path, language),
      }
      for (const info of module.symbols.classes)
        for (const base of info.node.bases) {
          const name = base.kind === 'name' || base.kind === 'attribute' ? base.name : undefined
          if (name === undefined || name === info.name) continue
          const list = heirs.get(name)
          if (list) list.push(info)
          else heirs.set(name, [info])
        }
    }
    files.set(path, module)
    return module
  }

  const resolver = language.resolver(source)
  return {
    language,
    source,
    load,
    resolve(from, level, dotted) {
      let known = imports.get(from)
      if (!known) {
        known = new Map()
        imports.set(from, known)
      }
      const name = level === 0 ? dotted : `${level}:${dotted}`
      if (known.has(name)) return known.get(name)
      const place = resolver.resolve(from, level, dotted)
      known.set(name, place)
      return place
    },
    inside: resolver.inside,
    member: (folder, name) => resolver.member?.(folder, name),
    heirsOf: (name) => heirs.get(name) ?? [],
    loaded: () => [...files.values()].filter((file) => file !== undefined),
  }
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}
