import { dictMethod, listMethod } from '../program/evaluate/containers.ts'
import type { Language } from '../program/evaluate/frame.ts'
import { djangoSetting } from '../program/evaluate/settings.ts'
import { PYTHON_WORDS } from './handler-words.ts'
import { parsePython } from './parse.ts'
import { pythonResolver } from './resolve.ts'
import { builtinCall } from './values/builtins.ts'
import { isHarmless, knownCall, READS } from './values/known-calls.ts'
import { textMethod } from './values/text-methods.ts'

const BUILTINS = new Set(
  'dict list tuple set frozenset str int float bool bytes len super isinstance issubclass getattr setattr hasattr print open min max sorted zip enumerate range vars id type repr hash next iter map filter any all sum abs round callable object property staticmethod classmethod input format ord chr exit quit locals globals dir __file__ __name__ BaseException Exception'.split(
    ' ',
  ),
)

/** An import of a client library, wherever it stands in a statement. */
const IMPORTS_CLIENT =
  /(?:^|[\n;:])[ \t]*(?:from|import)[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*(?:kafka|confluent_kafka|aiokafka|faust|faststream)\b/
/** A construction whose import is elsewhere: re-exported by another module of the project. */
const NAMES_CLIENT =
  /\b(?:(?:AIO)?Kafka(?:Consumer|Producer|Broker|Router)|(?:Des|S)erializing(?:Consumer|Producer)|Avro(?:Consumer|Producer)|AIO(?:Consumer|Producer))[ \t]*\(/

/** Python, as evaluation knows it. */
export const PYTHON: Language = {
  id: 'python',
  kind: 'python',
  isModule: (path) => path.endsWith('.py'),
  parse: (text) => parsePython(text),
  resolver: pythonResolver,
  objectsAreDicts: false,
  isBuiltin: (name) => BUILTINS.has(name),
  builtinCall,
  knownCall,
  readsArguments: (path) => READS.test(path),
  isHarmless,
  knownAttribute: (m, frame, path, name) => (path === 'django.conf.settings' ? djangoSetting(m, frame, name) : undefined),
  dictMethod,
  listMethod,
  textMethod,
  moduleName(path) {
    // `app/worker.py` → `worker`, `app/worker/__init__.py` → `worker`
    const parts = path.replace(/\.py$/, '').split('/')
    const last = parts.at(-1) as string
    return last === '__init__' ? (parts.at(-2) ?? last) : last
  },
  stem: (name) => name.split('.').at(-1) as string,
  // the name stands after `import`, in a list that may go over lines
  importsName: (text, name) => text.includes(name) && new RegExp(`\\bimport\\b[^;=:]*?\\b${name}\\b`).test(text),
  tellProblem: (problem, text) =>
    /^\s*(?:print\s+["'\w]|exec\s+["'])/m.test(text)
      ? { reason: 'written for Python 2; read as far as it is Python 3', hint: 'port it to Python 3, or exclude it' }
      : { reason: `${problem.message}; the rest of the file was read`, hint: 'mend the syntax error, or exclude the file' },
  words: PYTHON_WORDS,
  touchesClient: (text) => IMPORTS_CLIENT.test(text) || NAMES_CLIENT.test(text),
}
