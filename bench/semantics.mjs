#!/usr/bin/env node
// Times the crash model on distinct random handlers of 8 to 20 steps, all faults, in this process and cold.
//
//   npm run bench:semantics -- [--handlers 10000] [--seed 1]
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const { values } = parseArgs({
  options: { handlers: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const bundle = await build({
  stdin: {
    contents:
      "export { judge } from './src/semantics/judge.ts'; export { numbers, randomPipeline } from './test/semantics/random.ts'",
    resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    loader: 'ts',
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
})
const { judge, numbers, randomPipeline } = await import(
  `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
)
const next = numbers(Number(values.seed))
const count = Number(values.handlers)
const pipelines = Array.from({ length: count }, () => randomPipeline(next, 8 + Math.floor(next() * 13)))
const from = performance.now()
let bounded = 0
for (const pipeline of pipelines) if (judge(pipeline).bounded) bounded++
const seconds = (performance.now() - from) / 1000
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  `${count} handlers in ${seconds.toFixed(2)} s (CPU ${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s in all), ${bounded} cut at the bounds, peak ${(maxRSS / 1024).toFixed(0)} MiB`,
)
