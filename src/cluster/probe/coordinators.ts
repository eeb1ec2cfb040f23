import type { Asked } from '../../model/cluster.ts'
import { findCoordinator } from '../wire/find-coordinator.ts'
import { API } from '../wire/request.ts'
import { absent, known, refusal } from './asked.ts'
import { askInParts, type Reached } from './reached.ts'

export const GROUP_KEY = 0
export const TRANSACTION_KEY = 1

const KEYS_AT_ONCE = 500

/** The first version that asks for several keys at once. */
const BATCHED = 4

/**
 * Asks any broker who coordinates each key. Only where the internal topic is known to exist: a broker that is asked for a coordinator
 * creates the topic where it does not, which is a write.
 */
export async function findCoordinators(
  reached: Reached,
  keyType: 0 | 1,
  keys: readonly string[],
  findable: boolean,
): Promise<ReadonlyMap<string, Asked<number>>> {
  const [broker] = reached.links.keys()
  const internal = keyType === GROUP_KEY ? '__consumer_offsets' : '__transaction_state'
  if (!findable || broker === undefined)
    return new Map(keys.map((key) => [key, absent(`${internal} is not seen, and asking for a coordinator could create it`)]))
  const batched = (reached.links.get(broker)?.versions.get(API.FindCoordinator)?.max ?? 0) >= BATCHED
  const right = keyType === GROUP_KEY ? 'Group' : 'TransactionalId'
  const answers = await askInParts(reached, broker, findCoordinator, keys, batched ? KEYS_AT_ONCE : 1, (part) => ({
    keyType,
    keys: part,
  }))
  return new Map(
    answers.flatMap(({ coordinators }, i) =>
      coordinators.map(({ key: told, error, message, nodeId }) => {
        // an answer for one key alone does not name it
        const key = batched ? told : (keys[i] as string)
        return [key, error === 0 ? known(nodeId) : refusal<number>(error, `Describe on ${right} ${key}`, message)]
      }),
    ),
  )
}
