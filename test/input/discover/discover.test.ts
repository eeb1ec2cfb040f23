import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { discover } from '../../../src/input/discover/discover.ts'
import { temporaryTree } from './temporary.ts'

const CLIENT = 'from kafka import KafkaConsumer\n'
const SETTINGS = 'bootstrap.servers=a\n'

function run(root: string, options: { paths?: string[]; exclude?: string[]; includeTests?: boolean } = {}) {
  const { paths = ['.'], exclude = [], includeTests = false } = options
  return discover({ root, paths: paths.map((path) => join(root, path)), exclude, includeTests })
}

function found(files: Record<string, string | Buffer>, options?: Parameters<typeof run>[1]) {
  return run(temporaryTree(files), options).files
}

describe('what is read', () => {
  test('files whose name and bytes may matter, sorted, with what they promise', () => {
    const root = temporaryTree({
      'src/b.py': CLIENT,
      'src/a.py': 'publish(KAFKA_TOPIC)',
      'src/other.py': 'print(1)',
      'client.properties': SETTINGS,
      'README.md': 'kafka',
      'logo.png': 'kafka',
      'package.json': '{"dependencies": {"kafkajs": "2"}}',
      'requirements.txt': 'kafka-python',
    })
    const { source, files } = run(root)
    expect(files).toEqual(['client.properties', 'src/a.py', 'src/b.py'])
    expect(source.files.map(({ path, kind, interest, text }) => ({ path, kind, interest, text }))).toEqual([
      { path: 'client.properties', kind: 'properties', interest: 'read', text: SETTINGS },
      { path: 'src/a.py', kind: 'python', interest: 'pool', text: 'publish(KAFKA_TOPIC)' },
      { path: 'src/b.py', kind: 'python', interest: 'read', text: CLIENT },
    ])
  })

  test('a compose file that does not name Kafka matters where there is a client', () => {
    const compose = { 'compose.yaml': 'services: {}' }
    expect(run(temporaryTree(compose)).source.files.map(({ interest }) => interest)).toEqual(['pool'])
    expect(run(temporaryTree({ ...compose, 'z.py': CLIENT })).source.files.map(({ interest }) => interest)).toEqual([
      'read',
      'read',
    ])
  })

  test('a script without an extension is known by its first line', () => {
    expect(found({ 'bin/consume': `#!/usr/bin/env python3\n${CLIENT}`, 'bin/other': CLIENT })).toEqual(['bin/consume'])
  })

  test('variables that only show what to set are nobody’s', () => {
    expect(found({ '.env': 'KAFKA=1', '.env.local': 'KAFKA=1', 'dev.env': 'KAFKA=1', '.env.example': 'KAFKA=1' })).toEqual([
      '.env',
      '.env.local',
      'dev.env',
    ])
  })
})

describe('what is left out', () => {
  test.each([
    '.git/hooks',
    'node_modules/x',
    'app/.venv/lib',
    'env/lib/python3.12/site-packages/kafka',
    'usr/lib/python3/dist-packages',
    'a/__pycache__',
    '.tox/py312',
    'vendor/x',
    'x.egg-info',
    '.github/workflows',
    'tests',
    'src/test/resources',
    'src/integrationTest/resources',
    'app/__tests__',
    'integration_tests',
    'docs/examples',
  ])('%s', (folder) => {
    expect(found({ [`${folder}/a.py`]: CLIENT, [`${folder}/b.properties`]: SETTINGS, 'c.py': CLIENT })).toEqual(['c.py'])
  })

  test.each([
    ['maven', { 'pom.xml': '', 'target/classes/application.yml': 'spring.kafka.x: 1' }],
    ['maven without its pom', { 'target/classes/application.yml': 'spring.kafka.x: 1' }],
    ['gradle', { 'build.gradle.kts': '', 'build/resources/main/application.yml': 'spring.kafka.x: 1' }],
    ['setuptools', { 'setup.py': '', 'build/lib/app/a.py': CLIENT }],
    ['a Java editor', { 'build.gradle': '', 'bin/com/x/application.yml': 'spring.kafka.x: 1' }],
    ['a bundler', { 'package.json': '', 'dist/config.json': '{"bootstrap.servers": "a"}' }],
    ['a virtual environment of any name', { 'myenv/pyvenv.cfg': '', 'myenv/lib/a.py': CLIENT }],
    ['a cache that says so', { 'x/CACHEDIR.TAG': '', 'x/a.py': CLIENT }],
  ])('output of %s', (_, files) => {
    expect(found({ ...files, 'c.py': CLIENT })).toEqual(['c.py'])
  })

  test.each([
    'build/a.py',
    'build/package/docker-compose.kafka.yml',
    'src/main/java/com/x/target/application.properties',
    'src/main/resources/vendor/application.properties',
    'app/adapters/out/messaging/a.py',
    'env/production.env',
    'examples/a.py',
    'samples/a.py',
    'bin/a.py',
    'latest/a.py',
    'contest.py',
  ])('but not %s', (path) => {
    expect(found({ [path]: path.endsWith('.py') ? CLIENT : 'kafka.x=1\n' })).toEqual([path])
  })

  test('test files by name, unless asked for', () => {
    const files = {
      'test_a.py': CLIENT,
      'a_test.py': CLIENT,
      'conftest.py': CLIENT,
      'a.test.json': '{"bootstrap.servers": 1}',
      'b.py': CLIENT,
    }
    expect(found(files)).toEqual(['b.py'])
    expect(found(files, { includeTests: true })).toHaveLength(5)
  })
})

