import { expect, test } from 'vitest'
import { stringifyVisibly, visible } from '../../src/text/control.ts'

test('escape sequences, C1 and bidirectional characters are shown, not sent', () => {
  expect(visible('a\x1b[31mred\x1b]8;;http://x\x07')).toBe('a\\x1b[31mred\\x1b]8;;http://x\\x07')
  expect(visible('\x9b31m')).toBe('\\x9b31m')
  expect(visible('user\u202egnp.exe\u2069')).toBe('user\\u202egnp.exe\\u2069')
  expect(visible('one\r\ntwo\tthree\u0000')).toBe('one\\r\\ntwo\\tthree\\x00')
})

test('ordinary text of any script stays as it is', () => {
  const text = 'Zürich – 東京 – Кафка – 🙂'
  expect(visible(text)).toBe(text)
})

test('JSON holds the same value and no raw control character', () => {
  const value = { name: 'a\u202eb\u009bc\u007fd\u2028e\x1bf' }
  const json = stringifyVisibly(value)
  expect(JSON.parse(json)).toEqual(value)
  expect(json).toBe('{"name":"a\\u202eb\\u009bc\\u007fd\\u2028e\\u001bf"}')
})
