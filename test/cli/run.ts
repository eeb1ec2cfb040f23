import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process, in `cwd`, as if without a terminal. */
export async function run(cwd: string, argv: readonly string[], rest: Partial<Io> = {}): Promise<Ran> {
  let out = ''
  let err = ''
  const code = await main(argv, {
    stdout: (text) => {
      out += text
    },
    stderr: (text) => {
      err += text
    },
    isTTY: false,
    showsProgress: false,
    clock: () => performance.now(),
    columns: undefined,
    env: {},
    cwd,
    now: new Date('2026-11-23T12:00:00Z'),
    ...rest,
  })
  return { code, out, err }
}

const made: string[] = []
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder with these files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'semcheck-cli-'))
  made.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
