import type { KeyWrite } from '../../../../model/store.ts'
import type { FileSource } from '../../../files.ts'
import { type Modules, parentOf } from '../evaluate/modules.ts'
import type { RedisDialect } from './dialect.ts'
import { readRedis } from './read.ts'

/** The marks, locks and counters of a project's files in one language. */
export function readKeyWrites(source: FileSource, modules: Modules, dialect: RedisDialect): readonly KeyWrite[] {
  return source.files
    .filter((file) => file.kind === modules.language.kind && file.interest === 'read' && dialect.touches(file.text))
    .flatMap((file) => modules.load(file.path) ?? [])
    .flatMap(({ path, text, lines, syntax }) => readRedis({ path, folder: parentOf(path), text, lines, module: syntax, dialect }))
}
