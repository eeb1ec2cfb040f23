import { effect, type KnownCall } from './known-call.ts'

/** What a statement of SQL does, by its first words; undefined where it is not one that is known. */
export function sqlCall(text: string): KnownCall | 'harmless' | undefined {
  const statement = text.replace(/\s+/g, ' ').trim()
  if (/^(?:select|show|explain|set|begin|start transaction|commit|rollback|use)\b/i.test(statement)) return 'harmless'
  if (/^insert\b/i.test(statement))
    return effect('database', 'high', {
      idempotent: /\bon conflict\b|\bon duplicate key\b|\binsert (?:or )?ignore\b|\binsert or replace\b/i.test(statement),
    })
  if (/^(?:replace|merge|upsert|delete|truncate)\b/i.test(statement)) return effect('database', 'high', { idempotent: true })
  // `set total = total + 1` counts twice, `set state = 'paid'` does not
  if (/^update\b/i.test(statement))
    return effect('database', 'high', { idempotent: /\b(\w+)\s*=\s*\1\s*[-+]/.test(statement) ? false : 'unknown' })
  return undefined
}