describe('what the user names', () => {
  test('is read whatever excludes it', () => {
    const root = temporaryTree({
      '.gitignore': 'secret/\n*.properties\n',
      'secret/a.py': CLIENT,
      'secret/node_modules/x/b.py': CLIENT,
      'node_modules/lib/c.py': CLIENT,
      'd.properties': 'nothing=1\n',
      'tests/unit/test_e.py': CLIENT,
    })
    expect(run(root).files).toEqual([])
    expect(run(root, { paths: ['secret'] }).files).toEqual(['secret/a.py'])
    expect(run(root, { paths: ['node_modules/lib'] }).files).toEqual(['node_modules/lib/c.py'])
    expect(run(root, { paths: ['d.properties'] }).files).toEqual(['d.properties'])
    expect(run(root, { paths: ['tests'] }).files).toEqual(['tests/unit/test_e.py'])
    expect(run(join(root, 'tests')).files).toEqual(['unit/test_e.py'])
    expect(run(root, { paths: ['tests/unit/test_e.py'] }).files).toEqual(['tests/unit/test_e.py'])
  })

  test('is read once, however often it is named', () => {
    const files = { 'src/a.py': CLIENT, 'src/tests/b.py': CLIENT }
    expect(found(files, { paths: ['.', 'src', 'src/a.py', 'src/tests'] })).toEqual(['src/a.py', 'src/tests/b.py'])
  })

  test('and cannot be read is told', () => {
    const root = temporaryTree({ 'a.docx': 'x' })
    const { skipped } = run(root, { paths: ['a.docx', 'missing.py', '../elsewhere'] })
    expect(skipped.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['unreadable', expect.stringContaining('outside')],
      ['unreadable', 'not a kind of file that is read'],
      ['unreadable', 'the file cannot be read: no such file or folder (ENOENT)'],
    ])
    expect(skipped.every(({ hint }) => hint !== undefined)).toBe(true)
  })
})

describe('ignore files', () => {
  test('at every level, negated and in .semcheckignore', () => {
    expect(
      found({
        '.gitignore': 'generated_*\n/top.py\n*.ini\n!keep.ini\n',
        'sub/.gitignore': '!generated_a.py\n',
        'sub/.semcheckignore': 'legacy/\n',
        'generated_a.py': CLIENT,
        'sub/generated_a.py': CLIENT,
        'sub/generated_b.py': CLIENT,
        'sub/legacy/a.py': CLIENT,
        'legacy/a.py': CLIENT,
        'top.py': CLIENT,
        'sub/top.py': CLIENT,
        'drop.ini': 'kafka=1',
        'keep.ini': 'kafka=1',
      }),
    ).toEqual(['keep.ini', 'legacy/a.py', 'sub/generated_a.py', 'sub/top.py'])
  })

  test('above the root, up to the top of the repository', () => {
    const root = temporaryTree({
      '.gitignore': '/a.py\n',
      'repo/.git/HEAD': '',
      'repo/.gitignore': '/app/local\n*.ini\n',
      'repo/app/local/a.py': CLIENT,
      'repo/app/a.py': CLIENT,
      'repo/app/x.ini': 'kafka=1',
    })
    expect(run(join(root, 'repo/app')).files).toEqual(['a.py'])
  })

  test('and the configured globs', () => {
    const files = { 'legacy/a.py': CLIENT, 'b.py': CLIENT, 'deploy/x.yml': 'kafka.acks: 1' }
    expect(found(files, { exclude: ['legacy/', 'deploy/*.yml'] })).toEqual(['b.py'])
  })
})

