import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { readKeyWrites } from '../program/redis/files.ts'
import { newRecogniser } from './clients/recognise.ts'
import { JAVA } from './language.ts'
import { JAVA_REDIS } from './redis.ts'

/** Reads the Kafka clients and the Redis marks of a project's Java files. */
export function readJava(source: FileSource): Declarations {
  const program = readProgram(source, JAVA, newRecogniser)
  return declarationsOf(program, readKeyWrites(source, program.modules, JAVA_REDIS))
}
