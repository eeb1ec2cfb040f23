import type { Language } from '../program/evaluate/frame.ts'
import { moduleName } from '../program/evaluate/names.ts'
import { WHOLE } from '../program/syntax.ts'
import { knownCall, spell } from './builtins.ts'
import { constantOf } from './constants.ts'
import { JAVA_WORDS } from './handler-words.ts'
import { isJavaLang } from './java-lang.ts'
import { dictMethod, listMethod, textMethod } from './methods.ts'
import { parseJava } from './parse.ts'
import { javaResolver } from './resolve.ts'

const HARMLESS =
  /^(?:builtins|java\.(?:util|lang|time|text|math|nio)|org\.slf4j|org\.apache\.(?:logging|log4j|commons\.logging)|lombok|com\.fasterxml|com\.google\.gson|org\.apache\.kafka\.(?:clients|common|streams))(?:\.|$)/

/** Java, as evaluation knows it. */
export const JAVA: Language = {
  id: 'java',
  kind: 'java',
  isModule: (path) => path.endsWith('.java'),
  parse: (text) => parseJava(text),
  resolver: javaResolver,
  objectsAreDicts: false,
  isBuiltin: isJavaLang,
  builtinCall: () => undefined,
  knownCall,
  readsArguments: (path) => /^(?:builtins|java\.util|org\.apache\.kafka|org\.springframework\.beans)\./.test(path),
  isHarmless: (path) =>
    HARMLESS.test(path) || /(?:^|\.)(?:log|logger|LOG|LOGGER)(?:\(\))?\.(?:trace|debug|info|warn|error)$/.test(path),
  knownAttribute: (_m, _frame, path, name) => constantOf(path, name),
  // an import names the class that its file is called after
  offered: (m, frame, place, name) =>
    place.file !== undefined && name === WHOLE ? moduleName(m, frame, place.file, stemOf(place.file)) : undefined,
  dictMethod,
  listMethod,
  textMethod,
  spell,
  moduleName: stemOf,
  stem: (name) => name.slice(name.lastIndexOf('.') + 1),
  // classes of the same package are used without an import
  importsName: (text, name) => text.includes(name),
  tellProblem: (problem) => ({
    reason: `${problem.message}; the rest of the file was read`,
    hint: 'mend the syntax error, or exclude the file',
  }),
  words: JAVA_WORDS,
  touchesClient: (text) =>
    /\borg\.apache\.kafka\.clients\.|\borg\.springframework\.kafka\.|\bKafka(?:Consumer|Producer)\b/.test(text),
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.java$/, '')
}
