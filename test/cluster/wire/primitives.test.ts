import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Reader } from '../../../src/cluster/wire/reader.ts'
import { Writer } from '../../../src/cluster/wire/writer.ts'

const FORMS = [
  { form: 'classic', flexible: false },
  { form: 'flexible', flexible: true },
]

const int8 = fc.integer({ min: -(2 ** 7), max: 2 ** 7 - 1 })
const int16 = fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 })
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const text = fc.string({ unit: 'grapheme', maxLength: 300 })

describe.each(FORMS)('what is written in the $form form is read', ({ flexible }) => {
  /** Also that nothing is left unread: without its last byte it cannot be read. */
  const comesBack = <T>(value: T, write: (writer: Writer, value: T) => void, read: (reader: Reader) => T) => {
    const writer = new Writer(flexible)
    write(writer, value)
    const bytes = writer.bytes()
    expect(read(new Reader(bytes, flexible))).toStrictEqual(value)
    expect(() => read(new Reader(bytes.subarray(0, -1), flexible))).toThrow(RangeError)
  }

  it.each([
    ['int8', int8],
    ['int16', int16],
    ['int32', int32],
    ['int64', fc.maxSafeInteger()],
    ['unsignedVarint', fc.nat({ max: 2 ** 31 - 1 })],
    ['boolean', fc.boolean()],
    ['string', text],
    ['nullableString', fc.option(text)],
  ] as const)('%s', (type, values) => {
    fc.assert(
      fc.property(values as fc.Arbitrary<never>, (value) =>
        comesBack<unknown>(
          value,
          (writer) => writer[type](value),
          (reader) => reader[type](),
        ),
      ),
    )
  })

  it('arrays of structures', () => {
    const item = { name: fc.option(text), numbers: fc.option(fc.array(int32)), known: fc.boolean() }
    const items = fc.array(fc.record(item, { noNullPrototype: true }))
    fc.assert(
      fc.property(items, (value) =>
        comesBack(
          value,
          (writer) =>
            writer.array(value, ({ name, numbers, known }) =>
              writer
                .nullableString(name)
                .nullableArray(numbers, (one) => writer.int32(one))
                .boolean(known)
                .end(),
            ),
          (reader) =>
            reader.array(() => {
              const name = reader.nullableString()
              const numbers = reader.nullableArray(() => reader.int32())
              const known = reader.boolean()
              reader.end()
              return { name, numbers, known }
            }),
        ),
      ),
    )
  })

  it('structures that may be missing', () => {
    fc.assert(
      fc.property(fc.option(int32), (value) =>
        comesBack(
          value,
          (writer) => writer.nullable(value, (one) => writer.int32(one)),
          (reader) => reader.nullable(() => reader.int32()),
        ),
      ),
    )
  })
})

describe('a reader', () => {
  const hex = (bytes: string, flexible: boolean) => new Reader(Buffer.from(bytes, 'hex'), flexible)

  it('takes what is null for empty where it may not be', () => {
    expect(hex('ffff', false).string()).toBe('')
    expect(hex('00', true).string()).toBe('')
    expect(hex('ffffffff', false).array(() => 0)).toEqual([])
    expect(hex('ffffffff', false).bytes()).toEqual(Buffer.alloc(0))
  })

  it('skips tagged fields that it does not know, and gives the others', () => {
    const seen: [number, number][] = []
    const reader = hex('03 00 02 0102 07 00 e807 01 09 7f'.replaceAll(' ', ''), true)
    reader.end((tag, field) => {
      if (tag !== 7) seen.push([tag, field.int8()])
    })
    expect(seen).toEqual([
      [0, 1],
      [1000, 9],
    ])
    expect(reader.int8()).toBe(0x7f)
  })

  it('keeps a tagged field within its size', () => {
    expect(() => hex('01 00 01 05 06'.replaceAll(' ', ''), true).end((_, field) => field.int16())).toThrow(RangeError)
  })

  it.each([
    ['a varint without end', 'ffffffffffff', true, (reader: Reader) => reader.unsignedVarint()],
    ['a string', '7fff61', false, (reader: Reader) => reader.string()],
    ['a compact string', 'ffffffff0f61', true, (reader: Reader) => reader.string()],
    ['bytes', '7fffffff61', false, (reader: Reader) => reader.bytes()],
    ['an array', '7fffffff61', false, (reader: Reader) => reader.array(() => reader.int8())],
    ['a compact array', 'ffffffff0f61', true, (reader: Reader) => reader.array(() => reader.int8())],
    ['tagged fields', 'ffffffff0f', true, (reader: Reader) => reader.end()],
    ['one tagged field', '0100ffffffff0f', true, (reader: Reader) => reader.end()],
  ] as const)('refuses %s that would be longer than the bytes there are', (_, bytes, flexible, read) => {
    expect(() => read(hex(bytes, flexible))).toThrow(RangeError)
  })
})
