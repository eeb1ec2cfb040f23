import { attributeOf } from '../../program/evaluate/attributes.ts'
import { copyOf, instanceDict } from '../../program/evaluate/copy.ts'
import type { Argument, Frame, Machine } from '../../program/evaluate/frame.ts'
import { dictOf, newDict, newList, objectOf } from '../../program/evaluate/heap.ts'
import { iterated } from '../../program/evaluate/iteration.ts'
import { sourceText } from '../../program/evaluate/source.ts'
import { type Abstract, type Generated, NONE, unknownValue } from '../../program/evaluate/value.ts'
import type { Call, Statement } from '../../program/syntax.ts'
import { environmentCall } from './environment.ts'

/** Functions whose arguments are looked at. */
export const READS =
  /^(?:os|copy|collections|types|typing|dataclasses|attrs?|pydantic|threading|multiprocessing|functools|asyncio|contextlib|decouple|environs?|starlette|prettyconf|dynaconf|immutables|frozendict|concurrent)\.|\.(?:submit|run_in_executor|call_soon|start_soon|apply_async|create_task)$/

/** Functions that change nothing of what they are given. */
const HARMLESS =
  /^(?:builtins|logging|structlog|loguru|json|simplejson|orjson|ujson|yaml|pprint|typing|types|dataclasses|copy|os|sys|re|math|time|datetime|uuid|hashlib|base64|warnings|traceback|inspect|weakref|collections|itertools|functools|operator|string|textwrap|pathlib|tempfile|signal|atexit|click|rich|tabulate|pytest|unittest|ssl|socket|kafka|confluent_kafka|aiokafka|faust|faststream|prometheus_client|argparse|decimal|enum|abc|six|attr|attrs|pydantic|random|secrets|threading|asyncio|multiprocessing|concurrent|contextlib)(?:\.|$)/
const LOGGER =
  /(?:^|\.|_)(?:log|logger|logging|LOG|LOGGER|_log|_logger)(?:\(\))?\.(?:debug|info|warning|warn|error|exception|critical|log|fatal|trace|success|bind)$/

export function isHarmless(path: string): boolean {
  return HARMLESS.test(path) || LOGGER.test(path)
}

/** Values that are made anew, and how long they last: at each call, or as long as the process or host. */
function generatedBy(path: string): Generated['by'] | undefined {
  if (
    /^uuid\.uuid[1-8]$/.test(path) ||
    /^(?:random|secrets|numpy\.random|shortuuid|ulid|nanoid|names|coolname|petname)\.\w/.test(path)
  )
    return 'random'
  if (path === 'os.urandom' || path === 'shortuuid.uuid' || path === 'builtins.id') return 'random'
  if (/^time\.(?:time|time_ns|monotonic|monotonic_ns|perf_counter|strftime|ctime|localtime|gmtime)$/.test(path)) return 'time'
  if (
    /^datetime\.(?:datetime\.|date\.)?(?:now|utcnow|today)$/.test(path) ||
    /^(?:pendulum|arrow)\.(?:now|utcnow|today)$/.test(path)
  )
    return 'time'
  if (path === 'django.utils.timezone.now') return 'time'
  if (path === 'os.getpid' || path === 'threading.get_ident' || path === 'os.getppid') return 'process'
  if (/^(?:socket\.(?:gethostname|getfqdn)|platform\.(?:node|uname)|os\.uname)$/.test(path)) return 'host'
  return undefined
}

