import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv, { type ValidateFunction } from 'ajv'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import { IGNORE_RULES, type RuleText } from '../../src/engine/ignore-rules.ts'
import { concise } from '../../src/output/concise.ts'
import { github } from '../../src/output/github.ts'
import { json } from '../../src/output/json.ts'
import { REPORT_SCHEMA } from '../../src/output/report-schema.ts'
import { sarif } from '../../src/output/sarif.ts'
import { documentOf, factsOf, finding, placeOf, reportOf, ruleSaying } from '../engine/shop.ts'
import { FACTS, RULES, rendering, shopReport } from './rendering.ts'

function errorsOf(validate: ValidateFunction, value: unknown): unknown[] {
  return validate(value) ? [] : (validate.errors ?? [])
}

test('concise is one line for each finding', () => {
  const report = shopReport()
  expect(concise(report, rendering(report, FACTS))).toBe(
    `orders/worker.py:6:16: error[auto-commit] \`enable_auto_commit\` is not set, and kafka-python 2.0.2 defaults to true
deploy/producer.properties:2:1: warning[weak-acks] \`acks\` is 1: 100%, \\x1b[2Jsure
`,
  )
})

describe('json', () => {
  const validate = new Ajv2020.default({ strict: true, allErrors: true, allowUnionTypes: true }).compile(REPORT_SCHEMA)

  test('is valid against the published schema', () => {
    expect(errorsOf(validate, JSON.parse(json(shopReport())))).toEqual([])
    expect(errorsOf(validate, JSON.parse(json(reportOf(factsOf([]), []))))).toEqual([])
  })

  test('the schema is closed', () => {
    const report = JSON.parse(json(shopReport()))
    expect(errorsOf(validate, { ...report, takenAt: 'now' })).not.toEqual([])
    const [client] = report.clients
    expect(errorsOf(validate, { ...report, clients: [{ ...client, secret: 1 }] })).not.toEqual([])
    expect(errorsOf(validate, { ...report, findings: [{ ...report.findings[0], severity: 'fatal' }] })).not.toEqual([])
  })

  test('holds no secret and no raw control character', () => {
    const text = json(shopReport())
    expect(text).not.toContain('hunter2')
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })
})

