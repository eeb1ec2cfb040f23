#!/usr/bin/env node
// Times the crash model on distinct random handlers of 8 to 20 steps, all faults, cold, on as many threads as are asked for.
//
//   npm run bench:semantics -- [--handlers 10000] [--seed 1] [--threads 2]
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'

const { values } = parseArgs({
  options: {
    handlers: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
  },
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
const source = `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`
const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort, workerData } from 'node:worker_threads'
  const { judge, numbers, randomPipeline } = await import(workerData.source)
  const next = numbers(workerData.seed)
  // every worker makes all of the handlers and judges its share
  const pipelines = Array.from({ length: workerData.count }, () => randomPipeline(next, 8 + Math.floor(next() * 13)))
    .filter((_, i) => i % workerData.threads === workerData.share)
  parentPort.postMessage('ready')
  parentPort.once('message', () => {
    let bounded = 0
    for (const pipeline of pipelines) if (judge(pipeline).bounded) bounded++
    parentPort.postMessage(bounded)
  })`)}`,
)
const count = Number(values.handlers)
const threads = Number(values.threads)
const workers = Array.from(
  { length: threads },
  (_, share) => new Worker(worker, { workerData: { source, count, seed: Number(values.seed), threads, share } }),
)
const answer = (one) => new Promise((resolve, reject) => one.once('message', resolve).once('error', reject))
await Promise.all(workers.map(answer))
const from = performance.now()
const answers = workers.map(answer)
for (const one of workers) one.postMessage('go')
const bounded = (await Promise.all(answers)).reduce((sum, one) => sum + one, 0)
const seconds = (performance.now() - from) / 1000
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  `${count} handlers in ${seconds.toFixed(2)} s on ${threads} threads (CPU ${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s in all), ${bounded} cut at the bounds, peak ${(maxRSS / 1024).toFixed(0)} MiB`,
)
for (const one of workers) await one.terminate()
