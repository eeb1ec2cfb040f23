import type { Declarations } from '../../declarations.ts'
import type { FileSource } from '../../files.ts'
import { declarationsOf, readProgram } from '../program/read.ts'
import { newRecogniser } from './clients/recognise.ts'
import { JAVASCRIPT } from './language.ts'

/** Reads the Kafka clients of a project's JavaScript and TypeScript files. */
export function readJavaScript(source: FileSource): Declarations {
  return declarationsOf(readProgram(source, JAVASCRIPT, newRecogniser), [])
}
