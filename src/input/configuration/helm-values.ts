import type { Entry, Mapping } from '../../formats/syntax.ts'
import type { Deployment, EnvironmentEntry } from '../../model/deployment.ts'
import { known, unknown } from '../../model/value.ts'
import { NOTHING, type Recognised } from './declare.ts'
import { type ConfigDocument, locationOf, nameOf } from './document.ts'
import { lastOfEachName, mappedEntry, textValue } from './environment.ts'
import type { Surroundings } from './surroundings.ts'
import { at, entryOf, isMapping, itemsOf, plainScalar, textOf } from './tree.ts'

/** The values of a Helm chart: replicas and environment, at the top or below the name of a component. The templates decide what becomes of them. */
export function recogniseHelmValues(document: ConfigDocument, { exists }: Surroundings): Recognised {
  if (document.format !== 'yaml' || !/^values([-._].*)?\.ya?ml$/.test(document.name)) return NOTHING
  if (!exists(document.folder === '' ? 'Chart.yaml' : `${document.folder}/Chart.yaml`)) return NOTHING
  const root = document.roots[0]
  if (!isMapping(root)) return NOTHING
  const chart = nameOf(document.folder) || 'chart'
  const top = deploymentOf(document, chart, root, undefined)
  const components = root.entries.flatMap((entry) =>
    isMapping(entry.value) ? (deploymentOf(document, `${chart}/${entry.key}`, entry.value, entry) ?? []) : [],
  )
  return { clients: [], deployments: [...(top ? [top] : []), ...components] }
}

const ENVIRONMENT = /^(extra)?env(s|iron(ment)?|vars?|variables?|ironment_?variables)?$/i

function deploymentOf(
  document: ConfigDocument,
  name: string,
  values: Mapping,
  section: Entry | undefined,
): Deployment | undefined {
  const count = entryOf(values, 'replicaCount') ?? entryOf(values, 'replicas')
  const environment = values.entries.filter(({ key }) => ENVIRONMENT.test(key)).flatMap((e) => environmentIn(document, e))
  if (!count && environment.length === 0) return undefined
  const number = plainScalar(count?.value)?.value
  const place = section?.keySpan ?? count?.span ?? values.span
  return {
    id: `${document.path}#helm:${name}`,
    kind: 'helm',
    name,
    location: locationOf(document, place),
    ...(count
      ? {
          replicas: {
            value: typeof number === 'number' ? known(number) : unknown('not a literal number'),
            location: locationOf(document, count.span),
          },
        }
      : {}),
    environment: lastOfEachName(environment),
    environmentOpen: true,
  }
}

function environmentIn(document: ConfigDocument, { value }: Entry): readonly EnvironmentEntry[] {
  if (isMapping(value))
    return value.entries.filter((e) => e.value.kind === 'scalar').map((e) => mappedEntry(document, e, () => undefined))
  return itemsOf(value).flatMap((item) => {
    const name = textOf(at(item, 'name'))
    const given = entryOf(item, 'value')
    if (name === undefined) return []
    const location = locationOf(document, given?.span ?? item.span)
    return [{ name, value: given ? textValue(given.value, () => undefined) : unknown('it comes from elsewhere'), location }]
  })
}
