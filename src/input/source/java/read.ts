import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { newRecogniser } from './clients/recognise.ts'
import { JAVA } from './language.ts'

/** Reads the Kafka clients of a project's Java files. */
export function readJava(source: FileSource): Declarations {
  return declarationsOf(readProgram(source, JAVA, newRecogniser), [])
}
