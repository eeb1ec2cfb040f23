// Holds the profiles of the Go clients against the real modules, fetched by Go, and prints the table of docs/profiles.md:
//   node test/profiles/go/check.mjs [sarama|franz-go] [version …]
// Needs Go. The programs stay in .cache/profiles/go.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const probes = dirname(fileURLToPath(import.meta.url))
const cache = join(probes, '../../../.cache/profiles/go')
mkdirSync(cache, { recursive: true })
const bundle = join(cache, 'check-go.mjs')
await build({ entryPoints: [join(probes, 'check.ts')], bundle: true, platform: 'node', format: 'esm', outfile: bundle })
const check = await import(pathToFileURL(bundle).href)

const [library, ...versions] = process.argv.slice(2)
const rows = check.runChecks(cache, probes, library, versions)
console.log(check.tableOf(rows))
for (const { library: name, version, disagreements } of rows)
  for (const disagreement of disagreements) console.error(`${name} ${version}: ${disagreement}`)
if (rows.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1
