import { copyOf } from '../program/evaluate/copy.ts'
import type { Argument, Frame, Machine } from '../program/evaluate/frame.ts'
import { here, newDict, newList, objectOf, setKey, spreadInto } from '../program/evaluate/heap.ts'
import { iterated } from '../program/evaluate/iteration.ts'
import { concatenated, toBoolean, toNumber } from '../program/evaluate/operators.ts'
import { sourceText } from '../program/evaluate/source.ts'
import { formatted } from '../program/evaluate/strings.ts'
import { type Abstract, constant, type Generated, NONE, unknownValue } from '../program/evaluate/value.ts'
import type { Call } from '../program/syntax.ts'

const MAPS =
  /^(?:java\.util\.(?:Properties|(?:Linked|Weak|Identity)?HashMap|TreeMap|Hashtable)|java\.util\.concurrent\.ConcurrentHashMap)$/
const LISTS = /^java\.util\.(?:ArrayList|LinkedList|HashSet|LinkedHashSet|TreeSet|Vector)$/

/** What Java's own classes and common ones do: maps and lists, the environment, values made anew. `path` is dotted. */
export function knownCall(m: Machine, frame: Frame, path: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const text = sourceText(frame, node)
  const [first, second] = args
  const by = generatedBy(path)
  if (by) return { kind: 'generated', by, text }
  if (MAPS.test(path)) {
    const made = newDict(m, frame, node)
    if (first && objectOf(frame, first.value)?.kind === 'dict')
      spreadInto(m, frame, made.id, first.value, first.location, 'what is copied')
    else if (first && first.value.kind !== 'constant')
      spreadInto(m, frame, made.id, first.value, first.location, 'what is copied')
    return made
  }
  if (LISTS.test(path)) {
    if (!first || first.value.kind === 'constant') return newList(m, frame, [], false)
    const { items, open } = iterated(m, frame, first.value)
    return newList(m, frame, items, false, open)
  }
  switch (path) {
    case 'java.util.Map.of':
    case 'com.google.common.collect.ImmutableMap.of': {
      const made = newDict(m, frame, node)
      for (let i = 0; i + 1 < args.length; i += 2)
        setKey(m, frame, made.id, (args[i] as Argument).value, (args[i + 1] as Argument).value, here(frame, node))
      return made
    }
    case 'java.util.Collections.singletonMap': {
      const made = newDict(m, frame, node)
      if (first && second) setKey(m, frame, made.id, first.value, second.value, here(frame, node))
      return made
    }
    case 'java.util.Collections.emptyMap':
      return newDict(m, frame, node)
    case 'java.util.Map.copyOf':
    case 'java.util.Collections.unmodifiableMap':
      return first ? copyOf(m, frame, first.value) : undefined
    case 'java.util.List.of':
    case 'java.util.Set.of':
    case 'java.util.Arrays.asList':
    case 'java.util.Collections.singletonList':
    case 'java.util.Collections.singleton':
    case 'com.google.common.collect.ImmutableList.of': {
      const only = args.length === 1 && first && objectOf(frame, first.value)?.kind === 'list' ? first.value : undefined
      return (
        only ??
        newList(
          m,
          frame,
          args.map(({ value }) => value),
          false,
        )
      )
    }
    case 'java.util.Optional.of':
    case 'java.util.Optional.ofNullable':
    case 'java.util.Objects.requireNonNull':
      return first?.value
    case 'java.util.Objects.requireNonNullElse':
      return first && second && first.value.kind === 'environment' ? { ...first.value, fallback: second.value } : undefined
    case 'builtins.System.getenv':
      return variable(first, undefined, text)
    case 'builtins.System.getenv().get':
      return variable(first, undefined, text)
    case 'builtins.System.getenv().getOrDefault':
      return variable(first, second, text)
    // a property of the machine is set from outside as the environment is
    case 'builtins.System.getProperty':
      return variable(first, second, text)
    case 'builtins.System.exit':
      frame.flow.dead = true
      return NONE
    case 'builtins.String.valueOf':
    case 'builtins.Boolean.toString':
    case 'builtins.Integer.toString':
    case 'builtins.Long.toString':
    case 'java.util.Objects.toString':
      return first ? (first.value.kind === 'environment' ? first.value : concatenated([first.value], text, spell)) : undefined
    case 'builtins.Integer.parseInt':
    case 'builtins.Integer.valueOf':
    case 'builtins.Long.parseLong':
    case 'builtins.Long.valueOf':
      return first ? toNumber(first.value, false, text) : undefined
    case 'builtins.Boolean.parseBoolean':
    case 'builtins.Boolean.valueOf':
      return first ? toBoolean(first.value, true, text) : undefined
    case 'builtins.String.format':
      return first
        ? formatted(
            first.value,
            args.slice(1).map(({ value }) => value),
            new Map(),
            true,
            text,
          )
        : undefined
    // a record stands for its topic, which is all that is asked of it
    case 'org.apache.kafka.clients.producer.ProducerRecord':
      return newList(m, frame, first ? [first.value] : [], false)
    case 'org.springframework.beans.factory.annotation.Value':
      return property(first)
    default:
      return undefined
  }
}

function variable(name: Argument | undefined, fallback: Argument | undefined, text: string): Abstract | undefined {
  if (!name) return undefined
  if (name.value.kind !== 'constant' || typeof name.value.value !== 'string')
    return unknownValue(`${text} reads an environment variable whose name is not known`)
  return {
    kind: 'environment',
    variable: name.value.value,
    ...(fallback ? { fallback: fallback.value } : { optional: true }),
  }
}

/** `@Value("${kafka.group:orders}")`: what the application's configuration says, or the default after the colon. */
function property(given: Argument | undefined): Abstract | undefined {
  const text = given?.value.kind === 'constant' ? String(given.value.value) : ''
  const match = /^\$\{([^:}]+)(?::([^}]*))?\}$/.exec(text)
  if (!match) return given?.value
  const [, name, fallback] = match
  return { kind: 'environment', variable: name as string, ...(fallback === undefined ? {} : { fallback: constant(fallback) }) }
}

function generatedBy(path: string): Generated['by'] | undefined {
  if (path === 'java.util.UUID.randomUUID' || path === 'builtins.Math.random') return 'random'
  if (
    /^builtins\.System\.(?:currentTimeMillis|nanoTime)$/.test(path) ||
    /^java\.time\.(?:Instant|LocalDateTime|ZonedDateTime)\.now$/.test(path)
  )
    return 'time'
  return path.startsWith('java.net.InetAddress.getLocalHost()') ? 'host' : undefined
}

/** How a value that is no text reads in one. */
export function spell(literal: string | number | boolean | null): string {
  return String(literal)
}
