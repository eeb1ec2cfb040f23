import type { Mapping, Node } from '../../formats/syntax.ts'
import type { DeclaredClient, Role } from '../../model/client.ts'
import { declare, NOTHING, type Recognised, settingOf } from './declare.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { loadedBySomeProgram } from './roles.ts'
import { at, entryOf, isMapping } from './tree.ts'

/** kafkajs options kept as data: `clientId` and a list of `brokers` beside a `consumer` with a `groupId`, or a `producer`. */
export function recogniseKafkajs(document: ConfigDocument): Recognised {
  if (document.format !== 'json' && document.format !== 'yaml') return NOTHING
  return { clients: document.roots.flatMap((root) => below(document, root, [])), deployments: [] }
}

const DEEP_ENOUGH = 4

function below(document: ConfigDocument, node: Node, path: readonly string[]): readonly DeclaredClient[] {
  if (!isMapping(node) || path.length > DEEP_ENOUGH) return []
  if (isKafkajs(node)) return clientsOf(document, node, path)
  return node.entries.flatMap((entry) => below(document, entry.value, [...path, entry.key]))
}

function isKafkajs(mapping: Mapping): boolean {
  return (
    at(mapping, 'brokers')?.kind === 'sequence' &&
    at(mapping, 'clientId')?.kind === 'scalar' &&
    (at(mapping, 'consumer', 'groupId')?.kind === 'scalar' || isMapping(at(mapping, 'producer')))
  )
}

function clientsOf(document: ConfigDocument, mapping: Mapping, path: readonly string[]): readonly DeclaredClient[] {
  const brokers = entryOf(mapping, 'brokers')
  const roles: readonly Role[] = ['consumer', 'producer']
  return roles.flatMap((role) => {
    const section = entryOf(mapping, role)
    if (!section || !isMapping(section.value)) return []
    const scope = [...path, role].join('.')
    return [
      declare(document, {
        role,
        libraries: ['kafkajs'],
        scope,
        name: `${scope} in ${document.name}`,
        location: locationOf(document, section.keySpan),
        settings: [
          ...(brokers ? [settingOf(document, brokers, 'kafka')] : []),
          ...section.value.entries
            .filter(({ value }) => value.kind !== 'mapping')
            .map((entry) => settingOf(document, entry, 'kafka')),
        ],
        gaps: [loadedBySomeProgram(document, section, true)],
        confidence: 'medium',
        ...(role === 'consumer' ? { usage: 'subscribes' as const } : {}),
      }),
    ]
  })
}
