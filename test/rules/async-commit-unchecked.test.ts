import { expect, it } from 'vitest'
import rule from '../../rules/async-commit-unchecked.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

it('flags a commit that nobody looks at', async () => {
  expect(await linesOf(rule, confluent(`${CHARGE}\nconsumer.commit(message)`))).toEqual(['11 warning high'])
})

it.each([
  ['a callback in the settings', confluent(`${CHARGE}\nconsumer.commit(message)`, ', "on_commit": report')],
  ['a commit that waits', confluent(`${CHARGE}\nconsumer.commit(message, asynchronous=False)`)],
  [
    'one that waits at the end',
    confluent('try:\n    break\nfinally:\n    pass')
      .replace('while True:', 'while running():')
      .replace('    try:\n        break\n    finally:\n        pass', `    ${CHARGE}\n    consumer.commit(message)`)
      .concat('consumer.commit(asynchronous=False)\n'),
  ],
])('is silent on %s', async (_name, worker) => {
  expect(await linesOf(rule, worker)).toEqual([])
})
