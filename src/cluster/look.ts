import type { Bootstrap, Broker, ClusterFacts, ClusterProblem, Group, ProbePlan, SentRequest } from '../model/cluster.ts'
import type { Connection } from './connection-file.ts'
import { SocketGuard } from './guard.ts'
import { type Deadline, type Link, LinkError, openLink } from './link.ts'
import { seeAcls } from './probe/acls.ts'
import { absent } from './probe/asked.ts'
import { meetBroker } from './probe/brokers.ts'
import { seeGroups } from './probe/groups.ts'
import { problemOf, type Reached } from './probe/reached.ts'
import { addExpiring } from './probe/retention.ts'
import { serviceOf } from './probe/service.ts'
import { askMetadata, bareTopics, completeTopics, type MetadataAnswer, topicListing } from './probe/topics.ts'
import { addOpenTransactions, seeTransactions } from './probe/transactions.ts'
import { API } from './wire/request.ts'

export interface LookOptions {
  /** Milliseconds for all of it. */
  readonly timeout: number
  /** The hour, as the user's clock has it. */
  readonly now: Date
  /** Milliseconds of a clock that only goes forward. */
  readonly clock: () => number
  readonly progress?: (doing: string) => void
}

export interface Look {
  readonly facts: ClusterFacts
  /** Every request that was sent. */
  readonly requests: readonly SentRequest[]
}

/** The least time for one address, so that a slow one leaves some for the others. */
const ATTEMPT = 10_000

/** Connects to a cluster and asks it everything that rules may want to know. Sends nothing that could change it; never throws. */
export async function lookAt(connection: Connection, plan: ProbePlan, options: LookOptions): Promise<Look> {
  const guard = new SocketGuard()
  const deadline: Deadline = { at: options.clock() + options.timeout, now: options.clock }
  const problems: ClusterProblem[] = []
  const links: Link[] = []
  try {
    options.progress?.('connecting')
    const { first, bootstrap } = await bootstrapWith(connection, guard, deadline, links)
    if (!first) return { facts: unreached(connection, bootstrap, options.now), requests: guard.sent() }
    const facts = await explore(first, { connection, plan, options, guard, deadline, problems, links, bootstrap })
    return { facts, requests: guard.sent() }
  } finally {
    await Promise.all(links.map((link) => link.close()))
  }
}

interface Started {
  readonly first: Link | undefined
  readonly bootstrap: readonly Bootstrap[]
}

/** Each address by itself: one that fails is explained even where another works. */
async function bootstrapWith(connection: Connection, guard: SocketGuard, deadline: Deadline, links: Link[]): Promise<Started> {
  const attempts = await Promise.all(
    connection.bootstrap.map(async ({ host, port }) => {
      const address = `${host}:${port}`
      try {
        const link = await openLink({ host, port }, connection.access, guard, soon(deadline))
        links.push(link)
        return { address, link }
      } catch (error) {
        if (!(error instanceof LinkError)) throw error
        return { address, failure: error.failure }
      }
    }),
  )
  return {
    first: attempts.find(({ link }) => link)?.link,
    bootstrap: attempts.map(({ address, failure }) => ({ address, ...(failure ? { failure } : {}) })),
  }
}

/** A part of the time that is left. */
function soon(deadline: Deadline): Deadline {
  return { ...deadline, at: Math.min(deadline.at, deadline.now() + ATTEMPT) }
}

interface Exploring {
  readonly connection: Connection
  readonly plan: ProbePlan
  readonly options: LookOptions
  readonly guard: SocketGuard
  readonly deadline: Deadline
  readonly problems: ClusterProblem[]
  readonly links: Link[]
  readonly bootstrap: readonly Bootstrap[]
}

