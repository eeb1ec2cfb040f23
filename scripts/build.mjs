// Bundles src into dist: one entry for the command line, one for the programmatic API, a chunk for each part that is loaded on demand.
// With --types also writes the declarations of the API, as the package ships them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'esbuild'

const { outputFiles } = await build({
  entryPoints: { cli: 'src/cli/main.ts', audit: 'src/audit.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  // jsonc-parser's UMD build loads its parts in a way no bundler sees
  mainFields: ['module', 'main'],
  target: 'node20.19',
  external: ['kafkajs'],
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
  // CommonJS packages in the bundle ask for `require` of Node's own modules
  banner: { js: "import{createRequire as semcheckRequire}from'node:module';const require=semcheckRequire(import.meta.url);" },
  logLevel: 'warning',
  // a build that fails leaves the last one in place
  write: false,
})
rmSync('dist', { recursive: true, force: true })
for (const { path, contents } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}

if (process.argv.includes('--types')) {
  const { status } = spawnSync('npx', ['tsc', '-p', 'scripts/types.json'], { stdio: 'inherit' })
  process.exitCode = status ?? 1
}
