import type { DeclaredClient } from '../model/client.ts'
import type { Deployment, EnvironmentEntry } from '../model/deployment.ts'
import type { DeclaredSetting, Origin } from '../model/setting.ts'
import { type Literal, possibleLiterals, type Value } from '../model/value.ts'

/** A declared setting with the environment applied: its value, where that comes from, and whether an inference lies in between. */
export interface Stated {
  readonly declared: DeclaredSetting
  readonly value: Value
  readonly origin: Origin
  readonly inferred: boolean
}

/** The deployments that run the code in a folder: build contexts and `.env` files at or above it, the nearest of each kind. */
export function deploymentsOf(folder: string, deployments: readonly Deployment[]): readonly Deployment[] {
  const covering = deployments.filter(
    (d) => d.context !== undefined && (d.context === '' || folder === d.context || folder.startsWith(`${d.context}/`)),
  )
  const deepest = new Map<string, number>()
  for (const d of covering) deepest.set(d.kind, Math.max(deepest.get(d.kind) ?? 0, (d.context as string).length))
  return covering.filter((d) => (d.context as string).length === deepest.get(d.kind))
}

/** A setting whose value is looked up in the environment takes the deployment's value, else the program's own fallback, else it is unknown. */
export function applyEnvironment(declared: DeclaredSetting, deployments: readonly Deployment[]): Stated {
  const inferred = (declared.via?.length ?? 0) > 1
  if (!declared.environment) return { declared, value: declared.value, origin: statedOrigin(declared), inferred }
  const { variable, fallback } = declared.environment
  const entries = deployments.flatMap((d) => d.environment.filter((e) => e.name === variable))
  const fromDeployment = agreed(entries)
  if (fromDeployment) {
    const origin: Origin = {
      kind: 'environment',
      variable,
      location: declared.location,
      from: (entries[0] as EnvironmentEntry).location,
    }
    return { declared, value: fromDeployment, origin, inferred: true }
  }
  const origin: Origin = { kind: 'environment', variable, location: declared.location, from: 'default' }
  if (deployments.some((d) => d.environmentOpen)) {
    return {
      declared,
      value: { kind: 'unknown', reason: `${variable} may be set by a deployment that could not be read whole` },
      origin,
      inferred: true,
    }
  }
  const value = fallback ?? { kind: 'unknown', reason: `${variable} has no default, and nothing that was read sets it` }
  return { declared, value, origin, inferred: true }
}

/** One value where the deployments agree, each of them where they do not. */
function agreed(entries: readonly EnvironmentEntry[]): Value | undefined {
  if (entries.length === 0) return undefined
  const literals: Literal[] = []
  for (const { value } of entries) {
    const possible = possibleLiterals(value)
    if (!possible) return value
    for (const literal of possible) if (!literals.includes(literal)) literals.push(literal)
  }
  return literals.length === 1 ? { kind: 'known', value: literals[0] as Literal } : { kind: 'either', values: literals }
}

function statedOrigin(declared: DeclaredSetting): Origin {
  if (declared.inheritedFrom !== undefined)
    return { kind: 'inherited', from: declared.inheritedFrom, location: declared.location }
  return { kind: 'explicit', location: declared.location }
}

/** Relaxed binding: Spring takes SPRING_KAFKA_CONSUMER_ENABLEAUTOCOMMIT and SPRING_KAFKA_CONSUMER_ENABLE_AUTO_COMMIT alike. */
const relaxed = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/**
 * Settings that a deployment's environment gives to a Spring Boot client: they win over application.yml. `spell` turns a canonical key into
 * Spring's, `keys` are all canonical keys of the profile.
 */
export function springEnvironment(
  client: DeclaredClient,
  deployments: readonly Deployment[],
  keys: readonly string[],
  spell: (canonical: string) => string,
): readonly Stated[] {
  const prefix = relaxed(`spring.kafka.${client.role}.`)
  const names = new Map<string, string>()
  for (const key of keys) {
    names.set(prefix + relaxed(spell(key)), spell(key))
    names.set(prefix + relaxed(`properties.${key}`), key)
  }
  return deployments.flatMap((deployment) =>
    deployment.environment
      .filter((entry) => names.has(relaxed(entry.name)))
      .map((entry) => {
        const key = names.get(relaxed(entry.name)) as string
        const declared: DeclaredSetting = {
          key,
          value: entry.value,
          location: entry.location,
          environment: { variable: entry.name },
        }
        return {
          declared,
          value: entry.value,
          origin: { kind: 'environment', variable: entry.name, location: entry.location, from: entry.location } as const,
          inferred: true,
        }
      }),
  )
}
