import type { Topics } from '../model/client.ts'
import type { Group } from '../model/facts.ts'
import type { Intent } from '../model/intent.ts'
import type { Location } from '../model/location.ts'

/** The first intent whose every matcher fits; a matcher on something unknown does not fit. */
export function intentOf(
  client: { readonly location: Location; readonly group: Group; readonly topics: Topics },
  intents: readonly Intent[],
): Intent | undefined {
  return intents.find(({ match }) => {
    const { group, topic, path } = match
    if (path !== undefined && !globMatches(path, client.location.path)) return false
    if (group !== undefined && !(client.group.kind === 'named' && globMatches(group, client.group.id))) return false
    if (topic !== undefined && !(client.topics.kind === 'known' && client.topics.names.some((name) => globMatches(topic, name))))
      return false
    return path !== undefined || group !== undefined || topic !== undefined
  })
}

/** `*` stands for any run of characters but `/`, `**` for any run; everything else for itself. */
export function globMatches(glob: string, text: string): boolean {
  const pattern = glob
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&')))
    .join('')
  return new RegExp(`^${pattern}$`, 's').test(text)
}