describe('sarif', () => {
  const schema = JSON.parse(readFileSync(officialSchema(), 'utf8'))
  // the schema is of draft 4, of which it uses nothing that draft 7 reads otherwise but `id`
  const { id: _, $schema: __, ...draft7 } = schema
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  const validate = ajv.compile(draft7)

  const logOf = async (report = shopReport(), rules: readonly RuleText[] = [...RULES, ...IGNORE_RULES]): Promise<Log> =>
    JSON.parse(await sarif(report, rendering(report, FACTS, { rules: async () => rules })))

  test('is valid against the official schema', async () => {
    expect(errorsOf(validate, await logOf())).toEqual([])
    expect(errorsOf(validate, { ...(await logOf()), version: '2.0.0' })).not.toEqual([])
  })

  test('a result says what, where, how sure, and how it stays the same', async () => {
    const [result] = (await logOf()).runs[0]?.results ?? []
    expect(result).toMatchObject({
      ruleId: 'auto-commit',
      ruleIndex: 0,
      level: 'error',
      partialFingerprints: { 'semcheck/v1': shopReport().findings[0]?.fingerprint },
      properties: { confidence: 'high' },
    })
    expect(result?.locations?.[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'orders/worker.py' },
      region: { startLine: 6, startColumn: 16, endLine: 11, endColumn: 6 },
    })
    expect(result?.relatedLocations?.[0]?.message?.text).toBe('group billing')
    const steps = result?.codeFlows?.[0]?.threadFlows[0]?.locations.map((step) => step.location?.message?.text)
    expect(steps).toEqual(['poll() returns m0 m1', 'the handler of m0 raises', 'close() commits 2'])
  })

  test('snippets are masked', async () => {
    const [result] = (await logOf()).runs[0]?.results ?? []
    const snippet = result?.locations?.[0]?.physicalLocation?.region?.snippet?.text
    expect(snippet).toContain('sasl_plain_password=‹redacted›,')
    expect(JSON.stringify(await logOf())).not.toContain('hunter2')
  })

  test('rules carry their help, ignored findings their reason, URIs are relative and encoded', async () => {
    const document = documentOf('my app/ä.properties', 'acks=1 # semcheck-ignore weak-acks -- metrics\n')
    const facts = factsOf([document])
    const rule = ruleSaying('weak-acks', finding(placeOf(document, 'acks=1')))
    const report = reportOf(facts, [rule])
    const log: Log = JSON.parse(
      await sarif(report, rendering(report, facts, { rules: async () => [rule], fromHere: (path) => `../shop/${path}` })),
    )
    expect(errorsOf(validate, log)).toEqual([])
    expect(log.runs[0]?.tool.driver.rules?.[0]).toMatchObject({
      id: 'weak-acks',
      defaultConfiguration: { level: 'error' },
      help: { markdown: expect.stringContaining('**Fix:** fix of weak-acks') },
    })
    expect(log.runs[0]?.results?.[0]?.suppressions).toEqual([{ kind: 'inSource', justification: 'metrics' }])
    expect(log.runs[0]?.results?.[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(
      '../shop/my%20app/%C3%A4.properties',
    )
  })

  test('severity info is a note, and what was left out is told', async () => {
    const run = (await logOf()).runs[0]
    expect(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ level, message }) => [level, message.text])).toEqual([
      ['warning', 'a tab stands where spaces are wanted'],
      ['note', 'not evaluated for producer: true for kafka-python 1.4, not for 2.2, and the project does not say which'],
    ])
    const facts = factsOf([])
    const report = reportOf(facts, [ruleSaying('one', finding(null, { severity: 'info' }))])
    expect((await logOf(report)).runs[0]?.results?.[0]?.level).toBe('note')
  })

  function officialSchema(): string {
    // the official schema as it ships with the matchers of its authors
    const require = createRequire(import.meta.url)
    return require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  }
})

describe('github', () => {
  test('commands with their place, escaped; places of several lines carry no columns', () => {
    const report = shopReport()
    expect(github(report, rendering(report, FACTS)).split('\n')).toEqual([
      '::error file=orders/worker.py,line=6,endLine=11,title=semcheck auto-commit::`enable_auto_commit` is not set, and kafka-python 2.0.2 defaults to true%0Awhy: the offset is committed inside the next poll, so a message whose handler failed before close() is committed all the same and never comes back%0Afix: set enable_auto_commit=False and commit after the work',
      '::warning file=deploy/producer.properties,line=2,endLine=2,col=1,endColumn=7,title=semcheck weak-acks::`acks` is 1: 100%25, \\x1b[2Jsure%0Awhy: only the leader confirms%0Afix: set acks=all',
      '',
    ])
  })

  test('a file name cannot forge a property or a command', () => {
    const document = documentOf('a,line=9::error ::x%0A.properties', 'acks=1\n')
    const facts = factsOf([document])
    const report = reportOf(facts, [ruleSaying('one', finding(placeOf(document, 'acks=1')))])
    expect(github(report, rendering(report, facts))).toMatch(
      /^::error file=a%2Cline=9%3A%3Aerror %3A%3Ax%250A\.properties,line=1,/,
    )
  })

  test('what GitHub will not show beside the code is counted', () => {
    const document = documentOf('a', 'acks=1\n')
    const facts = factsOf([document])
    const at = placeOf(document, 'acks=1')
    const many = Array.from({ length: 13 }, () => finding(at))
    const report = reportOf(facts, [ruleSaying('one', ...many, finding(at, { severity: 'info' }))])
    const lines = github(report, rendering(report, facts)).trimEnd().split('\n')
    expect(lines).toHaveLength(15)
    expect(lines.at(-1)).toBe('semcheck: GitHub shows 10 annotations of each type for a step; only in this log: 3 errors')
  })
})
