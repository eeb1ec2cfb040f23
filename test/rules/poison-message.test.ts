import { expect, it } from 'vitest'
import rule from '../../rules/poison-message.ts'
import { CHARGE, confluent, linesOf } from './handlers.ts'

const lines = (body: string) => linesOf(rule, confluent(body))
const tried = (handler: string) => `try:\n    ${CHARGE}\n${handler}consumer.commit(message)`

it('flags going back to the message without counting', async () => {
  expect(await lines(tried('except Exception:\n    consumer.seek(message)\n    continue\n'))).toEqual(['13 warning medium'])
})

it('flags trying until it succeeds', async () => {
  const body = `while True:\n    try:\n        ${CHARGE}\n        break\n    except Exception:\n        print("again")\nconsumer.commit(message)`
  expect(await lines(body)).toEqual(['10 warning medium'])
})

it('tells of an exception that is let out again', async () => {
  expect(await lines(tried('except Exception:\n    print("no")\n    raise\n'))).toEqual(['12 info medium'])
})

it.each([
  [
    'a bound on going back',
    tried(
      'except Exception:\n    if tries < 3:\n        consumer.seek(message)\n        continue\n    producer.produce("dead-letter", message.value())\n    producer.flush()\n',
    ),
  ],
  ['a dead letter', tried('except Exception:\n    producer.produce("dead-letter", message.value())\n    producer.flush()\n')],
  [
    'a bound on trying',
    `for attempt in range(5):\n    try:\n        ${CHARGE}\n        break\n    except Exception:\n        print("again")\nconsumer.commit(message)`,
  ],
  [
    'a way out of trying',
    `while True:\n    try:\n        ${CHARGE}\n        break\n    except Exception:\n        if tries > 5:\n            raise\nconsumer.commit(message)`,
  ],
  ['nothing that is caught', `${CHARGE}\nconsumer.commit(message)`],
])('is silent on %s', async (_name, body) => {
  expect(await lines(body)).toEqual([])
})
