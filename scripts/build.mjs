// Bundles src into dist: one entry for the command line, one for the programmatic API, a chunk for each part that is loaded on demand.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })
await build({
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
})
