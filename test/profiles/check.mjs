// Compares the profiles of the Python clients with the real libraries from PyPI, and prints the table of docs/profiles.md:
//   node test/profiles/check.mjs [--all] [--write] [library[@version]…]
// Without arguments only what the ordinary test run checks; --write puts the table into docs/profiles.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const cache = join(here, '..', '..', '.cache', 'profiles')
mkdirSync(cache, { recursive: true })

// the comparison is TypeScript, like the profiles that it reads; Node 20 runs it once it is bundled
const bundle = join(cache, 'check.bundle.mjs')
await build({
  stdin: {
    contents: "export * from './python/run.ts'; export * from './python/libraries.ts'",
    resolveDir: here,
  },
  outfile: bundle,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
})
const { ALL, QUICK, check, tableOf } = await import(pathToFileURL(bundle).href)

const wanted = process.argv.slice(2).filter((a) => !a.startsWith('--'))
const versions = (process.argv.includes('--all') || wanted.length > 0 ? ALL : QUICK).filter(
  (v) => wanted.length === 0 || wanted.some((w) => w === v.library || w === `${v.library}@${v.version}`),
)
const results = []
for (const version of versions) {
  process.stderr.write(`${version.library} ${version.version}\n`)
  results.push(...(await check(version, cache, join(here, 'python', 'probe.py'))))
}
for (const r of results) for (const d of r.disagreements ?? []) console.error(`${r.library} ${r.version}: ${d}`)
const table = tableOf(results)
if (process.argv.includes('--write')) {
  const page = join(here, '..', '..', 'docs', 'profiles.md')
  const [before, after] = readFileSync(page, 'utf8').split(/(?<=<!-- python -->\n)[\s\S]*?(?=<!-- \/python -->)/)
  writeFileSync(page, `${before}\n${table}\n${after}`)
} else process.stdout.write(table)
process.exitCode = results.some((r) => r.disagreements?.length > 0) ? 1 : 0
