import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { here, newDict, newList, objectOf, setKey, store } from '../program/evaluate/heap.ts'
import { iterated, pairsOf } from '../program/evaluate/iteration.ts'
import { concatenated, toBoolean, toNumber } from '../program/evaluate/operators.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { formatted } from '../program/evaluate/strings.ts'
import { escapes } from '../program/evaluate/uses.ts'
import { type Abstract, constant, type Generated, NONE, unknownValue } from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'
import { optionCall } from './clients/franz-go.ts'
import { SARAMA_CONFIG, SARAMA_PACKAGES, type Shape } from './clients/packages.ts'

const BUILTINS = new Set(
  'append cap clear close complex copy delete imag len make max min new panic print println real recover go range error string bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 complex64 complex128 any comparable iota true false nil this'.split(
    ' ',
  ),
)

/** True for a name that every Go file has. */
export function isBuiltin(name: string): boolean {
  return BUILTINS.has(name)
}

/** A call of what the language itself offers. */
export function builtinCall(m: Machine, frame: Frame, name: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const [first, ...rest] = args
  switch (name) {
    case 'append': {
      const held = first && objectOf(frame, first.value)
      const before = held?.kind === 'list' ? held : undefined
      const open = before || first?.value.kind === 'constant' ? before?.open : 'what is appended to is not known'
      let why = open
      const items = rest.flatMap((arg) => {
        if (arg.spread === undefined) return [arg.value]
        const more = iterated(m, frame, arg.value)
        why ??= more.open
        return more.items
      })
      for (const item of items) kept(frame, item, node)
      const certain = before?.certain ?? before?.items.length ?? 0
      const old = before?.items ?? []
      const made = newList(m, frame, [...old.slice(0, certain), ...items, ...old.slice(certain)].slice(0, 200), false, why)
      const list = objectOf(frame, made)
      if (list?.kind === 'list' && certain < old.length && made.kind === 'reference')
        store(frame, made.id, { ...list, certain: certain + items.length })
      return made
    }
    case 'range': {
      if (!first) return undefined
      const { items, open } = pairsOf(m, frame, first.value)
      return newList(m, frame, items, false, open)
    }
    // what runs beside the rest runs all the same
    case 'go':
      if (first) m.callValue(frame, first.value, rest, node)
      return NONE
    case 'len':
    case 'cap':
    case 'make':
    case 'recover':
    case 'min':
    case 'max':
      return unknownValue(`${sourceText(frame, node)} is not known`)
    case 'close':
    case 'delete':
    case 'print':
    case 'println':
      return NONE
    default:
      return undefined
  }
}

/** What a slice holds is not followed further: nor is a client in a field of it. */
function kept(frame: Frame, value: Abstract, node: Call): void {
  const reason = 'it is kept in a slice'
  escapes(frame, value, reason, here(frame, node))
  const held = objectOf(frame, value)
  if (held?.kind === 'instance')
    for (const attribute of held.attributes.values()) escapes(frame, attribute, reason, here(frame, node))
}

function generatedBy(path: string): Generated['by'] | undefined {
  if (/^github\.com\/(?:google|gofrs|satori)\/(?:go\.)?uuid(?:\/v\d+)?\.(?:New\w*|Must\w*)/.test(path)) return 'random'
  if (/^(?:math\/rand(?:\/v2)?|crypto\/rand)\./.test(path)) return 'random'
  if (path === 'time.Now' || path.startsWith('time.Now()')) return 'time'
  if (path === 'os.Hostname') return 'host'
  return path === 'os.Getpid' ? 'process' : undefined
}

/** What the standard library and the clients' own makers of settings give. `path` is the import path, and what is called in it. */
export function knownCall(m: Machine, frame: Frame, path: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const text = sourceText(frame, node)
  const [first, second] = args
  const by = generatedBy(path)
  if (by) return { kind: 'generated', by, text }
  const option = optionCall(m, frame, path, args)
  if (option) return option
  const dot = path.lastIndexOf('.')
  if (SARAMA_PACKAGES.has(path.slice(0, dot)) && path.slice(dot) === '.NewConfig') return tree(m, frame, SARAMA_CONFIG, node)
  switch (path) {
    case 'os.Getenv':
    case 'os.LookupEnv':
      if (first?.value.kind !== 'constant' || typeof first.value.value !== 'string')
        return unknownValue(`${text} reads an environment variable whose name is not known`)
      return { kind: 'environment', variable: first.value.value, optional: true }
    case 'os.Exit':
    case 'log.Fatal':
    case 'log.Fatalf':
    case 'log.Fatalln':
    case 'log.Panic':
    case 'log.Panicf':
    case 'runtime.Goexit':
      frame.flow.dead = true
      return NONE
    case 'strings.ToLower':
    case 'strings.ToUpper':
    case 'strings.TrimSpace': {
      const like = path === 'strings.ToLower' ? 'lower' : path === 'strings.ToUpper' ? 'upper' : 'strip'
      return first ? m.language.textMethod(m, frame, first.value, like, [], node) : undefined
    }
    case 'strings.Split':
      return first && second ? m.language.textMethod(m, frame, first.value, 'split', [second], node) : undefined
    case 'strings.Join':
      return unknownValue(`${text} is not known`)
    case 'strconv.Itoa':
      return first ? concatenated([first.value], text, spell) : undefined
    case 'strconv.Atoi':
    case 'strconv.ParseInt':
      return first ? toNumber(first.value, false, text) : undefined
    case 'strconv.ParseBool':
      return first ? toBoolean(first.value, true, text) : undefined
    case 'fmt.Sprintf': {
      const values = args.slice(1).map(({ value }) => value)
      return first ? formatted(first.value, values, new Map(), true, text) : undefined
    }
    default:
      // what is given on the command line is not in the code
      return path.startsWith('flag.') || /^github\.com\/spf13\/(?:pflag|viper|cobra)\./.test(path)
        ? unknownValue(`${text} is given from outside`)
        : undefined
  }
}

/** Nested structs, empty, as dicts. */
function tree(m: Machine, frame: Frame, shape: Shape, node: Call): Abstract {
  const made = newDict(m, frame, node)
  for (const [name, inner] of Object.entries(shape))
    setKey(m, frame, made.id, constant(name), tree(m, frame, inner, node), here(frame, node))
  return made
}

/** How a value that is no text reads in one. */
export function spell(literal: string | number | boolean | null): string {
  return String(literal)
}
