import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { newRecogniser } from './clients/recognise.ts'
import { PYTHON } from './language.ts'
import { readRedis, touchesRedis } from './redis/read.ts'

/** Reads the Kafka clients and the Redis marks of a project's Python files. */
export function readPython(source: FileSource): Declarations {
  const program = readProgram(source, PYTHON, newRecogniser)
  const keyWrites = source.files
    .filter((file) => file.kind === 'python' && file.interest === 'read' && touchesRedis(file.text))
    .flatMap((file) => program.modules.load(file.path) ?? [])
    .flatMap(({ path, text, lines, syntax }) => readRedis({ path, folder: dirname(path), text, lines, module: syntax }))
  return declarationsOf(program, keyWrites)
}

function dirname(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
