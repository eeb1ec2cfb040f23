import { describe, expect, it } from 'vitest'
import rejected from '../../rules/setting-rejected.ts'
import rule from '../../rules/transactional-id-incomplete.ts'
import { at, explicit, generated, problem, producer, run } from './facts.ts'

const ACKS = problem({ key: 'acks', says: 'refused at the construction: `acks` must be set to `all`', fix: 'remove `acks`' })

describe('transactional-id-incomplete', () => {
  it.each([explicit('orders-0'), generated('random', 'uuid4()')])('owns what a transactional producer is refused for', (id) => {
    const clients = [producer({ variant: { settings: { 'transactional.id': id }, problems: [ACKS] } })]
    const { findings } = run(rule, clients)
    expect(findings).toMatchObject([{ severity: 'error', location: at(15), fix: 'Remove `acks`.' }])
    expect(findings[0]?.message).toBe('Refused at the construction: `acks` must be set to `all` (kafka-python 2.0.2)')
    expect(run(rejected, clients).findings).toEqual([])
  })

  it('leaves the same problem of an idempotent producer to setting-rejected', () => {
    const clients = [producer({ variant: { problems: [ACKS] } })]
    expect(run(rule, clients).findings).toEqual([])
    expect(run(rejected, clients).findings).toHaveLength(1)
  })

  it('is silent on a complete producer', () => {
    expect(run(rule, [producer({ variant: { settings: { 'transactional.id': explicit('orders-0') } } })]).findings).toEqual([])
  })
})
