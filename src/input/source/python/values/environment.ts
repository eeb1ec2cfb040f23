import type { Argument, Frame, Machine } from '../../program/evaluate/frame.ts'
import { newList, objectOf } from '../../program/evaluate/heap.ts'
import { toBoolean, toNumber } from '../../program/evaluate/operators.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { stringMethod } from '../../program/evaluate/strings.ts'
import { isNone } from '../../program/evaluate/truth.ts'
import { type Abstract, type Environment, unknownValue } from '../../program/evaluate/value.ts'
import type { Call } from '../../program/syntax.ts'

/** Readers of environment variables by dotted path; those of settings libraries take a default and a cast by keyword. */
const PLAIN = new Set(['os.getenv', 'os.environ.get', 'os.environb.get', 'os.environ.pop', 'os.environ.setdefault'])
const SETTINGS =
  /^(?:decouple\.(?:config|AutoConfig\(\)|Config\(\))|environs?\.(?:Env|FileAwareEnv)\(\)(?:\.(?:str|bool|int|float|list|json|url|log_level|timedelta|dict|get_value|db_url))?|environs\.env(?:\.(?:str|bool|int|float|list|json|dict))?|starlette\.config\.Config\(\)|prettyconf\.config|starlette\.config\.config|dynaconf\.settings\.get)$/

/** A call that reads the environment; undefined when it is none. */
export function environmentCall(
  m: Machine,
  frame: Frame,
  path: string,
  args: readonly Argument[],
  node: Call,
): Abstract | undefined {
  const plain = PLAIN.has(path)
  if (!plain && !SETTINGS.test(path)) return undefined
  const text = sourceText(frame, node)
  const name = args.find(
    (arg) => (arg.name === undefined && !arg.spread) || arg.name === 'key' || arg.name === 'name' || arg.name === 'var',
  )
  const positional = args.filter((arg) => arg.name === undefined && !arg.spread)
  if (name?.value.kind !== 'constant' || typeof name.value.value !== 'string')
    return unknownValue(`${text} reads an environment variable whose name is not known`)
  const given = args.find((arg) => arg.name === 'default') ?? (positional[0] === name ? positional[1] : undefined)
  // decouple's and starlette's second positional argument is the default or a cast; a cast is a function or class.
  // A default of None is what a plain reader gives without one: whoever deploys it decides.
  const givesNone = given !== undefined && isNone(given.value) === true
  const fallback = given && !isCast(given.value) && !givesNone ? given.value : undefined
  const environment: Environment = {
    kind: 'environment',
    variable: name.value.value,
    ...(fallback ? { fallback } : {}),
    ...(givesNone || (plain && !fallback) ? { optional: true } : {}),
  }
  const cast = args.find((arg) => arg.name === 'cast')?.value ?? (given && isCast(given.value) ? given.value : undefined)
  const kind = cast?.kind === 'external' ? cast.path.replace('builtins.', '') : /\.(\w+)$/.exec(path)?.[1]
  if (plain) return environment
  if (kind === 'bool') return toBoolean(environment, true, text)
  if (kind === 'int' || kind === 'float') return toNumber(environment, kind === 'float', text)
  if (kind === 'list' || kind === 'Csv()') return asList(m, frame, environment, text)
  return environment
}

function isCast(value: Abstract): boolean {
  return (
    value.kind === 'function' ||
    value.kind === 'class' ||
    (value.kind === 'external' && /^builtins\.|\.Csv\(\)$/.test(value.path)) ||
    (value.kind === 'opaque' && value.lambda !== undefined)
  )
}

function asList(m: Machine, frame: Frame, environment: Environment, text: string): Abstract {
  const { fallback } = environment
  if (!fallback || objectOf(frame, fallback)?.kind === 'list') return environment
  const parts = stringMethod(fallback, 'split', [{ kind: 'constant', value: ',' }], text)
  return Array.isArray(parts) ? { ...environment, fallback: newList(m, frame, parts, false) } : environment
}
