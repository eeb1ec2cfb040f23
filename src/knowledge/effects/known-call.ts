import type { Effect } from '../../model/handler.ts'

/** What a call outside the project does, as far as delivery is concerned. */
export interface KnownCall {
  readonly system: Effect['system']
  readonly idempotent: Effect['idempotent']
  readonly durable: Effect['durable']
  /** high: by its import; medium: by a method name that hardly means anything else. */
  readonly confidence: 'high' | 'medium'
}

export function effect(
  system: Effect['system'],
  confidence: KnownCall['confidence'],
  rest: { idempotent?: Effect['idempotent']; durable?: Effect['durable'] } = {},
): KnownCall {
  return { system, confidence, idempotent: rest.idempotent ?? false, durable: rest.durable ?? true }
}
