import type { ProbePlan } from '../model/cluster.ts'
import type { Client, Facts } from '../model/facts.ts'
import { possibleLiterals, type Value } from '../model/value.ts'

/** The topics, groups and transactional ids that the project names, and so wants to know of. */
export function probePlan(facts: Facts): ProbePlan {
  return {
    topics: sorted(facts.clients.flatMap(({ topics }) => (topics.kind === 'known' ? topics.names : []))),
    groups: sorted(facts.clients.flatMap(({ group }) => (group.kind === 'named' ? [group.id] : []))),
    transactionalIds: sorted(facts.clients.flatMap(transactionalIds)),
  }
}

function transactionalIds(client: Client): readonly string[] {
  if (client.role !== 'producer') return []
  return client.variants.flatMap(({ settings }) => textsOf(settings.get('transactional.id')?.value))
}

function textsOf(value: Value | undefined): readonly string[] {
  const literals = value && possibleLiterals(value)
  return (literals ?? []).filter((literal): literal is string => typeof literal === 'string' && literal !== '')
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
