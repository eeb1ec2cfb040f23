import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, run } from './run.ts'

const WEAK = 'bootstrap.servers=kafka-1:9092\nacks=1\nsasl.password=hunter2-hunter2\n'
const GOOD = 'bootstrap.servers=kafka-1:9092\nacks=all\nenable.idempotence=true\n'

/** Two producers, one of which confirms writes too early. */
const shop = () => folderWith({ 'orders/producer.properties': WEAK, 'billing/producer.properties': GOOD })

const rulesOf = (json: string): string[] => JSON.parse(json).findings.map((finding: { rule: string }) => finding.rule)

describe('exit codes', () => {
  test('1 for findings, whatever the format', async () => {
    const cwd = shop()
    for (const format of ['pretty', 'concise', 'json', 'sarif', 'github'])
      expect((await run(cwd, ['-f', format])).code, format).toBe(1)
  })

  test('0 when there is nothing at or above --fail-on, and in a tree without clients, which is told', async () => {
    expect((await run(shop(), ['audit', 'billing'])).code).toBe(0)
    expect((await run(shop(), ['--fail-on', 'never'])).code).toBe(0)
    const nothing = await run(folderWith({ 'README.txt': 'hello' }), [])
    expect(nothing.code).toBe(0)
    expect(nothing.out).toContain('no Kafka clients found')
  })

  test('2 for a path that does not exist, and a misspelt command is told apart', async () => {
    expect(await run(shop(), ['audit', 'order'])).toEqual({
      code: 2,
      out: '',
      err: 'semcheck: order: there is no such file or folder\n',
    })
    expect((await run(shop(), ['explian', 'weak-acks'])).err).toBe(
      'semcheck: explian: there is no such file or folder\n  did you mean "semcheck explain"?\n',
    )
    expect((await run(shop(), ['orders/producer.properties/x'])).code).toBe(2)
  })

  test.each([
    [['--select', 'weak-ack'], 'there is no rule "weak-ack"\n  did you mean "weak-acks"?'],
    [['--ignore', 'auto-commit,nonsense'], 'there is no rule "nonsense"\n  semcheck rules lists them'],
    [['-f', 'jsn'], 'there is no format "jsn"\n  did you mean "json"?'],
    [['-f', 'junit-xml'], 'there is no format "junit-xml"\n  there are pretty, concise, json, sarif, github'],
    [['--assume', 'kafka-pyton=2.0.2'], 'there is no library "kafka-pyton"\n  did you mean "kafka-python"?'],
    [['--assume', 'kafka-python'], '--assume kafka-python: write it as library=version\n  such as --assume kafka-python=2.0.2'],
    [
      ['-f', 'json', '-f', 'sarif'],
      'only one format can go to standard output, not json and sarif\n  give the others a file: -f sarif=report.sarif',
    ],
    [['-f', 'json='], '--format json=: no file is named after "="'],
    [['--fial-on', 'error'], "unknown option '--fial-on'\n(Did you mean --fail-on?)"],
    [
      ['--fail-on', 'fatal'],
      "option '--fail-on <severity>' argument 'fatal' is invalid. Allowed choices are error, warning, info, never.",
    ],
    [['--config', 'no.yaml'], ''],
  ])('2 for %j', async (argv, message) => {
    const ran = await run(shop(), argv)
    expect(ran.code).toBe(2)
    expect(ran.out).toBe('')
    expect(ran.err).toContain(message)
    expect(ran.err).not.toMatch(/^\s+at /m)
  })

  test('2 for a wrong configuration, each mistake at its place', async () => {
    const cwd = shop()
    writeFileSync(join(cwd, 'semcheck.yaml'), 'rules:\n  weak-ack: off\nexclud: [x]\n')
    const ran = await run(join(cwd, 'orders'), [])
    expect(ran.code).toBe(2)
    expect(ran.err).toBe(
      `../semcheck.yaml:2:3: there is no rule "weak-ack" (did you mean "weak-acks"?)
../semcheck.yaml:3:1: there is no key "exclud" (did you mean "exclude"?)
semcheck: the configuration cannot be used; semcheck schema config prints what it may hold
`,
    )
    expect((await run(cwd, ['--no-config'])).code).toBe(1)
  })

  test('--strict exits 3 for what was read only in part', async () => {
    const cwd = folderWith({
      'producer.properties': GOOD,
      'bad.yaml': 'bootstrap.servers: "a\nauto.offset.reset: latest\n  x: [\n',
    })
    const lax = await run(cwd, ['-f', 'json'])
    expect(JSON.parse(lax.out).skipped.map((one: { path: string }) => one.path)).toEqual(['bad.yaml'])
    expect(lax.code).toBe(0)
    expect((await run(cwd, ['-f', 'json', '--strict'])).code).toBe(3)
  })
})