describe('what cannot be read', () => {
  test('a huge file is told when it matters or is named, and costs little', () => {
    const root = temporaryTree({ 'big.properties': SETTINGS, 'data.json': '[', 'big.py': 'x = 1\n' })
    for (const name of ['big.properties', 'data.json', 'big.py']) truncateSync(join(root, name), 100 * 1024 * 1024)
    const started = performance.now()
    expect(run(root).skipped).toEqual([expect.objectContaining({ path: 'big.properties', kind: 'too-large' })])
    expect(run(root, { paths: ['big.py'] }).skipped).toEqual([expect.objectContaining({ path: 'big.py', kind: 'too-large' })])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test('NUL bytes, other encodings, byte order marks', () => {
    const root = temporaryTree({
      'binary.properties': Buffer.from('bootstrap.servers=a\0'),
      'bom.py': Buffer.from(`\uFEFF${CLIENT}`),
      'wide.py': Buffer.from(`\uFEFF${CLIENT}`, 'utf16le'),
      'wide-be.py': Buffer.from(`\uFEFF${CLIENT}`, 'utf16le').swap16(),
      'latin.yml': Buffer.from('kafka:\n  name: M\xfcller\n', 'latin1'),
      'latin.properties': Buffer.from('kafka.name=M\xfcller\n', 'latin1'),
      'declared.py': Buffer.from(`# -*- coding: latin-1 -*-\n${CLIENT}# M\xfcller\n`, 'latin1'),
      'empty.py': '',
    })
    const { source, skipped } = run(root)
    const texts = Object.fromEntries(source.files.map(({ path, text }) => [path, text]))
    expect(texts).toEqual({
      'bom.py': CLIENT,
      'wide.py': CLIENT,
      'wide-be.py': CLIENT,
      'latin.yml': 'kafka:\n  name: Müller\n',
      'latin.properties': 'kafka.name=Müller\n',
      'declared.py': `# -*- coding: latin-1 -*-\n${CLIENT}# Müller\n`,
    })
    expect(skipped.map(({ path, kind }) => [path, kind])).toEqual([
      ['binary.properties', 'binary'],
      ['latin.yml', 'encoding'],
    ])
  })

  test('symbolic links: files once, loops told, what leads outside left alone', () => {
    const root = temporaryTree({
      'inside/shared/settings.ini.txt': 'kafka=1',
      'inside/app/a.py': CLIENT,
      'outside/b.py': CLIENT,
      'outside/folder/c.py': CLIENT,
    })
    const inside = join(root, 'inside')
    symlinkSync('../app/a.py', join(inside, 'shared/copy.py'))
    symlinkSync('settings.ini.txt', join(inside, 'shared/a.ini'))
    symlinkSync('settings.ini.txt', join(inside, 'shared/b.ini'))
    symlinkSync('../../outside/b.py', join(inside, 'app/b.py'))
    symlinkSync('../../outside/folder', join(inside, 'app/folder'))
    symlinkSync('..', join(inside, 'app/up'))
    symlinkSync('self.py', join(inside, 'self.py'))
    symlinkSync('nowhere', join(inside, 'dangling.py'))
    const { files, skipped, source } = run(inside)
    expect(files).toEqual(['app/a.py', 'shared/a.ini'])
    expect(skipped.map(({ path, kind }) => [path, kind])).toEqual([
      ['app/up', 'symlink-loop'],
      ['self.py', 'symlink-loop'],
    ])
    expect(source.open('app/folder/c.py')).toBeUndefined()
    expect(source.open('app/b.py')).toBeUndefined()
    expect(source.exists('app/up/app/a.py')).toBe(true)
  })

  test('a pipe is neither waited for nor read', () => {
    const root = temporaryTree({ 'a.py': CLIENT })
    execFileSync('mkfifo', [join(root, 'kafka.yml')])
    expect(run(root).files).toEqual(['a.py'])
    expect(run(root, { paths: ['kafka.yml'] }).skipped).toEqual([expect.objectContaining({ kind: 'unreadable' })])
  })

  test.skipIf(process.getuid?.() === 0)('denied files and folders', () => {
    const root = temporaryTree({ 'a.py': CLIENT, 'closed/b.py': CLIENT })
    chmodSync(join(root, 'a.py'), 0)
    chmodSync(join(root, 'closed'), 0)
    const { skipped } = run(root)
    chmodSync(join(root, 'closed'), 0o755)
    expect(skipped.map(({ path, kind }) => [path, kind])).toEqual([
      ['a.py', 'unreadable'],
      ['closed', 'unreadable'],
    ])
  })

  test('nesting without end', () => {
    const root = temporaryTree({ 'a.py': CLIENT })
    mkdirSync(join(root, 'd/'.repeat(300)), { recursive: true })
    writeFileSync(join(root, 'd/'.repeat(300), 'deep.py'), CLIENT)
    const { files, skipped } = run(root)
    expect(files).toEqual(['a.py'])
    expect(skipped).toEqual([expect.objectContaining({ kind: 'too-deep' })])
  })
})

describe('files opened on demand', () => {
  const files = {
    'app/main.py': CLIENT,
    'app/settings.py': 'GROUP = "a"',
    'node_modules/x/a.py': 'x = 1',
    '.gitignore': 'local.py\nhidden/\n',
    'app/local.py': 'x = 1',
    'hidden/a.py': 'x = 1',
    'deploy/vars': 'A=1',
    'requirements.txt': 'kafka-python',
  }

  test('inside the root, and not excluded', () => {
    const { source } = run(temporaryTree(files), { paths: ['app'] })
    expect(source.open('app/settings.py')).toEqual({
      path: 'app/settings.py',
      kind: 'python',
      text: 'GROUP = "a"',
      interest: 'pool',
    })
    expect(source.open('app/../app/./settings.py')).toBe(source.open('app/settings.py'))
    expect(source.open('app/main.py')).toBe(source.files[0])
    expect(source.open('deploy/vars')).toMatchObject({ text: 'A=1', kind: 'env' })
    for (const path of [
      'app/missing.py',
      'node_modules/x/a.py',
      'app/local.py',
      'hidden/a.py',
      '../x.py',
      '/etc/passwd',
      'app',
      '',
      '.',
    ]) {
      expect(source.open(path), path).toBeUndefined()
      expect(source.exists(path), path).toBe(false)
    }
    expect(source.exists('requirements.txt')).toBe(true)
    expect(['app', 'deploy', '', '.', './app/'].map((path) => source.isFolder(path))).toEqual([true, true, true, true, true])
    expect(['app/main.py', 'node_modules', 'hidden', '..', 'nowhere/x'].map((path) => source.isFolder(path))).toEqual(
      Array(5).fill(false),
    )
  })

  test('beside a named file, although their folder is excluded', () => {
    const { source } = run(temporaryTree(files), { paths: ['node_modules/x/a.py'] })
    expect(source.exists('node_modules/x/a.py')).toBe(true)
    expect(source.open('hidden/a.py')).toBeUndefined()
    const named = run(temporaryTree({ ...files, 'hidden/b.py': 'x = 1' }), { paths: ['hidden/b.py'] })
    expect(named.source.open('hidden/a.py')?.text).toBe('x = 1')
  })

  test('what then cannot be read is told', () => {
    const root = temporaryTree({ 'a.py': CLIENT, 'huge.py': '', 'bin.py': Buffer.from([120, 0]) })
    truncateSync(join(root, 'huge.py'), 3 * 1024 * 1024)
    const { source, skipped } = run(root)
    expect([source.open('huge.py'), source.open('bin.py')]).toEqual([undefined, undefined])
    expect(skipped.map(({ kind }) => kind)).toEqual(['too-large', 'binary'])
  })

  test('manifests are listed by folder', () => {
    const { source } = run(temporaryTree(files), { paths: ['app'] })
    expect(source.filesIn?.('')).toEqual(['.gitignore', 'requirements.txt'])
    expect(source.filesIn?.('node_modules/x')).toEqual([])
    expect(source.filesIn?.('nowhere')).toEqual([])
    expect(source.foldersIn?.('')).toContain('app')
    expect(source.foldersIn?.('node_modules')).toEqual([])
    expect(source.open('requirements.txt')).toMatchObject({ kind: 'manifest', text: 'kafka-python' })
  })
})

test('the same tree gives the same answer', () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${(i * 7) % 40}/m${i}.py`, CLIENT]))
  const root = temporaryTree(files)
  expect(run(root).files).toEqual(run(root).files)
  expect(run(root).files).toEqual([...run(root).files].sort())
})
