import { NOTHING, type Recognised } from './declare.ts'
import { type ConfigDocument, locationOf } from './document.ts'
import { dotenvEntries } from './environment.ts'
import { isMapping } from './tree.ts'

/** A `.env` file beside the code, which most loaders read unasked. `.env.example` and its like are read by nobody. */
export function recogniseDotenv(document: ConfigDocument): Recognised {
  const root = document.roots[0]
  if (document.format !== 'env' || document.name !== '.env' || !isMapping(root)) return NOTHING
  const first = root.entries[0]
  if (!first) return NOTHING
  return {
    clients: [],
    deployments: [
      {
        id: `${document.path}#dotenv`,
        kind: 'dotenv',
        name: document.path,
        location: locationOf(document, first.keySpan),
        context: document.folder,
        environment: dotenvEntries(document),
        environmentOpen: false,
      },
    ],
  }
}
