import { effect, type KnownCall } from './known-call.ts'

/** By dotted name, as it is imported; a default import goes by its package's name. */
const BY_NAME: readonly (readonly [RegExp, KnownCall])[] = [
  [/^(?:axios|got|superagent|needle|ky|undici)\.(?:post|patch)$/, effect('http', 'high')],
  [/^(?:axios|got|superagent|needle|ky|undici)\.(?:put|delete|del)$/, effect('http', 'high', { idempotent: true })],
  [/^(?:axios|got|superagent|ky)(?:\.request)?$/, effect('http', 'high', { idempotent: 'unknown' })],
  [/^axios\.create\(\)\.(?:post|patch)$/, effect('http', 'high')],
  [/^axios\.create\(\)\.(?:put|delete)$/, effect('http', 'high', { idempotent: true })],
  [/^nodemailer\.createTransport\(\)\.sendMail$/, effect('mail', 'high')],
  [/^@sendgrid\/mail\.(?:send|sendMultiple)$/, effect('mail', 'high')],
  [/^(?:node:)?child_process\.\w+$/, effect('process', 'high', { idempotent: 'unknown' })],
  [/^(?:node:)?fs(?:\/promises|\.promises)?\.(?:appendFile|appendFileSync)$/, effect('file', 'high')],
  [
    /^(?:node:)?fs(?:\/promises|\.promises)?\.(?:writeFile|writeFileSync|unlink|unlinkSync|rm|rmSync|rename|renameSync|copyFile|copyFileSync)$/,
    effect('file', 'high', { idempotent: true }),
  ],
]

/** By method name, on an object whose class is not known. */
const BY_METHOD: Readonly<Record<string, KnownCall>> = {
  insertOne: effect('database', 'medium'),
  insertMany: effect('database', 'medium'),
  updateOne: effect('database', 'medium', { idempotent: 'unknown' }),
  updateMany: effect('database', 'medium', { idempotent: 'unknown' }),
  findOneAndUpdate: effect('database', 'medium', { idempotent: 'unknown' }),
  findByIdAndUpdate: effect('database', 'medium', { idempotent: 'unknown' }),
  findByIdAndDelete: effect('database', 'medium', { idempotent: true }),
  findOneAndDelete: effect('database', 'medium', { idempotent: true }),
  replaceOne: effect('database', 'medium', { idempotent: true }),
  deleteOne: effect('database', 'medium', { idempotent: true }),
  deleteMany: effect('database', 'medium', { idempotent: true }),
  bulkWrite: effect('database', 'medium', { idempotent: 'unknown' }),
  bulkCreate: effect('database', 'medium'),
  createMany: effect('database', 'medium'),
  upsert: effect('database', 'medium', { idempotent: true }),
  findOrCreate: effect('database', 'medium', { idempotent: true }),
  sendMail: effect('mail', 'medium'),
  sendEmail: effect('mail', 'medium'),
  sendToQueue: effect('message', 'medium', { durable: 'unknown' }),
  putObject: effect('file', 'medium', { idempotent: true }),
  hset: effect('cache', 'medium', { idempotent: true }),
  hSet: effect('cache', 'medium', { idempotent: true }),
  setex: effect('cache', 'medium', { idempotent: true }),
  setEx: effect('cache', 'medium', { idempotent: true }),
  sadd: effect('cache', 'medium', { idempotent: true }),
  sAdd: effect('cache', 'medium', { idempotent: true }),
  lpush: effect('cache', 'medium'),
  lPush: effect('cache', 'medium'),
  rpush: effect('cache', 'medium'),
  rPush: effect('cache', 'medium'),
  incr: effect('cache', 'medium'),
  incrby: effect('cache', 'medium'),
  incrBy: effect('cache', 'medium'),
}

/** Writes of an object-relational mapper, on what is plainly a model or its client: `prisma.order.create`, `Order.create`, `orderRepository.save`. */
const OF_MODEL: Readonly<Record<string, KnownCall>> = {
  create: effect('database', 'medium'),
  save: effect('database', 'medium', { idempotent: 'unknown' }),
  insert: effect('database', 'medium'),
  update: effect('database', 'medium', { idempotent: 'unknown' }),
  delete: effect('database', 'medium', { idempotent: true }),
  destroy: effect('database', 'medium', { idempotent: true }),
  remove: effect('database', 'medium', { idempotent: true }),
}
const MODEL = /^(?:(?:this\.)?(?:_?prisma|db)\.(?:\w+\.)*\w+|[A-Z]\w*|(?:this\.)?\w*(?:[rR]epo(?:sitory)?|[mM]odel|Dao))$/

/** Changes nothing that outlives the process, or only what is watched and not relied on. */
const HARMLESS_NAME =
  /^(?:builtins|console|JSON|Math|Date|Number|String|Boolean|Array|Object|Buffer|BigInt|Symbol|Map|Set|Promise|process\.(?:env|pid|uptime|hrtime|memoryUsage|on|once)|performance|(?:node:)?(?:util|path|os|crypto|assert|url|perf_hooks|events)|lodash|uuid|nanoid|dayjs|moment|date-fns|zod|joi|ajv|class-transformer|class-validator|chalk|debug|winston|pino|bunyan|prom-client|@opentelemetry|@sentry|ms|avsc|protobufjs|parseInt|parseFloat|isNaN|encodeURIComponent|decodeURIComponent|structuredClone|clearTimeout|clearInterval|RegExp|Error|TypeError|URL|require|@nestjs\/common)(?:[./]|$)/

const HARMLESS_METHOD = new Set(
  (
    'toString valueOf toJSON toFixed trim trimStart trimEnd split join slice substring substr replace replaceAll includes indexOf startsWith endsWith ' +
    'toLowerCase toUpperCase padStart padEnd match matchAll test exec charAt concat repeat ' +
    'map filter reduce find findIndex some every forEach push pop shift unshift sort reverse flat flatMap keys values entries at has get set add fill ' +
    'debug info warn error log verbose trace fatal silly child ' +
    'parse safeParse stringify validate validateAsync decode encode serialize deserialize toISOString getTime ' +
    'inc dec observe labels startTimer setAttribute setStatus recordException addEvent ' +
    'findOne findMany findUnique findFirst findById findByPk findAll count aggregate select where exec lean populate fetchone hget hgetall hGetAll mget ttl ' +
    'isBuffer from toObject emit on once off removeListener plus minus setTimeout heartbeat'
  ).split(' '),
)

/** What a call by its dotted name is known to do; `harmless`: nothing; undefined: not known. `receiver` is the text of the object it is called on. */
export function knownCall(
  dotted: string | undefined,
  method: string | undefined,
  receiver: string | undefined,
): KnownCall | 'harmless' | undefined {
  if (dotted !== undefined) {
    const name = dotted.replace(/\.default(?=[.(]|$)/g, '')
    const named = BY_NAME.find(([pattern]) => pattern.test(name))
    if (named) return named[1]
    if (HARMLESS_NAME.test(name)) return 'harmless'
  }
  if (method === undefined) return undefined
  if (Object.hasOwn(BY_METHOD, method)) return BY_METHOD[method]
  if (receiver !== undefined && MODEL.test(receiver) && Object.hasOwn(OF_MODEL, method)) return OF_MODEL[method]
  return HARMLESS_METHOD.has(method) ? 'harmless' : undefined
}
