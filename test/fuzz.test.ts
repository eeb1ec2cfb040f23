import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { large, SMALL } from './fuzz/generate.ts'
import type { Files } from './fuzz/memory.ts'
import { mutated } from './fuzz/mutate.ts'
import { projectAt } from './fuzz/seeds.ts'
import { openSession, type Session } from './fuzz/session.ts'
import type { Job } from './fuzz/worker.ts'
import { numbers } from './semantics/random.ts'

/**
 * Whatever a file holds, reading it ends, throws nothing and points at places inside it. The inputs are the same in every run; another
 * seed is given by SEMCHECK_FUZZ_SEED, and `npm run fuzz` tries many more.
 */
const SEED = Number(process.env.SEMCHECK_FUZZ_SEED ?? 1)
const ROOT = join(import.meta.dirname, '..')
const LIMIT = 120_000

let session: Session
beforeAll(async () => {
  session = await openSession(ROOT)
})
afterAll(() => session.close())

/** Examines every job; a failure tells the input, so that it can be made a test of its own. */
async function examineAll(jobs: Iterable<Job>): Promise<number> {
  let examined = 0
  for (const job of jobs) {
    const problem = await session.examine(job)
    if (problem !== undefined) expect.fail(`seed ${SEED}, input ${examined}: ${problem}\n${JSON.stringify(job)}`)
    examined++
  }
  return examined
}

const shapes = ['err', 'ok'].flatMap((half) => {
  const folder = join(import.meta.dirname, 'corpus', half, 'python')
  return readdirSync(folder).map((shape) => projectAt(join(folder, shape)))
})

function* prefixes(path: string, text: string): Generator<Job> {
  for (let end = 0; end <= text.length; end++) yield { kind: 'file', path, text: text.slice(0, end) }
}

test('every beginning of a small file of each format', { timeout: LIMIT }, async () => {
  expect(await examineAll(Object.entries(SMALL).flatMap(([path, text]) => [...prefixes(path, text)]))).toBeGreaterThan(1500)
})

test('every beginning of a small Python file of the corpus', { timeout: LIMIT }, async () => {
  const small = shapes
    .flatMap((files) => Object.entries(files))
    .filter(([path, text]) => path.endsWith('.py') && text.length <= 500)
  // a text that stands in several projects is read once
  const texts = new Map(small.map(([path, text]) => [text, path]))
  expect(await examineAll([...texts].flatMap(([text, path]) => [...prefixes(path, text)]))).toBeGreaterThan(5000)
})

test('a small project of a file that ends early', { timeout: LIMIT }, async () => {
  const jobs = Object.entries(SMALL).flatMap(([path, text]) =>
    [...text.matchAll(/\n|(?<=\W)\b/g)].map(({ index }): Job => ({ kind: 'project', files: { [path]: text.slice(0, index) } })),
  )
  expect(await examineAll(jobs)).toBeGreaterThan(250)
})

test('projects of the corpus with a file changed at random', { timeout: LIMIT }, async () => {
  const next = numbers(SEED)
  const others = shapes.flatMap((files) => Object.values(files))
  expect(await examineAll(Array.from({ length: 300 }, () => changedProject(shapes, next, others)))).toBe(300)
})

test('large files cut and changed at random', { timeout: LIMIT }, async () => {
  const next = numbers(SEED + 1)
  const projects = [4, 25].flatMap((parts) =>
    // the reading of programs takes longest
    Object.entries(large(parts)).filter(([path]) => parts === 4 || !path.endsWith('.py')),
  )
  const alone = projects.map(([path, text]) => ({ [path]: text }))
  expect(await examineAll(Array.from({ length: 40 }, () => changedProject(alone, next, Object.values(SMALL))))).toBe(40)
})

test('an input that takes too long is given up, and the next one read', async () => {
  const hasty = await openSession(ROOT, 1)
  const job: Job = { kind: 'project', files: large(25) }
  expect([await hasty.examine(job), await hasty.examine(job)]).toEqual(Array(2).fill('no answer within 1 ms'))
  await hasty.close()
})

function changedProject(projects: readonly Files[], next: () => number, others: readonly string[]): Job {
  const files = projects[Math.floor(next() * projects.length)] as Files
  const paths = Object.keys(files)
  const path = paths[Math.floor(next() * paths.length)] as string
  return { kind: 'project', files: { ...files, [path]: mutated(files[path] as string, next, others) } }
}
