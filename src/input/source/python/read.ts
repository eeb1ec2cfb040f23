import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { readKeyWrites } from '../program/redis/files.ts'
import { newRecogniser } from './clients/recognise.ts'
import { PYTHON } from './language.ts'
import { PYTHON_REDIS } from './redis.ts'

/** Reads the Kafka clients and the Redis marks of a project's Python files. */
export function readPython(source: FileSource): Declarations {
  const program = readProgram(source, PYTHON, newRecogniser)
  return declarationsOf(program, readKeyWrites(source, program.modules, PYTHON_REDIS))
}
