import { numbers } from '../semantics/random.ts'

/** A file to begin with. */
export interface Seed {
  readonly path: string
  readonly text: string
}

/** One input: a file's text, changed. `how` says what was done, for whoever has to look at it. */
export interface Input extends Seed {
  readonly how: string
}

/** Texts that readers trip over: brackets and quotes of all kinds, keywords, odd spaces, halves of characters. */
const ODD = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '`',
  '"""',
  '${',
  '#{',
  '\\',
  '\n',
  '\r',
  '\t',
  ':',
  ',',
  '=',
  '=>',
  '->',
  '*',
  '**',
  '...',
  '@',
  ';',
  '|',
  '&',
  '#',
  '//',
  '/*',
  '*/',
  '--',
  '<',
  '>',
  '%',
  'def ',
  'class ',
  'lambda ',
  'async ',
  'await ',
  'yield ',
  'return ',
  'if ',
  'else:',
  'for ',
  'in ',
  'try:',
  'except ',
  'finally:',
  'import ',
  'from ',
  'function ',
  'const ',
  'export default ',
  'new ',
  'null',
  'None',
  'true',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\ud83d',
  '\u00e9',
  '0x',
  '1e9',
  '🙂',
] as const

/** Every beginning of a text. */
export function* beginningsOf({ path, text }: Seed): Generator<Input> {
  for (let end = 0; end <= text.length; end++) yield { path, text: text.slice(0, end), how: `the first ${end} characters` }
}

/** The n-th change of a seed's choosing: the same for the same numbers. */
export function changed(seeds: readonly Seed[], seed: number, n: number): Input {
  const next = numbers((seed * 1_000_003 + n) >>> 0)
  const whole = (below: number) => Math.floor(next() * below)
  const { path, text } = seeds[whole(seeds.length)] as Seed
  let now = text
  const how: string[] = []
  for (let rounds = 1 + whole(4); rounds > 0; rounds--) {
    const at = whole(now.length + 1)
    const length = 1 + whole(whole(3) === 0 ? 200 : 8)
    switch (whole(6)) {
      case 0:
        now = now.slice(0, at) + now.slice(at + length)
        how.push(`cut ${length} at ${at}`)
        break
      case 1: {
        const odd = ODD[whole(ODD.length)] as string
        now = now.slice(0, at) + odd + now.slice(at)
        how.push(`put ${JSON.stringify(odd)} at ${at}`)
        break
      }
      case 2: {
        const from = whole(now.length + 1)
        now = now.slice(0, at) + now.slice(from, from + length) + now.slice(at)
        how.push(`copied ${length} from ${from} to ${at}`)
        break
      }
      case 3: {
        const odd = (ODD[whole(ODD.length)] as string).repeat(1 + whole(400))
        now = now.slice(0, at) + odd + now.slice(at)
        how.push(`put ${JSON.stringify(odd.slice(0, 8))} over and over at ${at}`)
        break
      }
      case 4: {
        const lines = now.split('\n')
        const [a, b] = [whole(lines.length), whole(lines.length)]
        const held = lines[a] as string
        lines[a] = lines[b] as string
        lines[b] = held
        now = lines.join('\n')
        how.push(`swapped lines ${a + 1} and ${b + 1}`)
        break
      }
      default: {
        const lines = now.split('\n')
        const line = whole(lines.length)
        lines[line] = `${' '.repeat(whole(9))}${(lines[line] as string).trimStart()}`
        now = lines.join('\n')
        how.push(`indented line ${line + 1} otherwise`)
      }
    }
  }
  return { path, text: now, how: how.join(', ') }
}
