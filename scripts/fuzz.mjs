#!/usr/bin/env node
// Reads files that were cut and changed at random, as an audit does: nothing may throw, hang, or name a place that is not there.
//
//   npm run fuzz -- [--minutes 10 | --inputs 1000] [--seed 1] [--beginnings 0] [--only N] [folder…]
//
// The same seed gives the same inputs: `--seed S --only N` looks at one of them again. Without folders the corpus of the tests is read.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

/** A reader that is at one input for longer hangs. */
const LONGEST = 10_000

const root = fileURLToPath(new URL('..', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    inputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    beginnings: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
})
const { outputFiles } = await build({
  entryPoints: [join(root, 'test/fuzz/run.ts')],
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  banner: { js: "import{createRequire as made}from'node:module';const require=made(import.meta.url);" },
})
const folder = mkdtempSync(join(tmpdir(), 'semcheck-fuzz-'))
const script = join(folder, 'run.mjs')
writeFileSync(script, outputFiles[0].contents)
const orders = {
  folders: positionals.length > 0 ? positionals : [join(root, 'test/corpus'), join(root, 'examples')],
  seed: Number(values.seed),
  beginnings: Number(values.beginnings),
  ...(values.minutes ? { milliseconds: Number(values.minutes) * 60_000 } : { inputs: Number(values.inputs ?? 1000) }),
  ...(values.only ? { only: Number(values.only) } : {}),
}
const child = fork(script, [JSON.stringify(orders)], { stdio: 'inherit' })
let last
let since = Date.now()
child.on('message', (input) => {
  last = input
  since = Date.now()
})
const watch = setInterval(() => {
  if (Date.now() - since < LONGEST) return
  console.log(`hangs for ${LONGEST / 1000} s at ${last?.label} (${last?.path}, ${last?.how})`)
  child.kill('SIGKILL')
  process.exitCode = 1
}, 1000)
child.on('exit', (code) => {
  clearInterval(watch)
  rmSync(folder, { recursive: true, force: true })
  process.exitCode ||= code ?? 1
})
