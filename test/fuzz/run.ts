import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import { beginningsOf, changed, type Input, type Seed } from './inputs.ts'

/** What a run is told on its command line, as JSON. */
interface Orders {
  readonly folders: readonly string[]
  readonly seed: number
  /** Stop after so many changed inputs, or so many milliseconds. */
  readonly inputs?: number
  readonly milliseconds?: number
  /** Beginnings of files up to this size come first. */
  readonly beginnings: number
  /** The one changed input to look at again. */
  readonly only?: number
}

const READ = /\.(?:py|[cm]?[jt]sx?|ya?ml|json|toml|properties|env|ini)$/
const LARGEST = 60_000

function seedsIn(folder: string): readonly Seed[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && READ.test(entry.name) && !/package(?:-lock)?\.json$/.test(entry.name))
    .map((entry) => ({ path: entry.name, text: readFileSync(join(entry.parentPath, entry.name), 'utf8') }))
    .filter(({ text }) => text.length > 0 && text.length <= LARGEST && /kafka|redis/i.test(text))
}

const orders = JSON.parse(process.argv[2] ?? '{}') as Orders
const seeds = orders.folders.flatMap(seedsIn)
let done = 0
let failed = 0

let told = performance.now()

async function look(input: Input, label: string): Promise<void> {
  // whoever watches hears of it now and then: what is sent goes out between two inputs only
  if (performance.now() - told > 200) {
    process.send?.({ label, how: input.how, path: input.path })
    await new Promise(setImmediate)
    told = performance.now()
  }
  try {
    await check(input)
  } catch (error) {
    failed++
    const kept = join(tmpdir(), `semcheck-fuzz-${label.replace(/\W+/g, '-')}-${input.path}`)
    writeFileSync(kept, input.text)
    console.log(
      `${label} (${input.path}, ${input.how}): ${(error as Error).stack?.split('\n').slice(0, 4).join(' ') ?? error}\n  kept as ${kept}`,
    )
  }
  done++
}

const until = orders.milliseconds === undefined ? Number.POSITIVE_INFINITY : performance.now() + orders.milliseconds
if (orders.only !== undefined) await look(changed(seeds, orders.seed, orders.only), `${orders.seed}:${orders.only}`)
else {
  for (const seed of seeds.filter(({ text }) => text.length <= orders.beginnings))
    for (const input of beginningsOf(seed)) await look(input, input.how)
  for (let n = 0; n < (orders.inputs ?? Number.POSITIVE_INFINITY) && performance.now() < until; n++)
    await look(changed(seeds, orders.seed, n), `${orders.seed}:${n}`)
}
console.log(`${done} inputs from ${seeds.length} files, seed ${orders.seed}: ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
