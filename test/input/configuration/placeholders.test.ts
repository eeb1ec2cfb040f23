// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholders under test
import { describe, expect, test } from 'vitest'
import { substitute } from '../../../src/input/configuration/placeholders.ts'
import { known } from '../../../src/model/value.ts'

describe('substitute', () => {
  test('leaves plain text, dollars and unclosed braces alone', () => {
    for (const text of ['', 'earliest', 'a$b', '${', '${open', '$', '{x}'])
      expect(substitute(text, 'spring')).toEqual({ value: known(text) })
  })

  test('nested defaults: the outer variable decides first, and the inner has its own default', () => {
    expect(substitute('${A:${B:x}}', 'spring')).toEqual({ value: known('x'), environment: { variable: 'A' } })
  })

  test.each([
    ['${GROUP:-orders}', 'orders'],
    ['${GROUP-orders}', 'orders'],
    ['${GROUP:orders}', 'orders'],
  ])("property files take the shell's defaults and colons: %s", (text, fallback) => {
    expect(substitute(text, 'kafka')).toEqual({
      value: known(fallback),
      environment: { variable: 'GROUP', fallback: known(fallback) },
    })
  })

  test("Kafka's config providers: the environment is read, files and secrets are not", () => {
    expect(substitute('${env:GROUP}', 'kafka')).toMatchObject({ value: { kind: 'unknown' }, environment: { variable: 'GROUP' } })
    expect(substitute('${file:/etc/secrets:password}', 'kafka')).toEqual({
      value: { kind: 'unknown', reason: 'file:/etc/secrets:password is not a value of this file' },
    })
  })

  test('what refers to itself, doubles at every step or never closes ends', () => {
    const doubling = (name: string) => `\${x${Number(name.slice(1)) + 1}}`.repeat(50)
    for (const lookup of [doubling, (name: string) => `\${${name}}`])
      expect(substitute('${x0}', 'spring', lookup).value).toMatchObject({ kind: 'unknown' })
    const open = '${a'.repeat(300_000)
    expect(substitute(open, 'spring').value).toEqual(known(open))
  })

  test('a demanded variable has no default', () => {
    expect(substitute('${GROUP:?set it}', 'compose').environment).toEqual({ variable: 'GROUP' })
  })

  test('compose: braces or none, escaped dollars, defaults within text', () => {
    const lookup = (name: string) => ({ A: '1' })[name]
    expect(substitute('$A-${A}-$$A', 'compose', lookup).value).toEqual(known('1-1-$A'))
    expect(substitute('x-${B:-2}', 'compose', lookup).value).toEqual(known('x-2'))
    expect(substitute('x-${B}', 'compose', lookup).value.kind).toBe('unknown')
  })

  test('a random or process source anywhere makes the whole anew', () => {
    expect(substitute('${random.uuid}', 'spring').value).toMatchObject({ kind: 'generated', by: 'random' })
    expect(substitute('app-${PID}', 'spring').value).toEqual({ kind: 'generated', by: 'process', text: 'app-${PID}' })
    expect(substitute('${random.uuid}', 'kafka').value.kind).toBe('unknown')
  })

  test.each(['HOSTNAME', 'POD_NAME', 'MY_POD_NAME', 'HOST_NAME'])('%s differs between instances', (name) => {
    expect(substitute(`\${${name}}`, 'spring').value).toMatchObject({ kind: 'generated', by: 'host' })
  })

  test.each(['KAFKA_HOSTNAME', 'BROKER_HOST_NAME', 'DB_HOSTNAME'])('%s is another machine', (name) => {
    expect(substitute(`\${${name}}`, 'spring').environment?.variable).toBe(name)
  })
})
