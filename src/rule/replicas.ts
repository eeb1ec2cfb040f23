import type { Deployment } from '../model/deployment.ts'
import type { Client } from '../model/facts.ts'
import type { Location } from '../model/location.ts'
import type { Confidence } from './finding.ts'

export interface Replicated {
  readonly deployment: Deployment
  readonly replicas: number
  readonly location: Location
  readonly confidence: Confidence
}

/**
 * The deployment that runs a client more than once, as far as known. A deployment is linked to the folder it is built from, not to the one
 * script it starts: medium, and low where another deployment of the same folder runs a single copy.
 */
export function replicated(client: Client): Replicated | undefined {
  const workloads = client.deployments.filter((d) => d.kind !== 'dotenv')
  const several = workloads.flatMap((deployment) => {
    const value = deployment.replicas?.value
    const replicas = value?.kind === 'known' ? Number(value.value) : Number.NaN
    return deployment.replicas && replicas > 1 ? [{ deployment, replicas, location: deployment.replicas.location }] : []
  })
  const [first] = several
  return first && { ...first, confidence: several.length === workloads.length ? 'medium' : 'low' }
}
