#!/usr/bin/env node
// Times semcheck beside ripgrep, an empty Node process and the ast-grep CLI, alternating within one run, and prints medians and ratios.
//
//   npm run bench -- [--runs N] [--memory] TREE…
//
// Wall and CPU (user + system, children included) are taken by bash's `time`. ripgrep (`rg`) and ast-grep are looked up on the PATH
// (AST_GREP names another one); without them their columns stay empty.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = dirname(fileURLToPath(import.meta.url))
const { values, positionals } = parseArgs({ options: { runs: { type: 'string', default: '11' } }, allowPositionals: true })
const runs = Number(values.runs)
const semcheck = join(here, '..', 'bin', 'semcheck.js')
const trees = positionals.length > 0 ? positionals : [join(here, '..', 'examples')]
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`
const has = (command) => spawnSync('bash', ['-c', `command -v ${quote(command)}`]).status === 0
const astGrep = process.env.AST_GREP ?? 'ast-grep'

/** Wall and CPU seconds of one run of a shell command. */
function time(command) {
  const run = spawnSync('bash', ['-c', `TIMEFORMAT='%3R %3U %3S'; time { ${command} >/dev/null 2>&1; } ; true`], {
    encoding: 'utf8',
  })
  const [wall, user, system] = run.stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return { wall, cpu: user + system }
}

/** Peak resident set of one audit, in MiB, as the process itself reports it at its end. */
function peak(tree) {
  const hook = 'data:text/javascript,process.on("exit",()=>console.error("PEAK "+process.resourceUsage().maxRSS))'
  const run = spawnSync(process.execPath, ['--import', hook, semcheck, 'audit', tree, '-f', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  })
  return Number(/PEAK (\d+)/.exec(run.stderr)?.[1] ?? Number.NaN) / 1024
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

function measure(commands) {
  const taken = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (const command of Object.values(commands)) time(command) // warm the page cache
  for (let i = 0; i < runs; i++) for (const [name, command] of Object.entries(commands)) taken[name].push(time(command))
  return Object.fromEntries(
    Object.entries(taken).map(([name, all]) => [
      name,
      { wall: median(all.map((t) => t.wall)), cpu: median(all.map((t) => t.cpu)) },
    ]),
  )
}

const number = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '-')
const row = (cells) => console.log(`| ${cells.join(' | ')} |`)

const node = `${quote(process.execPath)} -e 0`
const start = measure({ node, version: `${quote(process.execPath)} ${quote(semcheck)} --version` })
console.log(`Medians of ${runs} alternated runs.\n`)
row(['start-up', 'wall s', 'CPU s'])
row(['---', '---', '---'])
row(['node -e 0', number(start.node.wall, 3), number(start.node.cpu, 3)])
row(['semcheck --version', number(start.version.wall, 3), number(start.version.cpu, 3)])
row(['ratio', number(start.version.wall / start.node.wall), number(start.version.cpu / start.node.cpu)])
console.log('')
row([
  'tree',
  'semcheck wall',
  'CPU',
  'peak MiB',
  'rg -l kafka wall',
  'CPU',
  'wall ÷ (rg + node)',
  'ast-grep wall',
  'CPU',
  'semcheck ÷ ast-grep wall',
  'CPU',
])
row(Array(11).fill('---'))
for (const tree of trees) {
  const commands = { node, semcheck: `${quote(process.execPath)} ${quote(semcheck)} audit ${quote(tree)} -f json` }
  if (has('rg')) commands.rg = `rg -l kafka ${quote(tree)}`
  if (has(astGrep))
    commands.astGrep = `${quote(astGrep)} scan -r ${quote(join(here, 'ast-grep.yml'))} --json=stream ${quote(tree)}`
  const m = measure(commands)
  const floor = (m.rg?.wall ?? Number.NaN) + m.node.wall
  row([
    tree.split('/').slice(-1)[0],
    number(m.semcheck.wall),
    number(m.semcheck.cpu),
    number(peak(tree), 0),
    number(m.rg?.wall),
    number(m.rg?.cpu),
    number(m.semcheck.wall / floor),
    number(m.astGrep?.wall),
    number(m.astGrep?.cpu),
    number(m.semcheck.wall / m.astGrep?.wall),
    number(m.semcheck.cpu / m.astGrep?.cpu),
  ])
}
