import { describe, expect, it } from 'vitest'
import { errorName, isRetriable } from '../../../src/cluster/wire/errors.ts'
import { KAFKA_ERRORS } from './frames.ts'

describe('error codes', () => {
  it('are those of Kafka', () => {
    expect(KAFKA_ERRORS.length).toBeGreaterThan(130)
    expect(KAFKA_ERRORS.map(({ code }) => ({ code, name: errorName(code), retriable: isRetriable(code) }))).toEqual(KAFKA_ERRORS)
  })

  it('may be newer than this table', () => {
    expect([errorName(9999), isRetriable(9999)]).toEqual(['error 9999', false])
  })
})
