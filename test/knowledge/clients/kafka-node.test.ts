import { describe, expect, it } from 'vitest'
import { kafkaNode } from '../../../src/knowledge/clients/kafka-node.ts'
import { known, type Literal } from '../../../src/model/value.ts'
import { judge } from '../../profiles/jvm/judge.ts'

type Options = Readonly<Record<string, Literal>>

const effective = (role: 'producer' | 'consumer', options: Options, key: string) =>
  judge(kafkaNode, role, '5.0.0', options).settings.get(key)?.value

const commits = (options: Options) => {
  const { view, settings } = judge(kafkaNode, 'consumer', '5.0.0', options)
  return kafkaNode.commits({ ...view, effective: (key) => settings.get(key)?.value ?? view.effective(key) })
}

describe('kafka-node', () => {
  it('commits what was fetched, from the end of the log, in a group of its own name', () => {
    expect(effective('consumer', {}, 'enable.auto.commit')).toEqual(known(true))
    expect(effective('consumer', {}, 'auto.offset.reset')).toEqual(known('latest'))
    expect(effective('consumer', {}, 'group.id')).toEqual(known('kafka-node-group'))
    expect(commits({})).toMatchObject({ when: 'background', loses: 'yes' })
    expect(commits({ autoCommit: false }).when).toBe('never')
  })

  it('asks the leader alone, in numbers', () => {
    expect(effective('producer', {}, 'acks')).toEqual(known('1'))
    expect(effective('producer', { requireAcks: -1 }, 'acks')).toEqual(known('all'))
    expect(effective('producer', { requireAcks: 0 }, 'acks')).toEqual(known('0'))
  })

  it('refuses to begin where it does not know', () => {
    expect(judge(kafkaNode, 'consumer', '5.0.0', { fromOffset: 'oldest' }).problems.map(({ effect }) => effect)).toEqual([
      'raises',
    ])
  })

  it('takes a text for true', () => {
    expect(effective('consumer', { autoCommit: 'false' }, 'enable.auto.commit')).toEqual(known(true))
  })

  it('drops what is misspelt, and takes what it has no fact about', () => {
    expect(judge(kafkaNode, 'consumer', '5.0.0', { autocommit: false }).problems.map(({ effect }) => effect)).toEqual(['ignored'])
    expect(judge(kafkaNode, 'consumer', '5.0.0', { encoding: 'buffer', onRebalance: null }).problems).toEqual([])
  })
})
