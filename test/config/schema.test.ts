import Ajv from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { configJsonSchema } from '../../src/config/schema.ts'

const validate = new Ajv.default({ allErrors: true }).compile(
  configJsonSchema({ rules: ['auto-commit'], libraries: ['kafka-python'] }) as object,
)

test('the published JSON Schema takes what is valid', () => {
  expect(
    validate(
      parse(
        'exclude: [a]\nrules: {auto-commit: off}\nassume: {kafka-python: "2.0"}\nintents: [{match: {group: g}, downtime: 3d}]',
      ),
    ),
  ).toBe(true)
  expect(validate({})).toBe(true)
})

test.each([
  ['rules: {auto-comit: off}'],
  ['rules: {auto-commit: warn}'],
  ['exclud: [a]'],
  ['intents: [{match: {group: g}, downtime: soon}]'],
  ['intents: [{semantics: exactly-once}]'],
])('and refuses %s', (text) => {
  expect(validate(parse(text))).toBe(false)
})
