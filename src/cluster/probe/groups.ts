import type { Asked, CommittedOffset, Group, GroupDescription, Listing } from '../../model/cluster.ts'
import { consumerGroupDescribe } from '../wire/consumer-group-describe.ts'
import { describeGroups } from '../wire/describe-groups.ts'
import { errorName } from '../wire/errors.ts'
import { listGroups } from '../wire/list-groups.ts'
import { offsetFetch } from '../wire/offset-fetch.ts'
import { assignedPartitions, subscribedTopics } from '../wire/subscription.ts'
import { absent, known, refusal } from './asked.ts'
import { findCoordinators, GROUP_KEY } from './coordinators.ts'
import { operationsOf } from './operations.ts'
import { askEach, askInParts, grouped, type Reached } from './reached.ts'

const GROUPS_AT_ONCE = 1000

const LOADING = 14

interface Listed {
  readonly id: string
  readonly protocolType: string
  readonly type: string
  readonly broker: number
}

export interface GroupsSeen {
  readonly groups: Listing<Group>
  /** Brokers that are loading a partition of the internal topic. */
  readonly loading: ReadonlySet<number>
}

/**
 * Every group that the principal may see, and those the project names. Only a group's coordinator lists it, so the listing names the
 * coordinator too; `findable` is false where asking for one could create the internal topic.
 */
export async function seeGroups(
  reached: Reached,
  named: readonly string[],
  findable: boolean,
  seesAll: boolean,
): Promise<GroupsSeen> {
  const lists = await askEach(reached, reached.links.keys(), listGroups, () => ({}))
  const loading = new Set(lists.filter(({ answer }) => answer.error === LOADING).map(({ broker }) => broker))
  const listed = lists.flatMap(({ broker, answer }) =>
    answer.groups.map(
      ({ id, protocolType, type }): Listed => ({ id, protocolType, type: (type ?? 'classic').toLowerCase(), broker }),
    ),
  )
  const coordinators = await findCoordinators(reached, GROUP_KEY, named, findable)
  const known = new Map(listed.map((group) => [group.id, group]))
  const all: readonly Wanted[] = [
    ...listed.map(
      (group): Wanted => ({
        ...group,
        named: named.includes(group.id),
        coordinator: coordinators.get(group.id) ?? { state: 'known', value: group.broker },
      }),
    ),
    ...named
      .filter((id) => !known.has(id))
      .map(
        (id): Wanted => ({
          id,
          protocolType: '',
          type: 'unknown',
          named: true,
          coordinator: coordinators.get(id) ?? NO_COORDINATOR,
        }),
      ),
  ]
  const [descriptions, offsets] = await Promise.all([describe(reached, all), committed(reached, all)])
  const items = all.map(({ id, protocolType, type, named: isNamed, coordinator }): Group => {
    const description = descriptions.get(id) ?? noAnswer(coordinator)
    return {
      id,
      type: typeOf(type),
      protocolType,
      named: isNamed,
      coordinator,
      description: description.asked,
      offsets: offsets.get(id) ?? noAnswer<readonly CommittedOffset[]>(coordinator).asked,
      ...(description.allowed ? { allowed: description.allowed } : {}),
    }
  })
  items.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  return { groups: listing(items, lists, reached, seesAll), loading }
}

interface Wanted {
  readonly id: string
  readonly protocolType: string
  readonly type: string
  readonly named: boolean
  readonly coordinator: Asked<number>
}

const NO_COORDINATOR: Asked<number> = absent('its coordinator was not asked for')

interface Described {
  readonly asked: Asked<GroupDescription>
  readonly allowed?: readonly string[]
}

function noAnswer<T>(coordinator: Asked<number>): { asked: Asked<T>; allowed?: undefined } {
  if (coordinator.state === 'denied') return { asked: coordinator }
  if (coordinator.state === 'absent') return { asked: coordinator }
  return { asked: absent(`its coordinator, broker ${coordinator.value}, did not answer`) }
}

function typeOf(type: string): Group['type'] {
  return type === 'classic' || type === 'consumer' || type === 'share' || type === 'streams' ? type : 'unknown'
}

function listing(
  items: readonly Group[],
  lists: readonly { readonly answer: { readonly error: number } }[],
  reached: Reached,
  seesAll: boolean,
): Listing<Group> {
  const failed = lists.find(({ answer }) => answer.error !== 0)
  if (failed) return { items, complete: false, reason: `a broker answers ${errorName(failed.answer.error)}` }
  if (lists.length < reached.links.size) return { items, complete: false, reason: 'not every broker listed its groups' }
  if (!seesAll)
    return {
      items,
      complete: false,
      reason: 'without Describe on Cluster, groups that the principal may not describe are not shown',
    }
  return { items, complete: true }
}

