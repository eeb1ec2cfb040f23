import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_CONFIG } from '../../src/config/config.ts'
import { findConfig, loadConfig } from '../../src/config/load.ts'

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'semcheck-config-'))
})
afterEach(() => rmSync(top, { recursive: true }))

const known = async () => ({ rules: ['auto-commit'], libraries: ['kafka-python'] })
const shown = (path: string) => path.slice(top.length + 1)

test('the nearest file counts, and the top of a repository ends the search', () => {
  mkdirSync(join(top, 'repo/.git'), { recursive: true })
  mkdirSync(join(top, 'repo/services/orders'), { recursive: true })
  writeFileSync(join(top, 'semcheck.yaml'), '')
  expect(findConfig(join(top, 'repo/services/orders'))).toBeUndefined()
  writeFileSync(join(top, 'repo/semcheck.yaml'), '')
  expect(findConfig(join(top, 'repo/services/orders'))).toBe(join(top, 'repo/semcheck.yaml'))
  writeFileSync(join(top, 'repo/services/semcheck.yaml'), '')
  expect(findConfig(join(top, 'repo/services/orders'))).toBe(join(top, 'repo/services/semcheck.yaml'))
  expect(findConfig(join(top, 'repo'))).toBe(join(top, 'repo/semcheck.yaml'))
})

test('without a file the defaults hold and nothing is loaded', async () => {
  const never = () => Promise.reject(new Error('not wanted'))
  expect(await loadConfig(undefined, shown, never)).toEqual({ config: DEFAULT_CONFIG })
})

test('a file that is missing or is a folder is told by name', async () => {
  await expect(loadConfig(join(top, 'no.yaml'), shown, known)).rejects.toThrow('no.yaml: there is no such file')
  mkdirSync(join(top, 'folder.yaml'))
  await expect(loadConfig(join(top, 'folder.yaml'), shown, known)).rejects.toThrow('folder.yaml: it cannot be read (EISDIR)')
})

test('patterns are relative to the folder of the file', async () => {
  writeFileSync(join(top, 'semcheck.yaml'), 'rules: {auto-commit: off}\n')
  const loaded = await loadConfig(join(top, 'semcheck.yaml'), shown, known)
  expect(loaded).toEqual({ config: { ...DEFAULT_CONFIG, rules: { 'auto-commit': 'off' } }, folder: top })
})
