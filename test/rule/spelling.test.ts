import { describe, expect, it } from 'vitest'
import type { Client } from '../../src/model/facts.ts'
import { showLiteral, spellingOf, writeSetting } from '../../src/rule/spelling.ts'
import { suggestFix } from '../../src/rule/suggest.ts'
import { at, consumer, problem, variant } from '../rules/facts.ts'

const of = (library: string) => variant({ library })
const inFile = (path: string): Client => consumer({ language: 'configuration', location: at(1, path) })

describe('writeSetting', () => {
  it('writes keywords for libraries that take them, and dict entries for the others', () => {
    expect(writeSetting(consumer(), of('kafka-python'), 'enable.auto.commit', false)).toBe('enable_auto_commit=False')
    expect(writeSetting(consumer(), of('confluent-kafka'), 'enable.auto.commit', false)).toBe("'enable.auto.commit': False")
    expect(writeSetting(consumer(), of('confluent-kafka'), 'acks', 'all')).toBe("'acks': 'all'")
    expect(writeSetting(consumer(), of('kafka-python'), 'acks', 'all')).toBe("acks='all'")
  })

  it.each([
    ['application.yml', 'acks: all'],
    ['client.properties', 'acks=all'],
    ['client.json', '"acks": "all"'],
    ['client.toml', '"acks" = "all"'],
  ])('writes %s as that format does', (path, text) => {
    expect(writeSetting(inFile(path), of('kafka-clients'), 'acks', 'all')).toBe(text)
  })

  it('gives kafkajs the values it takes', () => {
    expect(writeSetting(inFile('kafka.json'), of('kafkajs'), 'acks', 'all')).toMatch(/: -1$/)
    expect(writeSetting(inFile('kafka.json'), of('kafkajs'), 'auto.offset.reset', 'earliest')).toMatch(/: true$/)
    expect(writeSetting(inFile('kafka.json'), of('kafkajs'), 'isolation.level', 'read_committed')).toMatch(/: false$/)
  })

  it.each([
    ['sarama', 'acks', 'all', 'Producer.RequiredAcks = sarama.WaitForAll'],
    ['sarama', 'auto.offset.reset', 'earliest', 'Consumer.Offsets.Initial = sarama.OffsetOldest'],
    ['kafka-go', 'acks', 'all', 'RequiredAcks: kafka.RequireAll'],
    ['franz-go', 'enable.auto.commit', false, 'kgo.DisableAutoCommit()'],
    ['confluent-kafka-go', 'enable.auto.commit', false, '"enable.auto.commit": false'],
  ])('writes for %s what Go compiles: %s', (library, key, literal, text) => {
    expect(writeSetting(consumer({ language: 'go' }), of(library), key, literal)).toBe(text)
  })

  it('keeps the spelling of the project', () => {
    const effective = {
      key: 'retries',
      spelled: 'message.send.max.retries',
      value: { kind: 'known', value: 0 },
      origin: { kind: 'explicit', location: at(1) },
      confidence: 'high',
    } as const
    expect(writeSetting(consumer(), of('confluent-kafka'), 'retries', 5, effective)).toBe("'message.send.max.retries': 5")
    expect(spellingOf(of('confluent-kafka'), 'retries', effective)).toBe('message.send.max.retries')
  })

  it('names a setting of an unknown library by its canonical name', () => {
    expect(spellingOf(of('no-such-library'), 'acks')).toBe('acks')
  })
})

describe('showLiteral', () => {
  it("speaks the client's language", () => {
    expect([true, null, 'all', 1].map((v) => showLiteral(consumer(), v))).toEqual(['True', 'None', "'all'", '1'])
    expect([true, null, 'all'].map((v) => showLiteral(inFile('a.yml'), v))).toEqual(['true', 'null', 'all'])
    expect(showLiteral(consumer({ language: 'javascript' }), 'all')).toBe("'all'")
  })
})

describe('suggestFix', () => {
  const suggest = (spelled: string) =>
    suggestFix(consumer(), of('kafka-python'), problem({ key: spelled, spelled, fix: 'remove it' }))

  it("names what was most likely meant, for the client's own side", () => {
    expect(suggest('auto_ofset_reset')).toBe('Did you mean `auto_offset_reset`? Else remove `auto_ofset_reset`.')
  })

  it("says the problem's own fix where nothing is near, or the key is known", () => {
    expect(suggest('zzzzqqqq')).toBe('Remove it.')
    expect(suggest('group_id')).toBe('Remove it.')
  })
})