/** Groups at their coordinators. */
function byCoordinator(groups: readonly Wanted[]): ReadonlyMap<number, readonly Wanted[]> {
  const findable = groups.flatMap((group) =>
    group.coordinator.state === 'known' ? [{ group, at: group.coordinator.value }] : [],
  )
  const parts = grouped(findable, ({ at }) => at)
  return new Map([...parts].map(([broker, of]) => [broker, of.map(({ group }) => group)]))
}

async function describe(reached: Reached, groups: readonly Wanted[]): Promise<ReadonlyMap<string, Described>> {
  const found = new Map<string, Described>()
  await Promise.all(
    [...byCoordinator(groups)].map(async ([broker, at]) => {
      const classic = at.filter(({ type }) => type === 'classic' || type === 'unknown').map(({ id }) => id)
      const consumer = at.filter(({ type }) => type === 'consumer').map(({ id }) => id)
      for (const [id, described] of await describeClassic(reached, broker, classic)) found.set(id, described)
      for (const [id, described] of await describeConsumer(reached, broker, consumer)) found.set(id, described)
    }),
  )
  return found
}

async function describeClassic(reached: Reached, broker: number, ids: readonly string[]): Promise<[string, Described][]> {
  const answers = await askInParts(reached, broker, describeGroups, ids, GROUPS_AT_ONCE, (part) => ({
    groups: part,
    authorizedOperations: true,
  }))
  return answers.flatMap(({ groups }) =>
    groups.map(({ id, error, state, protocolType, protocol, members, authorizedOperations }): [string, Described] => {
      if (error !== 0) return [id, { asked: refusal(error, `Describe on Group ${id}`) }]
      const allowed = operationsOf(authorizedOperations)
      const asked = known({
        state,
        assignor: protocol,
        members: members.map((member) => {
          const topics = protocolType === 'consumer' ? subscribedTopics(member.metadata) : undefined
          const assigned = protocolType === 'consumer' ? assignedPartitions(member.assignment) : undefined
          return {
            id: member.memberId,
            instanceId: member.instanceId,
            clientId: member.clientId,
            host: member.clientHost,
            ...(topics ? { topics } : {}),
            ...(assigned ? { assigned } : {}),
          }
        }),
      })
      return [id, { asked, ...(allowed ? { allowed } : {}) }]
    }),
  )
}

async function describeConsumer(reached: Reached, broker: number, ids: readonly string[]): Promise<[string, Described][]> {
  const answers = await askInParts(reached, broker, consumerGroupDescribe, ids, GROUPS_AT_ONCE, (part) => ({
    groups: part,
    authorizedOperations: true,
  }))
  return answers.flatMap(({ groups }) =>
    groups.map(({ id, error, message, state, assignor, members, authorizedOperations }): [string, Described] => {
      if (error !== 0) return [id, { asked: refusal(error, `Describe on Group ${id}`, message) }]
      const allowed = operationsOf(authorizedOperations)
      const asked = known({
        state,
        assignor,
        members: members.map((member) => ({
          id: member.memberId,
          instanceId: member.instanceId,
          clientId: member.clientId,
          host: member.clientHost,
          topics: member.topics,
          assigned: member.assigned,
        })),
      })
      return [id, { asked, ...(allowed ? { allowed } : {}) }]
    }),
  )
}

/** The first version that asks for several groups at once. */
const BATCHED = 8

async function committed(
  reached: Reached,
  groups: readonly Wanted[],
): Promise<ReadonlyMap<string, Asked<readonly CommittedOffset[]>>> {
  const found = new Map<string, Asked<readonly CommittedOffset[]>>()
  await Promise.all(
    [...byCoordinator(groups)].map(async ([broker, at]) => {
      const batched = (reached.links.get(broker)?.versions.get(9)?.max ?? 0) >= BATCHED
      // an older broker is asked group by group, and so only for those that the project names
      const wanted = batched ? at : at.filter(({ named }) => named)
      const answers = await askInParts(reached, broker, offsetFetch, wanted, batched ? GROUPS_AT_ONCE : 1, (part) => ({
        groups: part.map(({ id }) => ({ id, topics: null })),
        requireStable: false,
      }))
      for (const [i, { groups: told }] of answers.entries())
        for (const { id: named, error, topics } of told) {
          // an answer for one group alone does not name it
          const id = batched ? named : (wanted[i] as Wanted).id
          if (error !== 0) found.set(id, refusal(error, `Describe on Group ${id}`))
          else found.set(id, known(offsetsOf(topics)))
        }
    }),
  )
  return found
}

function offsetsOf(
  topics: readonly {
    readonly name: string
    readonly partitions: readonly { readonly id: number; readonly offset: number; readonly error: number }[]
  }[],
): readonly CommittedOffset[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ offset, error }) => offset >= 0 && error === 0)
      .map(({ id, offset }) => ({ topic: name, partition: id, offset })),
  )
}
