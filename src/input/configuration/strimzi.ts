import type { Node } from '../../formats/syntax.ts'
import type { DeclaredClient } from '../../model/client.ts'
import { connector, roleOf, workersOf } from './connect.ts'
import { NOTHING, type Recognised } from './declare.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { at, entryOf, isMapping, itemsOf, textOf } from './tree.ts'

/** Strimzi's custom resources that run Connect clients: KafkaConnect, KafkaConnector and KafkaMirrorMaker2. */
export function recogniseStrimzi(document: ConfigDocument): Recognised {
  if (document.format !== 'yaml' && document.format !== 'json') return NOTHING
  return { clients: document.roots.flatMap((root) => clientsOf(document, root)), deployments: [] }
}

function clientsOf(document: ConfigDocument, root: Node): readonly DeclaredClient[] {
  if (!textOf(at(root, 'apiVersion'))?.startsWith('kafka.strimzi.io/')) return []
  switch (textOf(at(root, 'kind'))) {
    case 'KafkaConnect':
      return connectCluster(document, root)
    case 'KafkaConnector':
      return connectorResource(document, root)
    case 'KafkaMirrorMaker2':
      return mirrors(document, root)
    default:
      return []
  }
}

function connectCluster(document: ConfigDocument, root: Node): readonly DeclaredClient[] {
  const name = entryOf(at(root, 'metadata'), 'name')
  const config = at(root, 'spec', 'config')
  const where = name ?? entryOf(root, 'kind')
  if (!where) return []
  const servers = entryOf(at(root, 'spec'), 'bootstrapServers')
  const entries = isMapping(config) ? config.entries : []
  return workersOf(
    document,
    servers ? [{ ...servers, key: 'bootstrap.servers' }, ...entries] : entries,
    `KafkaConnect.${textOf(name?.value) ?? 'unnamed'}.`,
    locationOf(document, where.span),
  )
}

function connectorResource(document: ConfigDocument, root: Node): readonly DeclaredClient[] {
  const named = entryOf(at(root, 'metadata'), 'name')
  const of = entryOf(at(root, 'spec'), 'class')
  const role = of && roleOf(textOf(of.value))
  if (!of || !role) return []
  const config = at(root, 'spec', 'config')
  const entries = isMapping(config) ? config.entries : []
  return [connector(document, { role, name: textOf(named?.value), named, location: locationOf(document, of.span), entries })]
}

/** A mirror's source connector produces to the target cluster; its own consumer has no setting here that it would not override. */
function mirrors(document: ConfigDocument, root: Node): readonly DeclaredClient[] {
  const named = entryOf(at(root, 'metadata'), 'name')
  return itemsOf(at(root, 'spec', 'mirrors')).flatMap((mirror, i) => {
    const source = entryOf(mirror, 'sourceConnector')
    if (!source) return []
    const config = at(source.value, 'config')
    const entries = isMapping(config) ? config.entries : []
    const name = `${textOf(named?.value) ?? 'mirror'}.${i}`
    const location = locationOf(document, source.keySpan)
    return [connector(document, { role: 'producer', name, named, location, entries })]
  })
}
