import { expect, test } from 'vitest'
import { drawFrame, type FrameSource, gutterWidth, type Mark } from '../../src/text/frame.ts'
import { lineStarts } from '../../src/text/lines.ts'
import { PLAIN } from '../../src/text/style.ts'

function source(text: string, ...secrets: string[]): FrameSource {
  const spans = secrets.map((secret) => ({ start: text.indexOf(secret), end: text.indexOf(secret) + secret.length }))
  return { text, lines: lineStarts(text), secrets: spans }
}

/** A mark on one line, from a piece of its text. */
function mark(text: string, piece: string, rest: Partial<Mark> = {}): Mark {
  const at = text.indexOf(piece)
  const before = text.slice(0, at).split('\n')
  const inside = piece.split('\n')
  const line = before.length
  const column = (before.at(-1) as string).length + 1
  const endLine = line + inside.length - 1
  const endColumn = inside.length === 1 ? column + piece.length : (inside.at(-1) as string).length + 1
  return { line, column, endLine, endColumn, primary: true, ...rest }
}

function draw(from: FrameSource, ...marks: Mark[]): string {
  return drawFrame(from, marks, gutterWidth(marks), PLAIN).join('\n')
}

test('two lines of context, carets and a label', () => {
  const text = 'bootstrap.servers: a\ngroup.id: b\nclient.id: c\nacks: 1\nlinger.ms: 5\n'
  expect(draw(source(text), mark(text, 'acks: 1', { label: 'only the leader' }))).toBe(
    `2 | group.id: b
3 | client.id: c
4 | acks: 1
  | ^^^^^^^ only the leader`,
  )
})

test('context ends at a blank line', () => {
  const text = 'import x\n\nacks: 1\n'
  expect(draw(source(text), mark(text, 'acks: 1'))).toBe('3 | acks: 1\n  | ^^^^^^^')
})

test('a related place is dashed, and lines left out are told', () => {
  const text = 'a = 1\nb = 2\nc = 3\nd = 4\ne = 5\nf = 6\n'
  expect(draw(source(text), mark(text, 'f = 6'), mark(text, 'a = 1', { primary: false, label: 'starts here' }))).toBe(
    `1 | a = 1
  | ----- starts here
...
4 | d = 4
5 | e = 5
6 | f = 6
  | ^^^^^`,
  )
})

test('a place of several lines stands behind a rail', () => {
  const text = 'def run():\n    c = KafkaConsumer(\n        "orders",\n        group_id="g",\n    )\n'
  expect(
    draw(
      source(text),
      mark(text, 'KafkaConsumer(\n        "orders",\n        group_id="g",\n    )'),
      mark(text, 'group_id="g"', { primary: false, label: 'the group' }),
    ),
  ).toBe(
    `1 |   def run():
2 | /     c = KafkaConsumer(
3 | |         "orders",
4 | |         group_id="g",
  | |         ------------ the group
5 | |     )
  | |_^`,
  )
})

test('a long place is shown by its first lines and its last', () => {
  const text = `call(\n${Array.from({ length: 20 }, (_, i) => `  a${i},`).join('\n')}\n)\n`
  const lines = draw(source(text), mark(text, text.trimEnd())).split('\n')
  expect(lines[0]).toBe(' 1 | / call(')
  expect(lines).toContain('...')
  expect(lines.at(-2)).toBe('22 | | )')
  expect(lines.length).toBeLessThan(10)
})

test('secrets are masked on the marked line and on its neighbours, and carets still stand right', () => {
  const text = 'user=a\nsasl.password=hunter2\nx="p4ss" acks=1\n'
  expect(draw(source(text, 'hunter2', '"p4ss"'), mark(text, 'acks=1'))).toBe(
    `1 | user=a
2 | sasl.password=‹redacted›
3 | x=‹redacted› acks=1
  |              ^^^^^^`,
  )
})

test('a secret of several lines is masked on each of them', () => {
  const text = 'jaas=Module \\\n  password="x"; \\\n  more\nacks=1\n'
  const from = source(text, 'Module \\\n  password="x"; \\\n  more')
  expect(draw(from, mark(text, 'acks=1'))).toBe(`2 | ‹redacted›\n3 | ‹redacted›\n4 | acks=1\n  | ^^^^^^`)
})

test('control characters, tabs and wide characters neither act nor shift the carets', () => {
  const text = '\tname: "\x1b[31m東京\u202e" acks: 1\n'
  const columns = '    name: "\\x1b[31m'.length + 4 + '\\u202e" '.length
  expect(draw(source(text), mark(text, 'acks: 1'))).toBe(
    `1 |     name: "\\x1b[31m東京\\u202e" acks: 1\n  | ${' '.repeat(columns)}^^^^^^^`,
  )
})

test('a very long line is cut around the mark', () => {
  const text = `{${'"a":1,'.repeat(5000)}"acks":1,${'"b":2,'.repeat(5000)}}`
  const lines = draw(source(text), mark(text, '"acks":1')).split('\n')
  expect(lines).toHaveLength(2)
  const [line = '', carets = ''] = lines
  expect(line.length).toBeLessThan(180)
  expect(line).toMatch(/^1 \| ….*….*$/)
  expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('"acks":1')
})

test('CRLF leaves no trace, and a place beyond the end of the file draws nothing', () => {
  const text = 'a=1\r\nacks=1\r\n'
  expect(draw(source(text), mark(text, 'acks=1'))).toBe('1 | a=1\n2 | acks=1\n  | ^^^^^^')
  expect(draw(source('a=1'), { line: 9, column: 1, endLine: 9, endColumn: 2, primary: true })).toBe('')
})

test('an empty place is one caret', () => {
  const text = 'acks=\n'
  expect(draw(source(text), { line: 1, column: 6, endLine: 1, endColumn: 6, primary: true })).toBe('1 | acks=\n  |      ^')
})
