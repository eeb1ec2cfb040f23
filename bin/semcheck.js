#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import { main } from '../dist/cli.js'

// an audit is over before most of what V8 optimises has paid for itself: it optimises only what stays hot. The flag has another name in
// each line of V8, and from 13 on nothing is gained.
const patience = { 11: '--interrupt-budget=600000', 12: '--invocation-count-for-turbofan=20000' }[
  Number.parseInt(process.versions.v8, 10)
]
if (patience) setFlagsFromString(patience)

// a reader that closes the pipe early (`| head`) is no error of ours
process.stdout.on('error', quietWhenClosed)
process.stderr.on('error', quietWhenClosed)

process.exitCode = await main(process.argv.slice(2), {
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  isTTY: process.stdout.isTTY === true,
  columns: process.stdout.columns,
  showsProgress: process.stderr.isTTY === true,
  env: process.env,
  cwd: process.cwd(),
  now: new Date(),
  clock: () => performance.now(),
})

function quietWhenClosed(error) {
  if (error.code !== 'EPIPE') throw error
}
