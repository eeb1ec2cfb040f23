// Reads files changed at random for as long as is wanted: npm run fuzz -- [--minutes N] [--seed S] [FOLDER…]
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const outfile = `${root}.cache/fuzz/command.mjs`
await build({
  entryPoints: [`${root}test/fuzz/command.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  // it bundles the reading thread
  external: ['esbuild'],
  logLevel: 'warning',
})
const { fuzzCommand } = await import(pathToFileURL(outfile).href)
process.exitCode = await fuzzCommand(root, process.argv.slice(2))
