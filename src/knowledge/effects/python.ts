import { effect, type KnownCall } from './known-call.ts'

/** By dotted name, as it is imported. */
const BY_NAME: readonly (readonly [RegExp, KnownCall])[] = [
  [/^(?:requests|httpx)\.(?:post|patch)$/, effect('http', 'high')],
  [/^(?:requests|httpx)\.(?:put|delete)$/, effect('http', 'high', { idempotent: true })],
  [/^(?:requests|httpx)\.request$/, effect('http', 'high', { idempotent: 'unknown' })],
  [/^smtplib\..*\.(?:sendmail|send_message)$/, effect('mail', 'high')],
  [/^django\.core\.mail\.(?:send_mail|send_mass_mail|mail_admins|mail_managers)$/, effect('mail', 'high')],
  [/^subprocess\.(?:run|call|check_call|check_output|Popen)$/, effect('process', 'high', { idempotent: 'unknown' })],
  [/^os\.(?:system|popen)$/, effect('process', 'high', { idempotent: 'unknown' })],
  [/^shutil\.(?:copy\w*|move)$/, effect('file', 'high', { idempotent: true })],
  [/^os\.(?:remove|unlink|rename|replace)$/, effect('file', 'high', { idempotent: true })],
]

/** By method name, on an object whose class is not known. */
const BY_METHOD: Readonly<Record<string, KnownCall>> = {
  insert_one: effect('database', 'medium'),
  insert_many: effect('database', 'medium'),
  update_one: effect('database', 'medium', { idempotent: 'unknown' }),
  update_many: effect('database', 'medium', { idempotent: 'unknown' }),
  replace_one: effect('database', 'medium', { idempotent: true }),
  delete_one: effect('database', 'medium', { idempotent: true }),
  delete_many: effect('database', 'medium', { idempotent: true }),
  bulk_write: effect('database', 'medium', { idempotent: 'unknown' }),
  executemany: effect('database', 'medium', { idempotent: 'unknown', durable: 'unknown' }),
  execute: effect('database', 'medium', { idempotent: 'unknown', durable: 'unknown' }),
  bulk_create: effect('database', 'medium'),
  add_all: effect('database', 'medium', { durable: false }),
  sendmail: effect('mail', 'medium'),
  send_message: effect('message', 'medium'),
  send_email: effect('mail', 'medium'),
  send_mail: effect('mail', 'medium'),
  put_object: effect('file', 'medium', { idempotent: true }),
  upload_file: effect('file', 'medium', { idempotent: true }),
  upload_fileobj: effect('file', 'medium', { idempotent: true }),
  basic_publish: effect('message', 'medium', { durable: 'unknown' }),
  hset: effect('cache', 'medium', { idempotent: true }),
  hmset: effect('cache', 'medium', { idempotent: true }),
  setex: effect('cache', 'medium', { idempotent: true }),
  sadd: effect('cache', 'medium', { idempotent: true }),
  zadd: effect('cache', 'medium', { idempotent: true }),
  lpush: effect('cache', 'medium'),
  rpush: effect('cache', 'medium'),
  incr: effect('cache', 'medium'),
  hincrby: effect('cache', 'medium'),
}

/** Changes nothing that outlives the process, or only what is watched and not relied on. */
const HARMLESS_NAME =
  /^(?:builtins|logging|structlog|loguru|json|orjson|ujson|simplejson|time|datetime|uuid|hashlib|math|re|copy|os\.(?:environ|getenv|path|getpid)|sys|traceback|pprint|typing|functools|itertools|operator|collections|dataclasses|enum|base64|struct|decimal|random|secrets|string|textwrap|inspect|warnings|signal|prometheus_client|statsd|opentelemetry|sentry_sdk|asyncio\.(?:get_event_loop|get_running_loop|current_task)|threading\.(?:current_thread|get_ident)|pickle|msgpack|fastavro|io|contextlib|urllib\.parse|confluent_kafka\.(?:KafkaError|KafkaException|TopicPartition)|kafka\.(?:TopicPartition|OffsetAndMetadata)|kafka\.errors|kafka\.structs)(?:\.|$)/

const HARMLESS_METHOD = new Set(
  (
    'get items keys values append extend pop split rsplit strip lstrip rstrip join format replace decode encode lower upper startswith endswith ' +
    'isoformat strftime strptime timestamp total_seconds copy setdefault index count find sort reverse title isdigit zfill ' +
    'debug info warning warn error exception critical log ' +
    'topic partition offset key value headers latency len code name str retriable fatal ' +
    'observe labels inc dec set_attribute set_status record_exception add_event ' +
    'loads dumps load dump hexdigest digest group groups match search fullmatch ' +
    'is_set time monotonic perf_counter model_validate model_validate_json parse_obj parse_raw dict model_dump json from_dict to_dict ' +
    'date timetuple weekday isocalendar astimezone localize read_text read_bytes is_file is_dir resolve span group ' +
    'SerializeToString ParseFromString validate deserialize serialize fetchone fetchall fetchmany find_one cursor first all one filter filter_by scalar'
  ).split(' '),
)

const HARMLESS_BUILTIN = new Set(
  (
    'print len str int float bool bytes list dict set tuple frozenset range enumerate zip sorted reversed map filter any all sum min max abs round ' +
    'isinstance issubclass hasattr getattr setattr type repr hash id iter next super format vars dir callable ord chr hex divmod pow ' +
    'Exception ValueError TypeError KeyError RuntimeError StopIteration NotImplementedError bytearray memoryview object property'
  ).split(' '),
)

/** What a call by its dotted name is known to do; `harmless`: nothing; undefined: not known. */
export function knownCall(dotted: string | undefined, method: string | undefined): KnownCall | 'harmless' | undefined {
  if (dotted !== undefined) {
    const named = BY_NAME.find(([pattern]) => pattern.test(dotted))
    if (named) return named[1]
    if (HARMLESS_NAME.test(dotted) || HARMLESS_BUILTIN.has(dotted)) return 'harmless'
  }
  if (method === undefined) return undefined
  if (Object.hasOwn(BY_METHOD, method)) return BY_METHOD[method]
  return HARMLESS_METHOD.has(method) ? 'harmless' : undefined
}
