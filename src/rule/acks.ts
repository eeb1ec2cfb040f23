import type { Variant } from '../model/facts.ts'
import type { Literal } from '../model/value.ts'
import { type Decision, decide } from './decide.ts'
import { refuses } from './problems.ts'
import { setting } from './settings.ts'

const isWeak = (value: Literal) => String(value) === '0' || String(value) === '1'

/** Whether writes of this version are confirmed by fewer than all in-sync replicas. A value that is refused never takes effect. */
export function weakAcks(variant: Variant): Decision {
  return refuses(variant, 'acks') ? { kind: 'clear' } : decide(setting(variant, 'acks'), isWeak)
}
