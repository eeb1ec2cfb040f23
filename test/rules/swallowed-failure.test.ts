import { expect, it } from 'vitest'
import rule from '../../rules/swallowed-failure.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string, settings?: string) => linesOf(rule, confluent(body, settings))
const tried = (handler: string, rest = '') => `try:\n    ${CHARGE}\n${handler}${rest}`

it.each([
  ['commit after the try', tried('except Exception as e:\n    print(e)\n', 'consumer.commit(message)'), ['14 error medium']],
  [
    'commit where it is caught',
    tried('except Exception:\n    consumer.commit(message)\n', 'else:\n    consumer.commit(message)'),
    ['13 error medium'],
  ],
  ['a bare except', tried('except:\n    pass\n', 'consumer.commit(message)'), ['14 error medium']],
  ['what the next commit covers', tried('except Exception:\n    continue\n', 'consumer.commit(message)'), ['12 error medium']],
  [
    'a commit of every hundredth message',
    tried('except Exception:\n    pass\n', 'n = 0\nif n % 100 == 0:\n    consumer.commit()'),
    ['12 error medium'],
  ],
])('flags %s', async (_name, body, expected) => {
  expect(await lines(body)).toEqual(expected)
})

it('flags what auto-commit covers', async () => {
  const worker = confluent(tried('except Exception as e:\n    print(e)\n')).replace(
    '"enable.auto.commit": False',
    '"enable.auto.commit": True',
  )
  expect(await linesOf(rule, worker)).toEqual(['12 error medium'])
})

it.each([
  ['an exception that goes on', tried('except Exception:\n    raise\n', 'consumer.commit(message)')],
  ['one of a kind only', tried('except ValueError:\n    pass\n', 'consumer.commit(message)')],
  [
    'a message that is put aside',
    tried(
      'except Exception:\n    producer.produce("dead-letter", message.value())\n    producer.flush()\n',
      'consumer.commit(message)',
    ),
  ],
  ['going back to it', tried('except Exception:\n    consumer.seek(message)\n    continue\n', 'consumer.commit(message)')],
  [
    'a try around nothing that acts',
    `try:\n    order = message.value().decode()\nexcept Exception:\n    continue\n${CHARGE}\nconsumer.commit(message)`,
  ],
  [
    'another value instead',
    'try:\n    order = parse(message)\nexcept Exception:\n    order = None\nprint(order)\nconsumer.commit(message)',
  ],
  ['keeping it for later', tried('except Exception:\n    failed.append(message)\n', 'consumer.commit(message)')],
  ['leaving the loop', tried('except Exception:\n    break\n', 'consumer.commit(message)')],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
