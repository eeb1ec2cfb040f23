import type { Comment, SyntaxProblem } from '../../../../formats/syntax.ts'
import type { DeclaredClient } from '../../../../model/client.ts'
import type { Span } from '../../../../text/span.ts'
import type { FileKind, FileSource } from '../../../files.ts'
import type { HandlerWords } from '../handlers/words.ts'
import type { Module } from '../syntax.ts'

/** A file as a language's parser gives it. */
export interface Parsed {
  readonly module: Module
  readonly comments: readonly Comment[]
  /** What could not be read, first to last. */
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
}

/** What an imported name stands for in the project: a module's file, a package's folder, or both for a package with a file of its own. */
export interface ModulePlace {
  readonly file?: string
  readonly folder?: string
}

/** Finds what imports name. */
export interface Resolver {
  /** The module that a file imports; `level` is above zero where it is named relative to the file. Undefined when it is not the project's. */
  resolve(from: string, level: number, name: string): ModulePlace | undefined
  /** A module or package inside a package. */
  inside(folder: string, name: string): ModulePlace | undefined
  /** The file that declares a name, where a package is a folder of files. */
  member?(folder: string, name: string): string | undefined
}

/** All that must be known of a language beside its syntax tree, as long as nothing is evaluated. */
export interface SourceLanguage {
  readonly id: DeclaredClient['language']
  readonly kind: FileKind
  /** True for the path of a file that is one of its modules. */
  isModule(path: string): boolean
  parse(text: string, path: string): Parsed
  resolver(source: FileSource): Resolver
  /** An object that is written down is a dict whose keys are its attributes, and is true even when it is empty. */
  readonly objectsAreDicts: boolean
  /** True for a name that every module has. */
  isBuiltin(name: string): boolean
  /** The name that a module goes by among people, from its path. */
  moduleName(path: string): string
  /** The last part of a module's name as imports have it, by which an import and a file are matched. */
  stem(name: string): string
  /** A cheap test: the text imports the name. */
  importsName(text: string, name: string): boolean
  /** What is said of a file that could not be read whole. */
  tellProblem(problem: SyntaxProblem, text: string): { readonly reason: string; readonly hint: string }
  /** What its functions mean between poll and commit. */
  readonly words: HandlerWords
  /** An import of a client library, or a construction of a client whose import is elsewhere. */
  touchesClient(text: string): boolean
}
