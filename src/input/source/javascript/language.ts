import type { Frame, Language, Machine } from '../program/evaluate/frame.ts'
import { objectOf, readKey } from '../program/evaluate/heap.ts'
import { moduleName } from '../program/evaluate/names.ts'
import { sourceText } from '../program/evaluate/source.ts'
import type { ModulePlace } from '../program/evaluate/source-language.ts'
import { type Abstract, constant, NONE } from '../program/evaluate/value.ts'
import { WHOLE } from '../program/syntax.ts'
import { BUILTINS, builtinCall, generatedBy, spell } from './builtins.ts'
import { JAVASCRIPT_WORDS } from './handler-words.ts'
import { listMethod, textMethod } from './methods.ts'
import { EXPORTS } from './modules.ts'
import { parseJavaScript } from './parse.ts'
import { javascriptResolver } from './resolve.ts'

const MODULE = /\.[cm]?[jt]sx?$/

/** An import of a client library or of a framework that runs one. */
const IMPORTS_CLIENT =
  /(?:from|require\(|import)\s*\(?\s*['"](?:kafkajs|node-rdkafka|kafka-node|@confluentinc\/kafka-javascript|@platformatic\/kafka|@nestjs\/microservices)['"]/

/** JavaScript and TypeScript, as evaluation knows them. */
export const JAVASCRIPT: Language = {
  id: 'javascript',
  kind: 'javascript',
  isModule: (path) => MODULE.test(path) && !path.endsWith('.d.ts'),
  parse: parseJavaScript,
  resolver: javascriptResolver,
  objectsAreDicts: true,
  isBuiltin: (name) => BUILTINS.has(name),
  builtinCall,
  knownCall(m, frame, path, args, node) {
    const by = generatedBy(path)
    if (by) return { kind: 'generated', by, text: sourceText(frame, node) }
    return path.startsWith('builtins.') ? builtinCall(m, frame, path.slice('builtins.'.length), args, node) : undefined
  },
  readsArguments: (path) => path.startsWith('builtins.'),
  isHarmless: (path) =>
    /^(?:builtins\.(?:console|JSON|Math|Date|Number|String|Array|Buffer|process|Promise)|(?:node:)?(?:util|path|fs|os|assert|crypto)|winston|pino|bunyan|debug|dotenv|lodash|chalk)(?:\.|$)/.test(
      path,
    ) || /(?:^|\.)(?:log|logger)(?:\(\))?\.(?:debug|info|warn|error|log|fatal|trace|verbose)$/i.test(path),
  knownAttribute(_m, _frame, path, name) {
    if (/^(?:builtins\.|node:)?process(?:\.default)?\.env$/.test(path))
      return { kind: 'environment', variable: name, optional: true }
    if (/^(?:builtins\.|node:)?process(?:\.default)?$/.test(path) && name === 'pid')
      return { kind: 'generated', by: 'process', text: 'process.pid' }
    return undefined
  },
  offered,
  listMethod,
  textMethod,
  spell,
  moduleName(path) {
    const parts = path.replace(MODULE, '').split('/')
    const last = parts.at(-1) as string
    return last === 'index' ? (parts.at(-2) ?? last) : last
  },
  stem(name) {
    const parts = name.replace(MODULE, '').split('/')
    return (parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1)) ?? name
  },
  importsName: (text, name) =>
    text.includes(name) &&
    new RegExp(`\\b(?:import\\b[^;=]*?\\b${name}\\b|${name}\\b[^;]*?=\\s*(?:await\\s+import|require)\\s*\\()`).test(text),
  tellProblem: (problem) => ({
    reason: `${problem.message}; nothing of the file was read`,
    hint: 'mend the syntax error, or exclude the file',
  }),
  words: JAVASCRIPT_WORDS,
  touchesClient: (text) => IMPORTS_CLIENT.test(text),
}

/** What a module offers beside the names it defines: itself as a whole, and what is in `module.exports`. */
function offered(m: Machine, frame: Frame, place: ModulePlace, name: string): Abstract | undefined {
  if (place.file === undefined || name === EXPORTS) return undefined
  const exports = moduleName(m, frame, place.file, EXPORTS)
  if (name === WHOLE || name === 'default')
    return exports ?? (name === WHOLE ? { kind: 'module', place, dotted: place.file } : undefined)
  const held = exports && objectOf(frame, exports)
  if (held?.kind !== 'dict' || !held.entries.has(name)) return undefined
  return readKey(held, constant(name), NONE)
}
