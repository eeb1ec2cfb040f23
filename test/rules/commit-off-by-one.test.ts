import { expect, it } from 'vitest'
import rule from '../../rules/commit-off-by-one.ts'
import { kafkaPython, linesOf } from './handlers.ts'

const commit = (offset: string) =>
  kafkaPython(
    `for tp, messages in records.items():\n    for message in messages:\n        print(message)\n        consumer.commit({tp: OffsetAndMetadata(${offset}, "")})`,
  )

it("flags the message's own offset", async () => {
  expect(await linesOf(rule, commit('message.offset'))).toEqual(['9 warning high'])
})

it("is silent on the next one's", async () => {
  expect(await linesOf(rule, commit('message.offset + 1'))).toEqual([])
})
