import { describe, expect, test } from 'vitest'
import { maskRange, redactorFor } from '../../src/text/redact.ts'

test('a range is masked where it meets a secret, neighbours and overlaps included', () => {
  const text = 'user=a password=hunter2 acks=1'
  const secret = { start: 16, end: 23 }
  expect(maskRange(text, 0, text.length, [secret])).toBe('user=a password=‹redacted› acks=1')
  expect(maskRange(text, 18, 23, [secret])).toBe('‹redacted›')
  expect(maskRange(text, 0, 10, [secret])).toBe('user=a pas')
  expect(maskRange(text, 0, text.length, [secret, { start: 20, end: 26 }])).toBe('user=a password=‹redacted›‹redacted›ks=1')
})

describe('prose', () => {
  test('a long secret is taken out, with or without its quotes', () => {
    const redact = redactorFor(['"correct horse"', 'Tr0ub4dor99'])
    expect(redact('`x` is correct horse, not Tr0ub4dor99x')).toBe('`x` is ‹redacted›, not ‹redacted›x')
  })

  test('a common word as password does not tear keys that hold it', () => {
    const redact = redactorFor(['password', 'kafka'])
    expect(redact('`sasl.plain.password` in kafka-python')).toBe('`sasl.plain.password` in kafka-python')
    expect(redact('its value is "password"')).toBe('its value is "‹redacted›"')
  })

  test('a short secret is taken out of text that is about it', () => {
    expect(redactorFor(['"abc"'], true)('the value abc is refused')).toBe('the value ‹redacted› is refused')
    expect(redactorFor(['"abc"'])('the value abc is refused')).toBe('the value abc is refused')
  })

  test('credentials in URLs and JAAS lines need no list', () => {
    const redact = redactorFor([])
    expect(redact('redis://:s3cret@cache:6379/0 and http://bob:pw@host')).toBe(
      'redis://‹redacted›@cache:6379/0 and http://‹redacted›@host',
    )
    expect(redact('username="a" password="b c";')).toBe('username="a" password="‹redacted›";')
  })

  test('signs of regular expressions in a secret are plain text', () => {
    expect(redactorFor(['a.*(b)+$[c]'])('x a.*(b)+$[c] y')).toBe('x ‹redacted› y')
  })
})
