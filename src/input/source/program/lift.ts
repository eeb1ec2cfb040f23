import type { Location } from '../../../model/location.ts'
import type { ClientEvent, OptionSnapshot } from './evaluate/events.ts'
import type { CallSite } from './evaluate/value.ts'
import { mergeSettings, mergeSnapshots } from './options.ts'

/** One client to be declared: where its options come from, with the calls that led from there to the construction. */
export interface Lifted {
  readonly event: ClientEvent
  readonly options: OptionSnapshot
  /** Outermost first; empty when the construction itself says it all. */
  readonly chain: readonly CallSite[]
}

/** Settings for which it matters that callers differ: those are told apart by caller, others are merged at the construction. */
const DECISIVE =
  /^(?:enable[._]auto[._]commit|auto[._]commit|enable[._]auto[._]offset[._]store|auto[._]offset[._]reset|isolation[._]level|enable[._]idempotence|acks|request[._]required[._]acks|retries|ack_policy|processing_guarantee)$/

/**
 * Decides at which level one construction is declared. Every evaluation of it, from its own function and through each caller, is one event. The
 * construction itself stands where callers cannot add settings; where they decide which are given, each outermost call that does so is a client.
 */
export function liftClients(events: readonly ClientEvent[]): readonly Lifted[] {
  return visit([], events)
}

function visit(suffix: readonly CallSite[], events: readonly ClientEvent[]): readonly Lifted[] {
  const here = events.filter((event) => event.site.chain.length === suffix.length)
  const further = events.filter((event) => event.site.chain.length > suffix.length)
  const byCall = new Map<string, ClientEvent[]>()
  for (const event of further) {
    const call = event.site.chain[event.site.chain.length - suffix.length - 1] as CallSite
    const key = `${call.path}:${call.start}`
    const list = byCall.get(key)
    if (list) list.push(event)
    else byCall.set(key, [event])
  }
  const outer = () =>
    [...byCall.values()].flatMap((group) => {
      const chain = (group[0] as ClientEvent).site.chain
      return visit(chain.slice(chain.length - suffix.length - 1), group)
    })
  const event = here.at(-1)
  if (!event) return outer()
  const options = mergeSnapshots(here.map((one) => one.options))
  const topics = here.flatMap((one) => one.topics)
  const own: Lifted = { event: { ...event, topics }, options, chain: suffix }
  const openGap = options.gaps.some((gap) => gap.depends.length > 0)
  const openValue = options.settings.some((setting) => setting.depends.length > 0)
  const openTopics = topics.some((topic) => topic.kind === 'unknown')
  if ((!openGap && !openValue && !openTopics) || byCall.size === 0) return [own]
  const lifted = outer()
  if (!openGap) return differ(lifted) ? lifted : [merged(own, lifted)]
  // Callers that leave every choice to the wrapper share what it constructs.
  const quiet = lifted.filter((one) => !supplies(one, own))
  const silent = differ(quiet) ? [] : quiet
  const telling = lifted.filter((one) => !silent.includes(one))
  const [first] = silent
  if (!first) return telling
  return [{ ...own, options: mergeSnapshots(silent.map((one) => one.options)), event: merged(own, silent).event }, ...telling]
}

/** True when a caller adds something to what the wrapper itself gives. */
function supplies(lifted: Lifted, own: Lifted): boolean {
  const written = new Set(own.options.settings.map(({ setting }) => lineOf(setting.location)))
  const open = new Set(own.options.gaps.map((gap) => lineOf(gap.location)))
  return (
    lifted.options.settings.some(({ setting }) => !written.has(lineOf(setting.location))) ||
    lifted.options.gaps.some((gap) => !open.has(lineOf(gap.location)))
  )
}

function lineOf({ path, line }: Location): string {
  return `${path}:${line}`
}

/** True when callers do not all make the same of a decisive setting: one that leaves it to the library differs from one that gives it. */
function differ(lifted: readonly Lifted[]): boolean {
  const keys = new Set(lifted.flatMap(({ options }) => options.settings.map(({ setting }) => setting.key)))
  return [...keys].some((key) => DECISIVE.test(key) && new Set(lifted.map((one) => madeOf(one, key))).size > 1)
}

/** What a caller makes of a setting, as a word that can be compared: of what is not known nothing can be said to differ. */
function madeOf({ options }: Lifted, key: string): string {
  const value = options.settings.find(({ setting }) => setting.key === key)?.setting.value
  if (value) return value.kind === 'unknown' ? 'unknown' : JSON.stringify(value)
  return options.gaps.length > 0 ? 'unknown' : 'absent'
}

/** The construction with the values that its callers give. */
function merged(own: Lifted, lifted: readonly Lifted[]): Lifted {
  const settings = own.options.settings.map((setting) => {
    if (setting.depends.length === 0) return setting
    const given = lifted
      .map(({ options }) => options.settings.find((one) => one.setting.key === setting.setting.key))
      .filter((one) => one !== undefined)
    if (given.length !== lifted.length) return setting
    const result = mergeSettings(given)
    // It is still written here, whatever callers make of it.
    return { ...result, order: setting.order, setting: { ...result.setting, location: setting.setting.location } }
  })
  const known = own.event.topics.every((topic) => topic.kind !== 'unknown')
  const topics = known ? own.event.topics : lifted.flatMap(({ event }) => event.topics)
  return { ...own, event: { ...own.event, topics }, options: { ...own.options, settings } }
}
