import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Ajv from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../rules/index.ts'
import { TEMPLATE } from '../../src/cli/commands/setup.ts'
import { parseConfig } from '../../src/config/parse.ts'
import { IGNORE_RULES } from '../../src/engine/ignore-rules.ts'
import { PROFILES } from '../../src/knowledge/profiles.ts'
import { folderWith, run } from './run.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const RULE_IDS = [...RULES, ...IGNORE_RULES].map((rule) => rule.id)
const cwd = mkdtempSync(join(tmpdir(), 'semcheck-commands-'))

test('--version and --help answer on standard output', async () => {
  expect(await run(cwd, ['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  expect(await run(cwd, ['-V'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  const help = await run(cwd, ['--help'])
  expect(help.code).toBe(0)
  for (const command of ['audit', 'explain', 'rules', 'clients', 'init', 'schema', 'completion'])
    expect(help.out).toContain(`  ${command} `)
  expect((await run(cwd, ['audit', '--help'])).out).toContain('--fail-on <severity>')
})

describe('explain and rules', () => {
  test('every rule can be explained, in words and as data', async () => {
    for (const rule of RULE_IDS) {
      expect((await run(cwd, ['explain', rule])).out).toMatch(new RegExp(`^${rule}  `))
      expect(JSON.parse((await run(cwd, ['explain', rule, '-f', 'json'])).out).id).toBe(rule)
    }
  })

  test('an unknown rule names the nearest', async () => {
    expect(await run(cwd, ['explain', 'weakacks2'])).toEqual({
      code: 2,
      out: '',
      err: 'semcheck: there is no rule "weakacks2"\n  did you mean "weak-acks"?\n',
    })
    expect((await run(cwd, ['explain'])).code).toBe(2)
  })

  test('the list', async () => {
    const ids = JSON.parse((await run(cwd, ['rules', '-f', 'json'])).out).map((rule: { id: string }) => rule.id)
    expect(ids).toEqual(RULE_IDS)
    expect((await run(cwd, ['rules'])).out.split('\n')).toHaveLength(ids.length + 2)
    expect((await run(cwd, ['rules', '-f', 'markdown'])).out).toContain('| `weak-acks` |')
  })
})

describe('clients', () => {
  test('the list names every library', async () => {
    const { out } = await run(cwd, ['clients'])
    for (const { id } of PROFILES) expect(out).toContain(id)
  })

  test('a profile at a version, each default with its source', async () => {
    const old = await run(cwd, ['clients', 'kafka-python@2.0.2'])
    expect(old.code).toBe(0)
    expect(old.out).toMatch(/^kafka-python 2\.0\.2 {2}pypi:kafka-python\n/)
    expect(old.out).toMatch(/enable_auto_commit +true +\S/)
    expect(old.out).toContain('no   transactions')
    expect((await run(cwd, ['clients', 'kafka-python@2.2.0'])).out).toContain('yes  transactions')
  })

  test('every profile can be printed', async () => {
    for (const { id, newestRead } of PROFILES) {
      const ran = await run(cwd, ['clients', id])
      expect(ran.code, id).toBe(0)
      expect(ran.out).toContain(newestRead)
    }
  })

  test.each([
    ['kafka-pyton', 'there is no library "kafka-pyton"\n  did you mean "kafka-python"?'],
    ['kafka-python@latest', '"latest" is no version'],
    ['kafka-python@', '"" is no version'],
  ])('%s', async (library, message) => {
    const ran = await run(cwd, ['clients', library])
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(message)
  })
})

describe('init', () => {
  test('writes a configuration that changes nothing, and never overwrites', async () => {
    const folder = folderWith({})
    expect(await run(folder, ['init'])).toEqual({ code: 0, out: 'wrote semcheck.yaml\n', err: '' })
    expect(readFileSync(join(folder, 'semcheck.yaml'), 'utf8')).toBe(TEMPLATE)
    expect((await run(folder, [])).code).toBe(0)
    writeFileSync(join(folder, 'semcheck.yaml'), 'mine')
    expect(await run(folder, ['init'])).toMatchObject({ code: 2, out: '' })
    expect(readFileSync(join(folder, 'semcheck.yaml'), 'utf8')).toBe('mine')
  })

  test('what it suggests is valid', () => {
    const suggested = TEMPLATE.replace(/^# (?=\w+:| {2})/gm, '').replace(/^(How|Editors).*$/gm, '#')
    const config = parseConfig(suggested, 'semcheck.yaml', { rules: RULE_IDS, libraries: PROFILES.map(({ id }) => id) })
    expect(config.assume).toEqual({ 'kafka-python': '2.0.2' })
    expect(config.rules).toEqual({ 'offset-reset': 'info' })
    expect(config.intents).toHaveLength(2)
    expect(config.exclude).toEqual(['legacy/'])
  })
})

describe('schema', () => {
  test('the report of an audit is valid against the schema that is published', async () => {
    const folder = folderWith({
      'producer.properties': 'bootstrap.servers=a:9092\nacks=1\n# semcheck-ignore retries-off -- x\nretries=0\nsasl.password=x\n',
      'consumer.properties': 'bootstrap.servers=a:9092\ngroup.id=g\nauto.offset.reset=latest\n',
      'semcheck.yaml': 'intents: [{match: {group: g}, downtime: 3d}]\n',
    })
    const schema = JSON.parse((await run(cwd, ['schema', 'report'])).out)
    const validate = new Ajv.default({ allErrors: true, allowUnionTypes: true }).compile(schema)
    const report = JSON.parse((await run(folder, ['-f', 'json', '--persona', 'auditor'])).out)
    validate(report)
    expect(validate.errors).toBeNull()
    expect(report.clients).toHaveLength(2)
  })

  test('the schema of the configuration names rules and libraries', async () => {
    const { out } = await run(cwd, ['schema', 'config'])
    expect(JSON.parse(out).properties.rules.propertyNames.enum).toEqual(RULE_IDS)
  })

  test('another schema is refused', async () => {
    expect((await run(cwd, ['schema', 'lockfile'])).code).toBe(2)
  })
})

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('%s knows commands, flags and their values', async (shell) => {
    const { code, out } = await run(cwd, ['completion', shell])
    expect(code).toBe(0)
    for (const word of ['audit', 'explain', 'weak-acks', 'kafka-python', 'fail-on', 'never', 'auditor'])
      expect(out).toContain(word)
  })

  test('the bash script completes', async () => {
    const { out } = await run(cwd, ['completion', 'bash'])
    const complete = (...words: string[]) => {
      const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _semcheck; echo "\${COMPREPLY[@]}"`
      return spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd }).stdout.trim().split(' ')
    }
    expect(complete('semcheck', 'expl')).toEqual(['explain'])
    expect(complete('semcheck', 'explain', 'weak')).toEqual(['weak-acks'])
    expect(complete('semcheck', 'audit', '--fail-on', 'w')).toEqual(['warning'])
    expect(complete('semcheck', '--include')).toEqual(['--include-tests'])
    expect(complete('semcheck', 'schema', 'c')).toEqual(['config'])
  })

  test.each(['zsh', 'fish'])('%s accepts its script, where it is installed', async (shell) => {
    const { out } = await run(cwd, ['completion', shell])
    const parsed = spawnSync(shell, ['-n'], { input: out, encoding: 'utf8' })
    if (parsed.error) return
    expect(parsed.stderr).toBe('')
  })
})
