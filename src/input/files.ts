/** How a file is read. `manifest` files say which library versions a project uses. */
export type FileKind =
  | 'python'
  | 'javascript'
  | 'java'
  | 'go'
  | 'properties'
  | 'yaml'
  | 'json'
  | 'toml'
  | 'env'
  | 'ini'
  | 'manifest'

/** A file chosen for reading, decoded. */
export interface InputFile {
  /** Relative to the root, with `/`. */
  readonly path: string
  readonly kind: FileKind
  readonly text: string
  /**
   * `read`: names a client import, a Redis command or a configuration key, so it is read for what it declares.
   * `pool`: only names Kafka (or Redis) loosely; opened when something that is read leads to it: a caller of a wrapper, an imported module.
   */
  readonly interest: 'read' | 'pool'
}

/** The files of one audit, as readers see them. Nothing outside the root is ever opened. */
export interface FileSource {
  /** Every chosen file, sorted by path; `text` of pool files is decoded when first asked for. */
  readonly files: readonly InputFile[]
  /**
   * A file by its path, whether chosen or not (a settings module that names neither Kafka nor Redis), or undefined when there is none, it is
   * excluded, or it cannot be read (which `skipped` then tells).
   */
  open(path: string): InputFile | undefined
  /** True when such a file exists below the root and is not excluded. */
  exists(path: string): boolean
  /** True when such a folder exists below the root. */
  isFolder(path: string): boolean
  /** Names of the files in a folder, sorted; none when there is no such folder or it is excluded. Not every source can list. */
  readonly filesIn?: (folder: string) => readonly string[]
  /** Names of the folders in a folder, likewise. */
  readonly foldersIn?: (folder: string) => readonly string[]
}