describe('input', () => {
  test('the root is the common folder of the paths; the terminal shows paths from here, JSON from the root', async () => {
    const cwd = shop()
    const json = JSON.parse((await run(cwd, ['orders', '-f', 'json'])).out)
    expect(json.findings[0].location.path).toBe('producer.properties')
    expect((await run(cwd, ['orders', '-f', 'concise'])).out).toMatch(/^orders\/producer\.properties:2:1: error\[weak-acks\]/)
    const file = JSON.parse((await run(cwd, ['orders/producer.properties', '-f', 'json'])).out)
    expect(file.findings[0].location.path).toBe('producer.properties')
    const both = JSON.parse((await run(cwd, ['orders', 'billing/producer.properties', '-f', 'json'])).out)
    expect(both.findings[0].location.path).toBe('orders/producer.properties')
    expect((await run(join(cwd, 'billing'), ['../orders', '-f', 'concise'])).out).toMatch(
      /^\.\.\/orders\/producer\.properties:2:1/,
    )
  })

  test('--list-files shows what would be read, from here', async () => {
    const cwd = shop()
    expect(await run(cwd, ['--list-files'])).toEqual({
      code: 0,
      out: 'billing/producer.properties\norders/producer.properties\n',
      err: '',
    })
    expect((await run(join(cwd, 'billing'), ['..', '--list-files'])).out).toBe(
      'producer.properties\n../orders/producer.properties\n',
    )
  })

  test('--exclude is relative to here, exclude of the configuration to its folder', async () => {
    const cwd = shop()
    expect((await run(cwd, ['--exclude', 'orders/', '--list-files'])).out).toBe('billing/producer.properties\n')
    expect((await run(cwd, ['orders', '--exclude', 'orders/producer.properties', '--list-files'])).out).toBe('')
    writeFileSync(join(cwd, 'semcheck.yaml'), 'exclude: [orders/producer.properties]\n')
    expect((await run(cwd, ['--list-files'])).out).toBe('billing/producer.properties\n')
    expect((await run(join(cwd, 'orders'), ['--list-files'])).out).toBe('')
    expect((await run(cwd, ['--no-config', '--list-files'])).out.split('\n')).toHaveLength(3)
  })

  test('tests are read on demand', async () => {
    const cwd = folderWith({ 'tests/producer.properties': WEAK })
    expect((await run(cwd, ['--list-files'])).out).toBe('')
    expect((await run(cwd, ['--list-files', '--include-tests'])).out).toBe('tests/producer.properties\n')
  })
})

describe('judgement', () => {
  test('select, ignore and the severities of the configuration', async () => {
    const cwd = shop()
    expect(rulesOf((await run(cwd, ['-f', 'json', '--select', 'weak-acks'])).out)).toEqual(['weak-acks'])
    expect(rulesOf((await run(cwd, ['-f', 'json', '--ignore', 'weak-acks'])).out)).not.toContain('weak-acks')
    writeFileSync(join(cwd, 'semcheck.yaml'), 'rules: {weak-acks: info}\n')
    const ran = await run(cwd, ['-f', 'concise'])
    expect(ran.out).toContain('info[weak-acks]')
    expect(ran.code).toBe(0)
  })

  test('an intent of the configuration reaches the rules, its path rebased to the root', async () => {
    const cwd = shop()
    writeFileSync(join(cwd, 'semcheck.yaml'), 'intents:\n  - match: { path: "orders/**" }\n    semantics: at-most-once\n')
    expect((await run(cwd, ['-f', 'concise', '--select', 'weak-acks'])).out).toBe('')
    expect((await run(join(cwd, 'orders'), ['-f', 'concise', '--select', 'weak-acks'])).out).toBe('')
  })

  test('an assumed version decides, on the command line before the configuration', async () => {
    const cwd = shop()
    writeFileSync(join(cwd, 'semcheck.yaml'), 'assume: {kafka-clients: 2.8.0}\n')
    const versions = async (...argv: string[]) => {
      const { clients } = JSON.parse((await run(cwd, ['-f', 'json', ...argv])).out)
      return clients.flatMap((client: { variants: { title: string }[] }) => client.variants.map((variant) => variant.title))
    }
    expect(await versions()).toContain('kafka-clients 2.8.0 (assumed)')
    const decided = await versions('--assume', 'kafka-clients=3.9.0')
    expect(decided).toContain('kafka-clients 3.9.0 (assumed)')
    expect(decided).not.toContain('kafka-clients 2.8.0 (assumed)')
  })

  test('an ignore comment in the file', async () => {
    const cwd = folderWith({ 'producer.properties': WEAK.replace('acks=1', '# semcheck-ignore weak-acks -- metrics\nacks=1') })
    const ran = await run(cwd, ['--select', 'weak-acks'])
    expect(ran.code).toBe(0)
    expect(ran.out).toContain('not shown: 1 ignored by comment')
  })
})

