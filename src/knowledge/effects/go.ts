import { effect, type KnownCall } from './known-call.ts'

/** By the import path of a package, and what is called in it or on a type of it. */
const BY_NAME: readonly (readonly [RegExp, KnownCall])[] = [
  [/^net\/http\.(?:Post|PostForm|DefaultClient\.Post(?:Form)?|Client\.Post(?:Form)?)$/, effect('http', 'high')],
  // what a request is can be any method
  [/^net\/http\.(?:DefaultClient|Client)\.Do$/, effect('http', 'medium', { idempotent: 'unknown' })],
  [/^net\/smtp\.SendMail$/, effect('mail', 'high')],
  [/^(?:os|io\/ioutil)\.WriteFile$/, effect('file', 'high', { idempotent: true })],
  [/^gorm\.io\/gorm\.DB\.(?:Create|CreateInBatches)$/, effect('database', 'high')],
  [/^gorm\.io\/gorm\.DB\.(?:Save|Updates?|Delete|UpdateColumns?)$/, effect('database', 'high', { idempotent: 'unknown' })],
]

/** By method name, on an object whose type is not known. */
const BY_METHOD: Readonly<Record<string, KnownCall>> = {
  InsertOne: effect('database', 'medium'),
  InsertMany: effect('database', 'medium'),
  UpdateOne: effect('database', 'medium', { idempotent: 'unknown' }),
  UpdateMany: effect('database', 'medium', { idempotent: 'unknown' }),
  ReplaceOne: effect('database', 'medium', { idempotent: true }),
  DeleteOne: effect('database', 'medium', { idempotent: true }),
  BulkWrite: effect('database', 'medium', { idempotent: 'unknown' }),
}

/** Writes of repositories and databases, by what they are called on: `orderRepo.Save`, `db.Create`. */
const OF_REPOSITORY: Readonly<Record<string, KnownCall>> = {
  Save: effect('database', 'medium', { idempotent: 'unknown' }),
  Insert: effect('database', 'medium'),
  Create: effect('database', 'medium'),
  Update: effect('database', 'medium', { idempotent: 'unknown' }),
  Updates: effect('database', 'medium', { idempotent: 'unknown' }),
  Delete: effect('database', 'medium', { idempotent: true }),
}
const REPOSITORY = /(?:repo(?:sitory)?|dao|collection|^db|\.db)$/i

const HARMLESS =
  /^(?:fmt|strings|strconv|errors|bytes|bufio|context|encoding(?:\/\w+)?|time|math(?:\/\w+)*|sort|slices|maps|sync(?:\/atomic)?|regexp|unicode(?:\/\w+)?|log(?:\/slog)?|os\/signal|reflect|flag|github\.com\/(?:sirupsen\/logrus|rs\/zerolog(?:\/log)?|pkg\/errors|google\/uuid|IBM\/sarama|Shopify\/sarama|segmentio\/kafka-go|twmb\/franz-go\/[\w/]+|confluentinc\/confluent-kafka-go(?:\/v\d+)?\/kafka|prometheus\/[\w/.-]+)|go\.uber\.org\/zap|go\.opentelemetry\.io\/[\w/.-]+|google\.golang\.org\/protobuf\/[\w/]+)\./

/** Built into the language; they touch nothing outside. */
const BUILTIN = /^(?:append|cap|clear|close|copy|delete|len|make|max|min|new|print|println|recover|range)$/

const LOGGER = /(?:^|\.)(?:log|logger|slog|sugar)$/i

/** Looks only, by the customary names. */
const LOOKS =
  /^(?:Get|Is|Has|Find|Count|Exists|To|As|From|Parse|Read|With|Equal|Contains|Match|Format|String|Error|Err|Result|Val|Bytes|Len|Unmarshal|Marshal|Deserialize|Serialize|Decode|Encode|Done|Wait|Add|Lock|Unlock|RLock|RUnlock|Info|Warn|Error|Debug|Trace|Print|Inc|Observe|Now|Sub|Unix|Before|After|Split|Value|Key|Topic|Partition|Offset|Context|Background|Load|Store|Stop|Close|Scan|Next|Err|Rows|Iter)/

/** What a call outside the project does; undefined where that is not known. */
export function knownCall(
  dotted: string | undefined,
  method: string | undefined,
  receiver: string | undefined,
): KnownCall | 'harmless' | undefined {
  if (dotted !== undefined) {
    for (const [pattern, known] of BY_NAME) if (pattern.test(dotted)) return known
    if (HARMLESS.test(dotted) || BUILTIN.test(dotted)) return 'harmless'
  }
  if (method === undefined) return undefined
  if (Object.hasOwn(BY_METHOD, method)) return BY_METHOD[method]
  if (receiver !== undefined && REPOSITORY.test(receiver) && Object.hasOwn(OF_REPOSITORY, method)) return OF_REPOSITORY[method]
  if (receiver !== undefined && LOGGER.test(receiver)) return 'harmless'
  return LOOKS.test(method) ? 'harmless' : undefined
}
