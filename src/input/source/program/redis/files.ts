import type { KeyWrite } from '../../../../model/store.ts'
import type { FileSource } from '../../../files.ts'
import { type ModuleFile, type Modules, parentOf } from '../evaluate/modules.ts'
import { basesOf } from '../handlers/scope.ts'
import type { RedisDialect } from './dialect.ts'
import { readRedis } from './read.ts'
import type { Base, RedisSource } from './source.ts'

/** The marks, locks and counters of a project's files in one language. */
export function readKeyWrites(source: FileSource, modules: Modules, dialect: RedisDialect): readonly KeyWrite[] {
  return source.files
    .filter((file) => file.kind === modules.language.kind && file.interest === 'read' && dialect.touches(file.text))
    .flatMap((file) => modules.load(file.path) ?? [])
    .flatMap((file) => readRedis({ ...sourceOf(file, dialect), bases: basesIn(modules, file, dialect) }))
}

function sourceOf({ path, text, lines, syntax }: ModuleFile, dialect: RedisDialect): RedisSource {
  return { path, folder: parentOf(path), text, lines, module: syntax, dialect }
}

function basesIn(modules: Modules, file: ModuleFile, dialect: RedisDialect): ReadonlyMap<string, readonly Base[]> {
  return new Map(
    file.symbols.classes.map((cls): [string, readonly Base[]] => [
      cls.name,
      basesOf(modules, file, cls).flatMap((base) =>
        base.file === file ? [] : [{ name: base.info.name, source: sourceOf(base.file, dialect) }],
      ),
    ]),
  )
}
