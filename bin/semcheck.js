#!/usr/bin/env node
import { main } from '../dist/cli.js'

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
