import type { Client } from '../model/facts.ts'
import { decide } from './decide.ts'
import { setting } from './settings.ts'

/** True for a consumer that certainly commits without the program, in every version that it may run in. */
export function commitsByItself(client: Client): boolean {
  return client.variants.every((variant) => {
    // a container or runner commits for the handler once it has returned
    if (variant.commit.when === 'after-handler') return true
    const decision = decide(setting(variant, 'enable.auto.commit'), (value) => value === true)
    return decision.kind === 'met' && !decision.sometimes && decision.confidence !== 'low'
  })
}