describe('output', () => {
  test('several formats in one run, the ones with a file beside the one without', async () => {
    const cwd = shop()
    const ran = await run(cwd, ['-f', 'concise', '-f', 'json=report.json', '-f', 'sarif=out=1.sarif', '--color', 'always'])
    expect(ran.out).toContain('\x1b[')
    expect(rulesOf(readFileSync(join(cwd, 'report.json'), 'utf8'))).toContain('weak-acks')
    expect(JSON.parse(readFileSync(join(cwd, 'out=1.sarif'), 'utf8')).version).toBe('2.1.0')
    expect(await run(cwd, ['-f', 'json=report.json'])).toEqual({ code: 1, out: '', err: '' })
  })

  test('a file that cannot be written is an error of usage', async () => {
    const ran = await run(shop(), ['-f', 'json=no/such/folder.json'])
    expect(ran).toMatchObject({ code: 2, err: 'semcheck: no/such/folder.json: cannot be written (ENOENT)\n' })
  })

  test('colour only where it is wanted', async () => {
    const cwd = shop()
    expect((await run(cwd, [])).out).not.toContain('\x1b')
    expect((await run(cwd, [], { isTTY: true })).out).toContain('\x1b[')
    expect((await run(cwd, [], { isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain('\x1b')
    expect((await run(cwd, ['--color', 'never'], { isTTY: true })).out).not.toContain('\x1b')
    expect((await run(cwd, [], { env: { CI: 'true', GITHUB_ACTIONS: 'true' } })).out).not.toContain('\x1b')
  })

  test('no secret in any format, nor in the list of clients', async () => {
    const cwd = shop()
    for (const argv of [['-f', 'json'], ['-f', 'sarif'], ['-f', 'github'], ['-f', 'concise'], ['--clients'], []]) {
      const ran = await run(cwd, argv)
      expect(ran.out + ran.err).not.toContain('hunter2')
    }
  })

  test('a hostile file name and content never reach the terminal raw', async () => {
    const cwd = folderWith({ 'a\u001b[2Jb\u202e.properties': WEAK.replace('acks=1', 'acks=1\nclient.id=\u001b]8;;x\u0007') })
    for (const argv of [[], ['--clients'], ['-f', 'concise'], ['-f', 'github'], ['--list-files']]) {
      const ran = await run(cwd, argv)
      expect(ran.out + ran.err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    }
  })

  test('the same tree gives the same bytes', async () => {
    const cwd = shop()
    for (const format of ['json', 'sarif', 'pretty'])
      expect((await run(cwd, ['-f', format])).out).toBe((await run(cwd, ['-f', format], { now: new Date(0) })).out)
  })

  test('quiet', async () => {
    expect((await run(shop(), ['-q', '--select', 'weak-acks'])).out).toMatch(/^error\[weak-acks\]/)
    expect((await run(shop(), ['billing', '-q', '--select', 'weak-acks'])).out).toBe('')
  })
})

test('a folder that cannot be a root is told', async () => {
  const cwd = shop()
  mkdirSync(join(cwd, 'empty'))
  expect((await run(cwd, ['empty'])).code).toBe(0)
})
