import type { Frame, Language, Machine } from '../program/evaluate/frame.ts'
import { moduleName } from '../program/evaluate/names.ts'
import type { ModulePlace } from '../program/evaluate/source-language.ts'
import { type Abstract, constant } from '../program/evaluate/value.ts'
import { WHOLE } from '../program/syntax.ts'
import { builtinCall, isBuiltin, knownCall, spell } from './builtins.ts'
import { isClientConstant } from './clients/packages.ts'
import { GO_WORDS } from './handler-words.ts'
import { dictMethod, listMethod, textMethod } from './methods.ts'
import { parseGo } from './parse.ts'
import { goResolver } from './resolve.ts'

/** Nanoseconds (time, time.go). */
const DURATIONS: Readonly<Record<string, number>> = {
  Nanosecond: 1,
  Microsecond: 1e3,
  Millisecond: 1e6,
  Second: 1e9,
  Minute: 6e10,
  Hour: 3.6e12,
}

const HARMLESS =
  /^(?:builtins|fmt|strings|strconv|errors|bytes|bufio|context|encoding(?:\/\w+)?|time|math(?:\/\w+)*|sort|slices|maps|sync(?:\/atomic)?|regexp|unicode(?:\/\w+)?|log(?:\/slog)?|os\/signal|reflect|flag|github\.com\/(?:sirupsen\/logrus|rs\/zerolog(?:\/log)?|pkg\/errors|google\/uuid)|go\.uber\.org\/zap|go\.opentelemetry\.io\/[\w/.-]+)\./

/** Go, as evaluation knows it. */
export const GO: Language = {
  id: 'go',
  kind: 'go',
  isModule: (path) => path.endsWith('.go'),
  parse: (text) => parseGo(text),
  resolver: goResolver,
  objectsAreDicts: true,
  isBuiltin,
  builtinCall,
  knownCall,
  readsArguments: (path) => path.startsWith('builtins.') || !path.includes('()'),
  isHarmless: (path) => HARMLESS.test(path) || /(?:^|\.)(?:[lL]og|[lL]ogger)\.\w+$/.test(path),
  knownAttribute(_m, _frame, path, name) {
    if (path === 'time' && Object.hasOwn(DURATIONS, name)) return constant(DURATIONS[name] as number)
    return isClientConstant(path, name) ? constant(name) : undefined
  },
  offered,
  dictMethod,
  listMethod,
  textMethod,
  spell,
  moduleName: (path) => path.slice(path.lastIndexOf('/') + 1).replace(/\.go$/, ''),
  stem: (name) => name.slice(name.lastIndexOf('/') + 1),
  // files of one package name each other without an import
  importsName: (text, name) => text.includes(name),
  tellProblem: (problem) => ({
    reason: `${problem.message}; the rest of the file was read`,
    hint: 'mend the syntax error, or exclude the file',
  }),
  words: GO_WORDS,
  touchesClient: (text) =>
    /"github\.com\/(?:IBM|Shopify)\/sarama"|"github\.com\/twmb\/franz-go\/pkg\/kgo"|"github\.com\/segmentio\/kafka-go"|"github\.com\/confluentinc\/confluent-kafka-go\//.test(
      text,
    ),
}

/** A package of the project is a folder: each of its files offers what it declares. */
function offered(m: Machine, frame: Frame, place: ModulePlace, name: string): Abstract | undefined {
  if (place.folder === undefined) return undefined
  if (name === WHOLE) return { kind: 'module', place, dotted: place.folder }
  const file = m.modules.member?.(place.folder, name)
  return file === undefined ? undefined : moduleName(m, frame, file, name)
}
