import type { ClusterFacts, GroupDescription, Member } from '../model/cluster.ts'
import type { Client, Facts } from '../model/facts.ts'
import { whyNot } from './cluster.ts'
import { leastConfidence } from './decide.ts'
import { type Finding, type NotEvaluated, notEvaluated } from './finding.ts'
import { aboutGroup, type ClaimedGroup, claimedGroups, groupSubject } from './group-claims.ts'
import { byKey } from './joins.ts'

/** Groups of the project in which the cluster sees members of another application; `told` are those of which enough is said. */
export function* strangersInGroups(
  facts: Facts,
  cluster: ClusterFacts,
  told: ReadonlySet<string>,
): Generator<Finding | NotEvaluated> {
  for (const all of claimedGroups(facts, cluster)) {
    const claims = all.claims.filter(({ client }) => client.usage !== 'assigns' && client.usage !== 'none')
    if (claims.length > 0 && !told.has(all.group.id)) yield* strangersIn({ ...all, claims })
  }
}

function* strangersIn(claimed: ClaimedGroup): Generator<Finding | NotEvaluated> {
  const { group } = claimed
  const { description } = group
  if (description.state !== 'known') {
    if (description.state === 'absent' && description.error === 'GROUP_ID_NOT_FOUND') return
    yield notEvaluated(groupSubject(group.id), 'cluster.groups', `its members are unknown: ${whyNot(description)}`)
    return
  }
  const { state, members } = description.value
  if (members.length === 0) return
  const other = otherKind(claimed)
  if (other) {
    yield otherProtocol(claimed, other, description.value)
    return
  }
  const read = members.filter(({ topics }) => topics !== undefined && topics.length > 0)
  if (state !== 'Stable' || read.length === 0) {
    const reason = state === 'Stable' ? 'their subscriptions could not be read' : `the group is not stable (${state})`
    yield notEvaluated(groupSubject(group.id), 'cluster.groups', `what its members read is unknown: ${reason}`)
    return
  }
  const found = bySubscription(claimed, read, description.value) ?? byName(claimed, read)
  if (found) yield found
}

/** What else than consumers the group is made of: Connect workers, a schema registry, a share group. */
function otherKind({ group, claims }: ClaimedGroup): string | undefined {
  if (group.type === 'share' || group.type === 'streams') return group.type
  if (group.protocolType === '' || group.protocolType === 'consumer') return undefined
  // a Connect worker's group.id is that of the workers
  const isConnect = claims.some(({ client }) => client.libraries.includes('kafka-connect'))
  return isConnect && group.protocolType === 'connect' ? undefined : group.protocolType
}

function otherProtocol(claimed: ClaimedGroup, other: string, { members }: GroupDescription): Finding {
  return aboutGroup(claimed, {
    severity: 'error',
    message: `group \`${claimed.group.id}\` belongs to members of another kind (${other}): ${tellMembers(members)}`,
    why: 'A group has members of one protocol only: the consumer is refused with INCONSISTENT_GROUP_PROTOCOL for as long as the others are there, and reads nothing.',
    fix: OWN_GROUP,
    key: 'protocol',
  })
}

const OWN_GROUP = 'Give each application a group id of its own.'

/** Members that read what no consumer of the project reads. */
function bySubscription(claimed: ClaimedGroup, members: readonly Member[], description: GroupDescription): Finding | undefined {
  const declared = declaredTopics(claimed)
  if (!declared) return byContrast(claimed, members)
  const isOwn = ({ topics = [] }: Member) => topics.every((topic) => declared.has(topic))
  const own = members.filter(isOwn)
  const strangers = members.filter((member) => !isOwn(member))
  if (strangers.length === 0) return undefined
  const shared = topicsOf(strangers).filter((topic) => declared.has(topic))
  // members that all read more than the project does are most likely another version of it
  if (own.length === 0 && shared.length > 0) return undefined
  // kafkajs alone has an assignor of that name
  const misled = description.assignor === 'RoundRobinAssigner' && own.length > 0
  const foreign = topicsOf(strangers).filter((topic) => !declared.has(topic))
  const apart = own.length > 0 && !families(strangers).some((one) => families(own).includes(one))
  return aboutGroup(claimed, {
    severity: shared.length > 0 || misled ? 'error' : 'warning',
    confidence: leastConfidence(claimed.confidence, apart ? 'high' : 'medium', ...claimed.claims.map((c) => c.client.confidence)),
    message: `group \`${claimed.group.id}\` has members of another application: ${tellMembers(strangers)} ${reads(strangers)} ${list(foreign)}, which the project does not${shared.length > 0 ? `, and ${list(shared)}, which it does` : ''}`,
    why: shared.length > 0 ? PART_EACH : misled ? MISLED : REBALANCES,
    fix: `${OWN_GROUP} If the others are an older version of this one, finish its roll-out and look again.`,
    key: 'subscriptions',
  })
}

