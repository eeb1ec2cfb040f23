// Asks every real library of every version that can be had (minutes, from PyPI, Maven, npm and Go's modules) whether the profiles are right, and writes
// the tables of docs/profiles.md. Ends with 1 where one disagrees.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = `${root}docs/profiles.md`
const run = (script, ...args) =>
  spawnSync(process.execPath, [`${root}test/profiles/${script}`, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 27,
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const runs = {
  python: run('check.mjs', '--all', '--write'),
  jvm: run('jvm/check.mjs'),
  js: run('js/check.mjs'),
  go: run('go/check.mjs'),
}
for (const section of ['jvm', 'js', 'go']) {
  const { stdout, status } = runs[section]
  if (status !== 0) continue
  const text = readFileSync(page, 'utf8')
  const pattern = new RegExp(`<!-- ${section} -->[\\s\\S]*<!-- /${section} -->`)
  writeFileSync(
    page,
    text.replace(pattern, () => `<!-- ${section} -->\n\n${stdout.trim()}\n\n<!-- /${section} -->`),
  )
}
for (const [section, { status }] of Object.entries(runs))
  console.log(`${section}: ${status === 0 ? 'the profiles agree with the libraries' : 'disagreements, or a tool is missing'}`)
if (Object.values(runs).some(({ status }) => status !== 0)) process.exitCode = 1
