import type { Client, Variant } from '../model/facts.ts'
import type { Location, Related } from '../model/location.ts'
import type { EffectiveSetting } from '../model/setting.ts'

/** The effective setting, or undefined when this library version has no such setting. */
export function setting(variant: Variant, key: string): EffectiveSetting | undefined {
  return variant.settings.get(key)
}

/** Where a finding about a setting stands: its own line when it is written, else the construction; and what stands around it. */
export function placeOf(
  client: Client,
  effective: EffectiveSetting,
): { location: Location; related: readonly Related[]; anchors: readonly Location[] } {
  const { origin } = effective
  const own =
    origin.kind === 'explicit' || origin.kind === 'environment' || origin.kind === 'inherited' ? origin.location : undefined
  const related: Related[] = own ? [{ label: client.name, location: client.location }] : []
  if (client.options.start && !own) related.push({ label: 'the options start here', location: client.options.start })
  if (client.group.kind === 'named' && client.group.location && !own)
    related.push({ label: `group \`${client.group.id}\``, location: client.group.location })
  related.push(...client.related)
  return { location: own ?? client.location, related, anchors: [client.location] }
}

/** "`enable_auto_commit` is not set, and kafka-python 2.0.2 defaults to true", "`enable.auto.commit` is true", … */
export function tellSetting(variant: Variant, effective: EffectiveSetting, spelled: string, value: string): string {
  const { origin } = effective
  switch (origin.kind) {
    case 'default':
      return `\`${spelled}\` is not set and ${variant.title} defaults to ${value}`
    case 'derived':
      return `\`${spelled}\` is ${value} (${origin.says})`
    case 'environment':
      return origin.from === 'default'
        ? `\`${spelled}\` is ${value} unless ${origin.variable} says otherwise`
        : `\`${spelled}\` is ${value} (${origin.variable} in ${origin.from.path})`
    case 'inherited':
      return `\`${spelled}\` is ${value} (from ${origin.from})`
    case 'explicit':
      return `\`${spelled}\` is ${value}`
    case 'unknown':
      return `\`${spelled}\` is unknown (${origin.reason})`
  }
}