async function explore(first: Link, exploring: Exploring): Promise<ClusterFacts> {
  const { connection, plan, options, guard, deadline, problems, links, bootstrap } = exploring
  let metadata: MetadataAnswer
  if (isController(first)) {
    const { host, port } = first.address
    const reason = `${host}:${port} is a KRaft controller, which knows no topics`
    problems.push({ about: `${host}:${port}`, reason, hint: "name a broker's listener" })
    return { ...unreached(connection, bootstrap, options.now), problems }
  }
  try {
    metadata = await askMetadata(first, plan.topics)
  } catch (error) {
    problems.push(problemOf(`${first.address.host}:${first.address.port}`, error))
    return { ...unreached(connection, bootstrap, options.now), problems }
  }
  options.progress?.(`meeting ${metadata.brokers.length} brokers`)
  const met = await Promise.all(metadata.brokers.map((broker) => meetBroker(broker, connection.access, guard, soon(deadline))))
  links.push(...met.flatMap(({ link }) => (link ? [link] : [])))
  for (const { broker } of met) if (broker.reach.kind === 'silent') problems.push(silence(broker))
  const reached: Reached = {
    links: new Map(met.flatMap(({ broker, link }) => (link ? [[broker.id, link] as const] : []))),
    problems,
  }
  const [anyBroker] = reached.links.keys()
  const bare = bareTopics(metadata)
  const seen = new Set(bare.filter(({ error }) => error === null).map(({ name }) => name))
  if (anyBroker === undefined)
    return assemble(exploring, metadata, first, { brokers: met.map(({ broker }) => broker), topics: bare })

  options.progress?.(`asking about ${bare.length} topics`)
  const acls = await seeAcls(reached, anyBroker)
  const isOpen = acls.state === 'absent' && acls.error === 'SECURITY_DISABLED'
  const seesAll = acls.state === 'known' || isOpen
  const [topics, { groups, loading: loadingGroups }, { transactions, loading: loadingTransactions }] = await Promise.all([
    completeTopics(bare, reached, anyBroker).then((complete) => addOpenTransactions(complete, reached)),
    seeGroups(reached, plan.groups, seen.has('__consumer_offsets'), seesAll),
    seeTransactions(reached, plan.transactionalIds, seen.has('__transaction_state'), isOpen),
  ])
  const dated = await addExpiring(topics, groups.items, reached, options.now.getTime())
  return {
    ...assemble(exploring, metadata, first, {
      brokers: met.map(({ broker, link }) =>
        link
          ? { ...broker, loadingGroups: loadingGroups.has(broker.id), loadingTransactions: loadingTransactions.has(broker.id) }
          : broker,
      ),
      topics: dated,
    }),
    topics: topicListing(dated, seesAll),
    groups,
    transactions,
    acls,
  }
}

/** It votes and has no topics to tell of. */
function isController({ versions }: Link): boolean {
  return versions.has(VOTE) && !versions.has(API.Metadata)
}

const VOTE = 52

function silence({ id, host, port, reach }: Broker): ClusterProblem {
  const failure = reach.kind === 'silent' ? reach.failure : undefined
  return {
    about: `broker ${id}`,
    reason: `broker ${id} of the metadata does not answer at the address it advertises: ${failure?.reason ?? `${host}:${port}`}`,
    hint: failure?.hint ?? '',
  }
}

function assemble(
  { connection, bootstrap, options, problems }: Exploring,
  { clusterId, brokers: advertised }: MetadataAnswer,
  first: Link,
  { brokers, topics }: { brokers: readonly Broker[]; topics: ClusterFacts['topics']['items'] },
): ClusterFacts {
  const hosts = [...connection.bootstrap, ...advertised].map(({ host }) => host)
  const names = topics.map(({ name }) => name)
  return {
    ...unreached(connection, bootstrap, options.now),
    clusterId,
    service: serviceOf(hosts, clusterId, names),
    features: Object.fromEntries(first.features.map(({ name, level }) => [name, level])),
    brokers: [...brokers].sort((a, b) => a.id - b.id),
    topics: topicListing(topics, undefined),
    problems,
  }
}

/** What is known where nothing answered. */
function unreached(connection: Connection, bootstrap: readonly Bootstrap[], now: Date): ClusterFacts {
  const reason = 'no broker answers'
  const nothing = { items: [], complete: false, reason }
  return {
    schemaVersion: 1,
    takenAt: now.getTime(),
    bootstrap,
    clusterId: null,
    service: 'unknown',
    features: {},
    principal: connection.principal,
    brokers: [],
    topics: nothing,
    groups: { ...nothing, items: [] as readonly Group[] },
    transactions: nothing,
    acls: absent(reason),
    problems: bootstrap.flatMap(({ address, failure }) =>
      failure ? [{ about: address, reason: failure.reason, hint: failure.hint }] : [],
    ),
  }
}
