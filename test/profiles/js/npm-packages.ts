import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs one version of a package into a folder of its own, without running its scripts; returns the package's folder. */
export function fetchPackage(cache: string, name: string, version: string): string {
  const prefix = join(cache, `${name.replace(/^@/, '').replace('/', '-')}-${version}`)
  const folder = join(prefix, 'node_modules', name)
  if (existsSync(join(folder, 'package.json'))) return folder
  mkdirSync(prefix, { recursive: true })
  writeFileSync(join(prefix, 'package.json'), '{ "private": true }\n')
  const options = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent', '--prefix', prefix, `${name}@${version}`]
  execFileSync('npm', options, { stdio: 'ignore', shell: process.platform === 'win32' })
  return folder
}

/** Runs a probe on a package and the cases, and returns its answers. */
export function runProbe(cache: string, probe: string, folder: string, cases: readonly unknown[]): readonly Answer[] {
  const input = join(cache, 'cases.json')
  writeFileSync(input, JSON.stringify(cases))
  const output = execFileSync(process.execPath, [probe, folder, input], {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}

export interface Answer {
  readonly effective?: Readonly<Record<string, string | number | boolean | null>>
  readonly properties?: Readonly<Record<string, string>>
  readonly thrown?: string
}
