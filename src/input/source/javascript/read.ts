import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { readKeyWrites } from '../program/redis/files.ts'
import { newRecogniser } from './clients/recognise.ts'
import { JAVASCRIPT } from './language.ts'
import { JAVASCRIPT_REDIS } from './redis.ts'

/** Reads the Kafka clients and the Redis marks of a project's JavaScript and TypeScript files. */
export function readJavaScript(source: FileSource): Declarations {
  const program = readProgram(source, JAVASCRIPT, newRecogniser)
  return declarationsOf(program, readKeyWrites(source, program.modules, JAVASCRIPT_REDIS))
}
