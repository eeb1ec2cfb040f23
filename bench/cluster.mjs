#!/usr/bin/env node
// Times an audit of a cluster with many topics and groups beside a warm Java AdminClient that asks the same. Starts a Kafka of its own.
//
//   npm run bench:cluster -- [--topics 2000] [--groups 1000] [--rounds 5]
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const count = (value) => ({ type: 'string', default: String(value) })
const { values } = parseArgs({ options: { topics: count(2000), groups: count(1000), rounds: count(5) } })
const bundle = await build({
  entryPoints: [fileURLToPath(new URL('cluster.ts', import.meta.url))],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
  banner: { js: "import{createRequire as benchRequire}from'node:module';const require=benchRequire(process.cwd()+'/x.js');" },
})
const { benchCluster } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
)
const size = { topics: Number(values.topics), groups: Number(values.groups), rounds: Number(values.rounds) }
await benchCluster(size, fileURLToPath(new URL('..', import.meta.url)))
