import { describe, expect, it } from 'vitest'
import type { Client, Variant } from '../../src/model/facts.ts'
import { across, type Judgement, tellVersions } from '../../src/rule/across.ts'

const variant = (library: string, from: string, until?: string) =>
  ({ library, libraryTitle: library, title: library, from, until }) as Variant
const client = (...variants: Variant[]) =>
  ({ id: 'a', name: 'A', confidence: 'high', variants, location: null }) as unknown as Client
const finding = (severity: 'error' | 'warning' | 'info'): Judgement => ({
  severity,
  confidence: 'high',
  message: severity,
  why: '',
  fix: '',
  location: null,
  related: [],
})
const old = variant('kafka-python', '0', '2.2.0')
const middle = variant('kafka-python', '2.2.0', '3.0.0')
const recent = variant('kafka-python', '3.0.0')

describe('across', () => {
  it('reports the mildest when every version agrees', () => {
    const [only] = [...across(client(old, recent), (v) => finding(v === old ? 'error' : 'warning'))]
    expect(only).toMatchObject({ kind: 'finding', severity: 'warning' })
  })

  it('is silent when none agrees', () => {
    expect([...across(client(old, recent), () => undefined)]).toEqual([])
  })

  it('names the boundary when they differ, and reports nothing', () => {
    const [only] = [...across(client(old, middle, recent), (v) => (v === recent ? undefined : finding('error')))]
    expect(only).toMatchObject({ kind: 'not-evaluated', need: 'version' })
    expect((only as { reason: string }).reason).toContain('true for kafka-python before 3.0.0, not for kafka-python from 3.0.0')
    expect((only as { reason: string }).reason).toContain('--assume kafka-python=')
  })

  it('passes on what could not be decided', () => {
    const [only] = [...across(client(old), () => ({ undecided: 'the caller decides', need: 'settings' }))]
    expect(only).toMatchObject({ kind: 'not-evaluated', need: 'settings', reason: 'the caller decides' })
  })

  it('never claims more than the client itself is known by', () => {
    const [only] = [...across({ ...client(old), confidence: 'low' }, () => finding('error'))]
    expect(only).toMatchObject({ confidence: 'low' })
  })
})

describe('tellVersions', () => {
  it('joins neighbouring classes', () => {
    expect(tellVersions([old, middle])).toBe('kafka-python before 3.0.0')
    expect(tellVersions([middle])).toBe('kafka-python 2.2.0 up to 3.0.0')
    expect(tellVersions([old, variant('kafka-python-ng', '0')])).toBe('kafka-python before 2.2.0 and kafka-python-ng')
  })
})
