import type { ClusterFacts, Topic } from '../model/cluster.ts'
import type { Facts } from '../model/facts.ts'
import type { Related } from '../model/location.ts'
import { answerOf, topicNamed } from './cluster.ts'
import type { Confidence } from './finding.ts'
import { claimedGroups, groupPlaces } from './group-claims.ts'
import { claimedTopics, topicPlaces } from './topic-claims.ts'

/** A topic that matters to the project: it names the topic, or a group of the project has committed offsets in it. */
export interface Concerned {
  readonly topic: Topic
  readonly confidence: Confidence
  readonly places: readonly Related[]
}

/** In the order of their names, those that the project names first. */
export function concernedTopics(facts: Facts, cluster: ClusterFacts): readonly Concerned[] {
  const found = new Map<string, Concerned>()
  for (const claimed of claimedTopics(facts, cluster))
    found.set(claimed.topic.name, { topic: claimed.topic, confidence: claimed.confidence, places: topicPlaces(claimed) })
  for (const claimed of claimedGroups(facts, cluster))
    for (const name of new Set(answerOf(claimed.group.offsets)?.map((one) => one.topic))) {
      const topic = topicNamed(cluster, name)
      if (!topic || topic.internal || found.has(name)) continue
      found.set(name, { topic, confidence: claimed.confidence, places: groupPlaces(claimed) })
    }
  return [...found.values()]
}
