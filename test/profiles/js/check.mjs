// Holds the profiles of the JavaScript clients against the real packages, installed by npm without their scripts, and prints the table of
// docs/profiles.md:
//   node test/profiles/js/check.mjs [kafkajs|@confluentinc/kafka-javascript] [version …]
// Packages stay in .cache/profiles/js.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const probes = dirname(fileURLToPath(import.meta.url))
const cache = join(probes, '../../../.cache/profiles/js')
mkdirSync(cache, { recursive: true })
const bundle = join(cache, 'check-js.mjs')
await build({ entryPoints: [join(probes, 'check.ts')], bundle: true, platform: 'node', format: 'esm', outfile: bundle })
const check = await import(pathToFileURL(bundle).href)

const [library, ...versions] = process.argv.slice(2)
const rows = check.runChecks(cache, probes, library, versions)
console.log(check.tableOf(rows))
for (const { library: name, version, disagreements } of rows)
  for (const disagreement of disagreements) console.error(`${name} ${version}: ${disagreement}`)
if (rows.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1
