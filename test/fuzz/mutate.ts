/** A generator of numbers from 0 to 1. */
export type Next = () => number

/** What readers may stumble over, besides what stands in the files. */
const PIECES: readonly string[] = [
  ...['\0', '\ud800', '\udc00', '\u2028', '\ufeff', '\r', '\t', '\f', '\\\n', '\\', 'é', '😀', '\u00a0', '\u200b'],
  ...[
    '"""',
    "'''",
    '"',
    "'",
    '`',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    ':',
    ';',
    ',',
    '=',
    '@',
    '$',
    '%',
    '*',
    '&',
    '|',
    '!',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '${',
    '{{',
    '}}',
    '{%',
    '<<: *a',
    '&a',
    '*a',
    '---\n',
    '...',
    '? ',
    '- ',
    '|\n',
    '>-\n',
    '!!binary ',
    '!!set ',
    '<!--',
    '<![CDATA[',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', 'prototype'],
  ...[
    'self',
    'lambda: ',
    'yield ',
    'await ',
    'async ',
    'return ',
    'global x\n',
    '**',
    '*args',
    'for x in y:\n',
    'while True:\n',
    'try:\n',
    'import *',
    'class A(A): pass\n',
  ],
  ...['1e999', '0x', '-1', '99999999999999999999', 'NaN', 'null', 'None', 'true', 'True', 'yes', '1_000', '0o17'],
  ...['# semcheck-ignore', '# semcheck-ignore all -- x', '# semcheck-ignore weak-acks until=2027-02-30 -- x'],
  ...[
    'kafka',
    'confluent_kafka',
    'Consumer(',
    'consumer.commit()',
    'bootstrap.servers',
    'group.id',
    'acks',
    '.poll(1)',
    '.send(',
    'setnx(',
  ],
  ...[
    '('.repeat(300),
    '['.repeat(300),
    '{'.repeat(300),
    '- '.repeat(300),
    'a: '.repeat(200),
    '-'.repeat(2000),
    'a'.repeat(5000),
    '\n'.repeat(500),
    ' '.repeat(3000),
    'a.'.repeat(800),
    'not '.repeat(500),
  ],
]

const TOKEN = /\w+|[^\S\n]+|\n|[^\w\s]/gu

/** A text with one to four changes: cut, tokens gone, swapped or replaced, lines gone, doubled or moved, pieces put in. `others` lend parts. */
export function mutated(text: string, next: Next, others: readonly string[] = []): string {
  let result = text
  for (let changes = 1 + below(next, 4); changes > 0; changes--) result = changed(result, next, others)
  return result
}

function below(next: Next, limit: number): number {
  return Math.floor(next() * limit)
}

function pick<T>(next: Next, items: readonly T[]): T {
  return items[below(next, items.length)] as T
}

function changed(text: string, next: Next, others: readonly string[]): string {
  const at = below(next, text.length + 1)
  switch (below(next, 11)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(at)
    case 2:
      return text.slice(0, at) + pick(next, PIECES) + text.slice(at)
    case 3:
      return text.slice(0, at) + text.slice(at + 1 + below(next, 20))
    case 4:
      return ofTokens(text, next, (tokens, i) => tokens.splice(i, 1 + below(next, 4)))
    case 5:
      return ofTokens(text, next, (tokens, i) => {
        const j = below(next, tokens.length)
        const [a, b] = [tokens[i] as string, tokens[j] as string]
        tokens[i] = b
        tokens[j] = a
      })
    case 6:
      return ofTokens(text, next, (tokens, i) => {
        tokens[i] = next() < 0.5 ? pick(next, PIECES) : pick(next, tokens)
      })
    case 7:
      return ofLines(text, next, (lines, from, to) => lines.splice(from, to - from))
    case 8:
      return ofLines(text, next, (lines, from, to) => lines.splice(below(next, lines.length), 0, ...lines.slice(from, to)))
    case 9:
      return ofLines(text, next, (lines, from, to) => {
        for (let i = from; i < to; i++)
          lines[i] = next() < 0.5 ? `    ${lines[i]}` : (lines[i] as string).replace(/^ {1,4}|^\t/, '')
      })
    default: {
      const other = others.length > 0 ? pick(next, others) : text
      const from = below(next, other.length + 1)
      return text.slice(0, at) + other.slice(from, from + 1 + below(next, 400)) + text.slice(at)
    }
  }
}

function ofTokens(text: string, next: Next, change: (tokens: string[], at: number) => void): string {
  const tokens = text.match(TOKEN) ?? []
  if (tokens.length > 0) change(tokens, below(next, tokens.length))
  return tokens.join('')
}

function ofLines(text: string, next: Next, change: (lines: string[], from: number, to: number) => void): string {
  const lines = text.split('\n')
  const from = below(next, lines.length)
  change(lines, from, Math.min(lines.length, from + 1 + below(next, 8)))
  return lines.join('\n')
}
