// Holds the profiles of the JVM clients against the real jars, fetched by Maven, and prints the table of docs/profiles.md:
//   node test/profiles/jvm/check.mjs [kafka-clients|spring-boot|kafka-connect] [version …]
// Needs a JDK (17 or later) and Maven. Jars stay in .cache/profiles.
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const sources = dirname(fileURLToPath(import.meta.url))
const cache = join(sources, '../../../.cache/profiles')
mkdirSync(cache, { recursive: true })
const bundle = join(cache, 'check-jvm.mjs')
await build({ entryPoints: [join(sources, 'check.ts')], bundle: true, platform: 'node', format: 'esm', outfile: bundle })
const check = await import(pathToFileURL(bundle).href)

const missing = check.missingTool()
if (missing !== undefined) {
  console.error(`${missing} is not installed`)
  process.exitCode = 1
} else {
  const [library, ...versions] = process.argv.slice(2)
  const rows = check.runChecks(cache, sources, library, versions)
  console.log(check.tableOf(rows))
  for (const { library: name, version, disagreements } of rows)
    for (const disagreement of disagreements) console.error(`${name} ${version}: ${disagreement}`)
  if (rows.some(({ disagreements }) => disagreements.length > 0)) process.exitCode = 1
}
