import { effect, type KnownCall } from './known-call.ts'

/** By dotted name: the type that a variable is declared with, and the method. */
const BY_NAME: readonly (readonly [RegExp, KnownCall])[] = [
  [/^org\.springframework\.mail\.[\w.]+\.send$/, effect('mail', 'high')],
  [/^(?:javax|jakarta)\.mail\.Transport\.(?:send|sendMessage)$/, effect('mail', 'high')],
  [/^org\.springframework\.web\.client\.RestTemplate\.(?:postFor\w+|patchForObject)$/, effect('http', 'high')],
  [/^org\.springframework\.web\.client\.RestTemplate\.(?:put|delete)$/, effect('http', 'high', { idempotent: true })],
  [/^org\.springframework\.web\.client\.RestTemplate\.exchange$/, effect('http', 'high', { idempotent: 'unknown' })],
  [
    /^java\.nio\.file\.Files\.(?:write|writeString|copy|move|delete|deleteIfExists)$/,
    effect('file', 'high', { idempotent: true }),
  ],
]

/** By method name, on an object whose class is not known. */
const BY_METHOD: Readonly<Record<string, KnownCall>> = {
  insertOne: effect('database', 'medium'),
  insertMany: effect('database', 'medium'),
  updateOne: effect('database', 'medium', { idempotent: 'unknown' }),
  updateMany: effect('database', 'medium', { idempotent: 'unknown' }),
  replaceOne: effect('database', 'medium', { idempotent: true }),
  deleteOne: effect('database', 'medium', { idempotent: true }),
  bulkWrite: effect('database', 'medium', { idempotent: 'unknown' }),
  executeUpdate: effect('database', 'medium', { idempotent: 'unknown' }),
  executeBatch: effect('database', 'medium', { idempotent: 'unknown' }),
  batchUpdate: effect('database', 'medium', { idempotent: 'unknown' }),
  saveAndFlush: effect('database', 'medium', { idempotent: 'unknown' }),
  postForObject: effect('http', 'high'),
  postForEntity: effect('http', 'high'),
  postForLocation: effect('http', 'high'),
  patchForObject: effect('http', 'high'),
  sendTextMessage: effect('message', 'medium'),
  convertAndSend: effect('message', 'medium'),
}

/** Writes of repositories and entity managers, by what they are called: `orderRepository.save`, `entityManager.persist`. */
const OF_REPOSITORY: Readonly<Record<string, KnownCall>> = {
  save: effect('database', 'medium', { idempotent: 'unknown' }),
  saveAll: effect('database', 'medium', { idempotent: 'unknown' }),
  insert: effect('database', 'medium'),
  update: effect('database', 'medium', { idempotent: 'unknown' }),
  persist: effect('database', 'medium'),
  merge: effect('database', 'medium', { idempotent: true }),
  delete: effect('database', 'medium', { idempotent: true }),
  deleteById: effect('database', 'medium', { idempotent: true }),
  deleteAll: effect('database', 'medium', { idempotent: true }),
  index: effect('search', 'medium', { idempotent: 'unknown' }),
  bulk: effect('search', 'medium', { idempotent: 'unknown' }),
}
const REPOSITORY = /(?:repo(?:sitory)?|dao|entityManager|mapper|jdbcTemplate|mongoTemplate|collection|esClient|client)$/i
const MAIL = /(?:mail|email)\w*$/i

const HARMLESS_NAME =
  /^(?:System|Math|String|Integer|Long|Boolean|Double|Objects|Thread\.currentThread|java\.(?:util|time|text|math|lang)|org\.slf4j|Duration|Instant|LocalDateTime|UUID|Collections|Arrays|List|Map|Optional|LoggerFactory)(?:\.|$)/
const LOGGER = /(?:^|\.)(?:log|logger|LOG|LOGGER)$/

/** Looks only, by the customary names. */
const LOOKS =
  /^(?:get|is|has|find|count|exists|to|as|of|from|parse|read|with|equals|contains|matches|format|build|builder|valueOf|compare|max|min|stream|map|filter|collect|iterator|size|length|isEmpty|key|value|topic|partition|offset|headers|timestamp|hashCode|append|substring|split|trim|concat|join|add|put|remove|peek|poll|entrySet|keySet|values|name|ordinal|now|plus|minus|info|warn|error|debug|trace|println|printf|print|increment|record|start|stop|register|assertThat|requireNonNull|deserialize|serialize|ack)/

/** What a call is known to do; `harmless`: nothing; undefined: not known. `receiver` is the text of the object it is called on. */
export function knownCall(
  dotted: string | undefined,
  method: string | undefined,
  receiver: string | undefined,
  args: number,
): KnownCall | 'harmless' | undefined {
  if (dotted !== undefined) {
    const named = BY_NAME.find(([pattern]) => pattern.test(dotted))
    if (named) return named[1]
    if (HARMLESS_NAME.test(dotted)) return 'harmless'
  }
  if (method === undefined) return undefined
  if (receiver !== undefined && LOGGER.test(receiver)) return 'harmless'
  if (Object.hasOwn(BY_METHOD, method)) return BY_METHOD[method]
  if (receiver !== undefined && REPOSITORY.test(receiver) && Object.hasOwn(OF_REPOSITORY, method)) return OF_REPOSITORY[method]
  if (receiver !== undefined && MAIL.test(receiver) && /^send/.test(method)) return effect('mail', 'medium')
  // a getter takes nothing; what takes something and looks like one may do more
  // an object in hand is filled: nothing outside changes
  if (/^set[A-Z]/.test(method) && args === 1) return 'harmless'
  return LOOKS.test(method) &&
    (args === 0 ||
      /^(?:equals|contains|valueOf|format|get|of|from|parse|add|put|append|find|to|is|map|filter|info|warn|error|debug|trace|println|printf|print)/.test(
        method,
      ))
    ? 'harmless'
    : undefined
}