const PART_EACH =
  'The group divides the partitions between all its members: each application sees only a part of the messages, and commits its part as done for the other.'
const MISLED =
  "kafkajs hands out partitions by the leader's subscription: a member is given topics that it does not handle, and partitions of its own may be given to nobody."
const REBALANCES =
  'Each restart or slow handler of one application stops the other for a rebalance, and lag and offsets of the two can no longer be told apart.'

/** Where the project does not say what it reads, one consumer of it still reads one thing: members that differ in name too are others. */
function byContrast(claimed: ClaimedGroup, members: readonly Member[]): Finding | undefined {
  const kinds = [...byKey(members, ({ topics = [] }) => JSON.stringify([...topics].sort())).values()]
  const [one, other] = kinds
  if (!one || !other || claimed.claims.length > 1) return undefined
  if (families(other).some((name) => families(one).includes(name))) return undefined
  const shared = topicsOf(one).filter((topic) => topicsOf(other).includes(topic))
  return aboutGroup(claimed, {
    severity: shared.length > 0 ? 'error' : 'warning',
    confidence: leastConfidence(claimed.confidence, 'medium'),
    message: `group \`${claimed.group.id}\` has members that read different topics: ${tellMembers(one)} ${reads(one)} ${list(topicsOf(one))}, ${tellMembers(other)} ${reads(other)} ${list(topicsOf(other))}`,
    why: shared.length > 0 ? PART_EACH : REBALANCES,
    fix: OWN_GROUP,
    key: 'subscriptions',
  })
}

/** Members that read the same under a name that no consumer of the project has, beside some that have one. */
function byName(claimed: ClaimedGroup, members: readonly Member[]): Finding | undefined {
  const names = claimed.claims.map(({ client }) => clientId(client))
  const literal = names.flatMap((name) => (name === undefined ? [] : [familyOf(name)]))
  if (literal.length < names.length || literal.length === 0) return undefined
  // one name may be the other with something behind it: a pod, a thread
  const isOwn = (member: Member) => {
    const family = familyOf(member.clientId)
    return family === '' || literal.some((name) => family.startsWith(name) || name.startsWith(family))
  }
  const strangers = members.filter((member) => !isOwn(member))
  if (strangers.length === 0 || strangers.length === members.length) return undefined
  return aboutGroup(claimed, {
    severity: 'error',
    confidence: leastConfidence(claimed.confidence, 'medium'),
    message: `group \`${claimed.group.id}\` has members under a client id that no client of the project has: ${tellMembers(strangers)} ${reads(strangers)} ${list(topicsOf(strangers))} too`,
    why: PART_EACH,
    fix: OWN_GROUP,
    key: 'names',
  })
}

/** The client id that every version of the client has by the project's own words. */
function clientId({ variants }: Client): string | undefined {
  const ids = variants.map((variant) => {
    const effective = variant.settings.get('client.id')
    const stated = effective?.origin.kind === 'explicit' || effective?.origin.kind === 'inherited'
    return stated && effective.value.kind === 'known' ? String(effective.value.value ?? '') : ''
  })
  return ids[0] !== '' && ids.every((id) => id === ids[0]) ? ids[0] : undefined
}

function declaredTopics({ claims }: ClaimedGroup): ReadonlySet<string> | undefined {
  const all = claims.map(({ client }) => (client.topics.kind === 'known' ? client.topics.names : undefined))
  return all.some((names) => names === undefined) ? undefined : new Set(all.flatMap((names) => names ?? []))
}

const topicsOf = (members: readonly Member[]): readonly string[] => [
  ...new Set(members.flatMap(({ topics = [] }) => topics).sort()),
]

const families = (members: readonly Member[]): readonly string[] => [...new Set(members.map(({ clientId: id }) => familyOf(id)))]

/** A client id without what tells one instance from another. */
function familyOf(id: string): string {
  return id.toLowerCase().replace(/([-_.#:]?(\d+|(?=[a-f]*\d)[0-9a-f]{6,}))+$/, '')
}

const SHOWN = 3

/** "`shipping` (/10.0.0.2)", "`shipping` (/10.0.0.2) and 3 more". */
function tellMembers(members: readonly Member[]): string {
  const distinct = [...byKey(members, ({ clientId: id }) => familyOf(id)).values()].map(([first]) => first as Member)
  const shown = distinct.slice(0, SHOWN).map(({ clientId: id, host }) => `\`${id}\` (${host.replace(/^\//, '')})`)
  const rest = distinct.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const reads = (members: readonly Member[]) => (families(members).length > 1 ? 'read' : 'reads')

function list(topics: readonly string[]): string {
  const shown = topics.slice(0, SHOWN).map((topic) => `\`${topic}\``)
  const rest = topics.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
