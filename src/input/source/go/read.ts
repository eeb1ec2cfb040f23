import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { readKeyWrites } from '../program/redis/files.ts'
import { newRecogniser } from './clients/recognise.ts'
import { GO } from './language.ts'
import { GO_REDIS } from './redis.ts'

/** Reads the Kafka clients and the Redis marks of a project's Go files. */
export function readGo(source: FileSource): Declarations {
  const program = readProgram(source, GO, newRecogniser)
  return declarationsOf(program, readKeyWrites(source, program.modules, GO_REDIS))
}