/** What the standard library and common packages do: read the environment, make values anew, copy, call what they are given. */
export function knownCall(m: Machine, frame: Frame, path: string, args: readonly Argument[], node: Call): Abstract | undefined {
  const environment = environmentCall(m, frame, path, args, node)
  if (environment) return environment
  const by = generatedBy(path)
  if (by) return { kind: 'generated', by, text: sourceText(frame, node) }
  const first = args[0]?.value
  switch (path) {
    case 'copy.copy':
    case 'copy.deepcopy':
      return first ? copyOf(m, frame, first) : undefined
    case 'sys.exit':
    case 'os._exit':
      frame.flow.dead = true
      return NONE
    case 'collections.OrderedDict':
    case 'types.MappingProxyType':
    case 'immutables.Map':
    case 'frozendict.frozendict': {
      const reference = newDict(m, frame, node)
      for (const arg of args) {
        const dict = arg.name === undefined ? dictOf(m, frame, arg.value) : undefined
        if (dict) return copyOf(m, frame, arg.value)
      }
      return args.length === 0 ? reference : undefined
    }
    case 'typing.cast':
      return args[1]?.value
    case 'dataclasses.asdict':
    case 'attr.asdict':
    case 'attrs.asdict': {
      const held = first && objectOf(frame, first)
      if (held?.kind !== 'instance' || held.symbolic) return undefined
      const attributes = new Map<string, Abstract>()
      const names = new Set([...fieldNames(held.info.node), ...held.attributes.keys()])
      for (const name of names) attributes.set(name, attributeOf(m, frame, first as Abstract, name, node))
      return instanceDict(m, frame, attributes, node)
    }
    case 'dataclasses.field':
    case 'attr.ib':
    case 'attrs.field':
    case 'attr.field':
    case 'pydantic.Field':
    case 'pydantic.fields.Field': {
      const fallback =
        args.find((arg) => arg.name === 'default')?.value ?? (args[0]?.name === undefined && !args[0]?.spread ? first : undefined)
      if (fallback) return fallback
      const factory = args.find((arg) => arg.name === 'default_factory' || arg.name === 'factory')?.value
      if (!factory) return { kind: 'opaque', text: sourceText(frame, node) }
      if (factory.kind === 'external' && factory.path === 'builtins.dict') return newDict(m, frame, node)
      if (factory.kind === 'external' && factory.path === 'builtins.list') return newList(m, frame, [], false)
      return m.callValue(frame, factory, [], node)
    }
    case 'threading.Thread':
    case 'multiprocessing.Process':
    case 'threading.Timer': {
      const target = args.find((arg) => arg.name === 'target')?.value ?? (path === 'threading.Timer' ? args[1]?.value : undefined)
      if (!target) return undefined
      const given = args.find((arg) => arg.name === 'args')
      const named = args.find((arg) => arg.name === 'kwargs')
      const passed: Argument[] = []
      if (given) {
        const { items, open } = iterated(m, frame, given.value)
        for (const item of items) passed.push({ value: item, location: given.location })
        if (open !== undefined) passed.push({ spread: '*', value: given.value, location: given.location })
      }
      if (named) passed.push({ spread: '**', value: named.value, location: named.location })
      m.callValue(frame, target, passed, node)
      return { kind: 'external', path: `${path}()` }
    }
    case 'functools.partial':
      return partial(frame, args, node)
    case 'asyncio.to_thread':
      if (first) return m.callValue(frame, first, args.slice(1), node)
      return undefined
    case 'asyncio.run':
    case 'asyncio.create_task':
    case 'asyncio.ensure_future':
    case 'asyncio.wait_for':
    case 'asyncio.shield':
    case 'asyncio.get_event_loop().run_until_complete':
      return first
    case 'asyncio.gather':
      return newList(
        m,
        frame,
        args.map((arg) => arg.value),
        false,
      )
    case 'contextlib.closing':
    case 'contextlib.aclosing':
    case 'contextlib.suppress':
    case 'contextlib.nullcontext':
      return first
    case 'platform.system':
      return unknownValue('the platform decides')
    case 'logging.getLogger':
    case 'structlog.get_logger':
      return { kind: 'external', path: 'logging.logger' }
    default:
      break
  }
  if (/\.(?:submit|run_in_executor|call_soon|start_soon|apply_async|create_task)$/.test(path)) {
    const at = args.findIndex((arg) => arg.value.kind === 'function' || arg.value.kind === 'client-method')
    const target = args[at]
    if (target) {
      m.callValue(frame, target.value, args.slice(at + 1), node)
      return { kind: 'external', path: `${path}()` }
    }
    if (/create_task$/.test(path)) return first
  }
  if (/(?:^|\.)(?:Schema|SchemaRegistry)\w*$/.test(path)) return { kind: 'external', path: `${path}()` }
  return undefined
}

/** `partial(f, …)`: called with what is fixed, then with the rest. */
function partial(frame: Frame, args: readonly Argument[], node: Call): Abstract | undefined {
  const [target, ...fixed] = args
  if (!target) return undefined
  return { kind: 'opaque', text: sourceText(frame, node), partial: { callee: target.value, args: fixed } }
}

function fieldNames(node: { readonly body: readonly { readonly kind: string }[] }): string[] {
  const names: string[] = []
  for (const statement of node.body as readonly Statement[])
    if (statement.kind === 'assign' && statement.annotation && statement.targets[0]?.kind === 'name')
      names.push(statement.targets[0].name)
  return names
}
