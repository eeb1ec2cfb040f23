import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { numbers } from '../semantics/random.ts'
import { large, SMALL } from './generate.ts'
import type { Files } from './memory.ts'
import { mutated } from './mutate.ts'
import { seedsIn } from './seeds.ts'
import { openSession } from './session.ts'
import type { Job } from './worker.ts'

/** What is kept of the failing inputs: the first of each kind, and no more kinds than somebody would read. */
const MOST_KEPT = 200

/** `npm run fuzz -- [--minutes N] [--seed S] [FOLDER…]`: changes files at random and reads them, until the time is over. */
export async function fuzzCommand(root: string, argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: String(Date.now() % 1_000_000) } },
  })
  const minutes = Number(values.minutes)
  const seed = Number(values.seed)
  if (!(minutes > 0) || !Number.isInteger(seed)) {
    console.error('usage: npm run fuzz -- [--minutes N] [--seed S] [FOLDER…]')
    return 2
  }
  const own = [SMALL, large(2), ...seedsIn([join(root, 'test/corpus'), join(root, 'examples')])]
  const given = seedsIn(positionals)
  console.log(`seed ${seed}, ${minutes} minutes, ${own.length} projects of its own and ${given.length} from the folders given`)

  const next = numbers(seed)
  const session = await openSession(root)
  const until = performance.now() + minutes * 60_000
  const kept = new Map<string, number>()
  const folder = mkdtempSync(join(tmpdir(), 'semcheck-fuzz-found-'))
  let inputs = 0
  let slowest = { ms: 0, input: 0, name: '' }
  for (; performance.now() < until; inputs++) {
    const job = jobFrom(next, next() < 0.5 && given.length > 0 ? given : own, given.length > 0 && next() < 0.3 ? given : own)
    const start = performance.now()
    const problem = await session.examine(job)
    const ms = performance.now() - start
    if (ms > slowest.ms) {
      slowest = { ms, input: inputs, name: Object.keys(filesOf(job)).join(', ') }
      if (ms > 2000) keep(join(folder, `slow-${Math.round(ms)}`), job, `${Math.round(ms)} ms`)
    }
    if (problem === undefined) continue
    const kind = problem.split('\n').slice(0, 2).join(' ').replace(/\d+/g, 'N')
    if (!kept.has(kind) && kept.size < MOST_KEPT) {
      const place = join(folder, String(kept.size + 1))
      keep(place, job, `seed ${seed}, input ${inputs}\n${problem}\n`)
      console.log(`${place}: ${problem.split('\n').slice(0, 2).join(' ')}`)
    }
    kept.set(kind, (kept.get(kind) ?? 0) + 1)
  }
  await session.close()
  const found = [...kept.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${inputs} inputs, ${found} with a problem, of ${kept.size} kinds${found > 0 ? `: ${folder}` : ''}`)
  console.log(`slowest: ${Math.round(slowest.ms)} ms, input ${slowest.input} (${slowest.name})`)
  return found > 0 ? 1 : 0
}

/** A project with one or two files changed, or one file of it by itself. */
function jobFrom(next: () => number, projects: readonly Files[], lenders: readonly Files[]): Job {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T
  const files = pick(projects)
  const others = Object.values(pick(lenders))
  const paths = Object.keys(files)
  const path = pick(paths)
  const text = mutated(files[path] as string, next, others)
  if (next() < 0.2) return { kind: 'file', path, text }
  const second = pick(paths)
  const more = next() < 0.2 && second !== path ? { [second]: mutated(files[second] as string, next, others) } : {}
  return { kind: 'project', files: { ...files, [path]: text, ...more } }
}

function filesOf(job: Job): Files {
  return job.kind === 'project' ? job.files : { [job.path]: job.text }
}

function keep(place: string, job: Job, said: string): void {
  for (const [path, text] of Object.entries(filesOf(job))) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    writeFileSync(join(place, path), text)
  }
  // JSON keeps what a file in UTF-8 cannot hold, such as half a character
  writeFileSync(join(place, 'input.json'), JSON.stringify(job))
  writeFileSync(join(place, 'problem.txt'), said)
}
