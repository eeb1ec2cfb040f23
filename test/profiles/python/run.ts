import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { librdkafkaSettings } from '../../../src/knowledge/clients/librdkafka.ts'
import { librdkafkaProperties } from '../../../src/knowledge/clients/librdkafka-properties.ts'
import { CASES } from './cases.ts'
import { type Answer, type Comparison, compare } from './compare.ts'
import type { Installed } from './libraries.ts'

/** A library version that could not be asked, and why. */
export interface NotAsked {
  readonly library: string
  readonly version: string
  readonly reason: string
}

/** Installs a version into the cache folder, once, and compares each of its profiles with what it really does. */
export async function check(installed: Installed, cache: string, probe: string): Promise<readonly (Comparison | NotAsked)[]> {
  const folder = join(cache, installed.library, installed.version)
  const failure = await install(installed, folder, cache)
  if (failure) return [{ library: installed.library, version: installed.version, reason: failure }]
  const compared: (Comparison | NotAsked)[] = []
  for (const library of installed.profiles) {
    const cases = CASES[library] ?? []
    const request = { library, cases, names: { settings: Object.keys(librdkafkaSettings), properties: librdkafkaProperties() } }
    const asked = await run(
      'python3',
      [probe],
      { PYTHONPATH: folder, LD_LIBRARY_PATH: nativeFolder(folder) },
      JSON.stringify(request),
    )
    try {
      compared.push(compare(library, installed.version, JSON.parse(asked.out) as Answer, cases))
    } catch {
      compared.push({
        library,
        version: installed.version,
        reason: lastLine(asked.err) || lastLine(asked.out) || 'the probe says nothing',
      })
    }
  }
  return compared
}

async function install(installed: Installed, folder: string, cache: string): Promise<string | undefined> {
  const done = join(folder, '.installed')
  if (existsSync(done)) return undefined
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const wheels = installed.python
    ? ['--only-binary=:all:', '--python-version', installed.python, ...PLATFORMS.flatMap((p) => ['--platform', p])]
    : []
  const result = await run(await pip(cache), [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-compile',
    '--disable-pip-version-check',
    ...(installed.dependencies ? [] : ['--no-deps']),
    ...wheels,
    '--target',
    folder,
    `${installed.package}==${installed.version}`,
    ...(installed.beside ?? []),
  ])
  if (result.code !== 0) return lastLine(result.err) || `pip ends with ${result.code}`
  writeFileSync(done, '')
  return undefined
}

/** A Python that has pip: this machine's, or one of its own beside the packages. */
async function pip(cache: string): Promise<string> {
  if ((await run('python3', ['-m', 'pip', '--version'])).code === 0) return 'python3'
  const own = join(cache, '.venv')
  if (!existsSync(join(own, 'bin', 'python'))) await run('python3', ['-m', 'venv', own])
  return join(own, 'bin', 'python')
}

const PLATFORMS = ['manylinux2014_x86_64', 'manylinux2010_x86_64', 'manylinux1_x86_64']

/** Where a wheel keeps the shared libraries that its librdkafka needs. */
function nativeFolder(folder: string): string {
  const beside = readdirSync(folder).find((name) => /^confluent_kafka.*\.libs$/.test(name))
  return beside ? join(folder, beside) : join(folder, 'confluent_kafka', '.libs')
}

function run(
  command: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, argv, { env: { ...process.env, ...environment }, timeout: 300_000 })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', (error) => resolve({ code: null, out, err: error.message }))
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}

/** The comparisons as a table in Markdown. */
export function tableOf(results: readonly (Comparison | NotAsked)[]): string {
  const rows = results.map((r) => {
    if ('reason' in r) return `| ${r.library} | ${r.version} | – | not asked: ${r.reason} |`
    const note = r.note ? ` (${r.note})` : ''
    return `| ${r.library} | ${r.version} | ${r.facts} | ${r.disagreements.length || 'none'}${note} |`
  })
  return `${['| library | version | facts compared | disagreements |', '| --- | --- | ---: | --- |', ...rows].join('\n')}\n`
}
