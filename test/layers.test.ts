import { describe, expect, it } from 'vitest'
import { findCycle, type Import, importsOf, packagesLoadedBy, readModules, textOf } from './layers/imports.ts'

const LAYERS: Readonly<Record<string, number>> = {
  text: 0,
  formats: 1,
  model: 2,
  knowledge: 3,
  resolve: 4,
  semantics: 5,
  rule: 6,
  config: 7,
  input: 7,
  cluster: 7,
  store: 7,
  engine: 8,
  output: 9,
}
const RULES_MAY_IMPORT = ['model', 'knowledge', 'resolve', 'semantics', 'rule']

const MODULES = readModules()

/** `src/rule/across.ts` → rule; `src/audit.ts` → audit.ts; `rules/weak-acks.ts` → rules. */
function placeOf(path: string): string {
  const [top, second] = path.split('/') as [string, string]
  return top === 'rules' ? 'rules' : second
}

function mayImport(from: string, to: string): boolean {
  const [here, there] = [placeOf(from), placeOf(to)]
  if (here === 'rules') return RULES_MAY_IMPORT.includes(there) || (there === 'rules' && from === 'rules/index.ts')
  if (here === 'cli') return true
  // the composition root takes the rules as its default; the engine is handed them
  if (here === 'audit.ts') return there !== 'cli'
  if (here === there) return true
  const [mine, other] = [LAYERS[here], LAYERS[there]]
  return mine !== undefined && other !== undefined && other < mine
}

const edges = [...MODULES].flatMap(([path, imports]) => imports.map((i) => ({ path, ...i })))
const internal = edges.filter((e) => e.relative && !e.target.endsWith('.json'))

function importersOf(wanted: (target: string) => boolean): string[] {
  return [...new Set(edges.filter((e) => !e.relative && wanted(e.target)).map((e) => e.path))].sort()
}

describe('layers', () => {
  it('knows every folder', () => {
    for (const path of MODULES.keys()) expect(['rules', 'cli', 'audit.ts', ...Object.keys(LAYERS)]).toContain(placeOf(path))
    expect(MODULES.size).toBeGreaterThan(100)
  })

  it('imports only from the own folder or a lower layer', () => {
    expect(internal.filter((e) => !mayImport(e.path, e.target)).map((e) => `${e.path} imports ${e.target}`)).toEqual([])
  })

  it('imports files that exist, by their full name', () => {
    expect(
      internal
        .filter((e) => !MODULES.has(e.target) && !e.target.endsWith('.json'))
        .map((e) => `${e.path} imports ${e.specifier}`),
    ).toEqual([])
  })

  it('has no cycle, type imports included', () => {
    expect(findCycle(MODULES)).toBeUndefined()
  })

  it('has neither barrels nor drawers', () => {
    expect(
      [...MODULES.keys()].filter((path) => /(^src\/.*\/index\.ts$)|\/utils?(\/|\.ts$)|\/helpers?(\/|\.ts$)/.test(path)),
    ).toEqual([])
  })
})

describe('what only one place may do', () => {
  const inside =
    (...folders: string[]) =>
    (path: string) =>
      !folders.some((folder) => path.startsWith(folder))

  it.each([
    ['commander', ['src/cli/']],
    ['chalk', ['src/text/style.ts']],
    ['cli-table3', ['src/output/']],
    ['kafkajs', ['src/cluster/']],
    ['redis', ['src/store/']],
    ['yaml', ['src/formats/', 'src/config/']],
    ['zod', ['src/config/', 'src/cluster/snapshot.ts']],
    ['jsonc-parser', ['src/formats/']],
    ['toml-eslint-parser', ['src/formats/']],
    ['@lezer/python', ['src/input/source/python/']],
    ['@lezer/java', ['src/input/source/java/']],
    ['@babel/parser', ['src/input/source/javascript/']],
  ])('%s is imported only in %j', (name, folders) => {
    expect(importersOf((target) => target === name).filter(inside(...folders))).toEqual([])
  })

  it('opens sockets only towards a cluster or a store', () => {
    expect(
      importersOf((t) => /^node:(net|tls|dgram|http|https|http2|dns)$/.test(t)).filter(inside('src/cluster/', 'src/store/')),
    ).toEqual([])
  })

  it('starts no process anywhere', () => {
    expect(importersOf((t) => /^node:(child_process|cluster|worker_threads|vm)$/.test(t))).toEqual([])
  })

  it('reads files only where input is', () => {
    expect(
      importersOf((t) => /^node:fs/.test(t)).filter(inside('src/input/', 'src/config/', 'src/cluster/', 'src/cli/')),
    ).toEqual([])
  })

  it('touches the process and its streams only in the command line', () => {
    const users = [...MODULES.keys()].filter((path) => /\bprocess\.|\bconsole\./.test(withoutText(textOf(path))))
    expect(users.filter(inside('src/cli/'))).toEqual([])
  })

  it('never ends the process by force', () => {
    expect([...MODULES.keys()].filter((path) => /\bprocess\.exit\(/.test(withoutText(textOf(path))))).toEqual([])
  })

  it('reads the clock only where the user does not give it', () => {
    const users = [...MODULES.keys()].filter((path) => /\bDate\.now\(|new Date\(\)/.test(withoutText(textOf(path))))
    expect(users.filter(inside('src/audit.ts', 'src/cli/'))).toEqual([])
  })
})

describe('what is loaded at once', () => {
  const HEAVY = [
    'commander',
    'yaml',
    'zod',
    'chalk',
    'cli-table3',
    'toml-eslint-parser',
    'jsonc-parser',
    '@lezer/common',
    '@lezer/lr',
    '@lezer/python',
    '@lezer/java',
    '@babel/parser',
    'kafkajs',
  ]

  it.each(['src/cli/main.ts', 'src/audit.ts'])('%s loads no heavy package', (entry) => {
    expect(MODULES.has(entry)).toBe(true)
    expect([...packagesLoadedBy(entry, MODULES)].filter((name) => HEAVY.includes(name))).toEqual([])
  })
})

describe('the reading of imports', () => {
  const read = (text: string) => importsOf('src/a/b.ts', text).map(({ target, type, dynamic }) => [target, type, dynamic])

  it('sees every form', () => {
    const text = `import type { A } from './types.ts'
import {
  one,
  type Two,
} from '../c/d.ts'
import './effect.ts'
export { x } from './again.ts'
export type { Y } from '@scope/pkg/deep'
const lazy = await import('../lazy.ts')
`
    expect(read(text)).toEqual([
      ['src/a/types.ts', true, false],
      ['src/c/d.ts', false, false],
      ['src/a/effect.ts', false, false],
      ['src/a/again.ts', false, false],
      ['@scope/pkg', true, false],
      ['src/lazy.ts', false, true],
    ])
  })

  it('finds a cycle and what it consists of', () => {
    const to = (target: string): readonly Import[] => [{ target, relative: true, type: true, dynamic: false, specifier: target }]
    expect(
      findCycle(
        new Map([
          ['a', to('b')],
          ['b', to('c')],
          ['c', to('b')],
        ]),
      ),
    ).toEqual(['b', 'c', 'b'])
    expect(
      findCycle(
        new Map([
          ['a', to('b')],
          ['b', []],
        ]),
      ),
    ).toBeUndefined()
  })
})

/** Code without comments and string literals, so that words in prose count for nothing. */
function withoutText(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g, "''")
}
