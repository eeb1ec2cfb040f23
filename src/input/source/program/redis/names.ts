import type { Expression } from '../syntax.ts'
import { dotted, type Unit } from './calls.ts'
import type { RedisSource } from './source.ts'

/** What is known of a module's names. */
export interface RedisNames {
  /** Names that provably hold a client: made by a constructor of a library, or declared with a type of one. */
  readonly provable: ReadonlySet<string>
  /** Names that are declared with a type of something else. */
  readonly others: ReadonlySet<string>
  /** A library is imported, and used for a client. */
  readonly imported: boolean
}

export function redisNames(units: readonly Unit[], { module, dialect }: RedisSource): RedisNames {
  const imported = new Set<string>()
  const foreign = new Set<string>()
  for (const statement of module.body) {
    if (statement.kind === 'import') {
      for (const { name, alias } of statement.names)
        if (dialect.isLibrary(name)) imported.add(alias ?? name.split('.')[0] ?? name)
    } else if (statement.kind === 'import-from') {
      const names = dialect.isLibrary(statement.module) ? imported : foreign
      for (const { name, alias } of statement.names) names.add(alias ?? name)
    }
  }
  const provable = new Set<string>()
  const others = new Set<string>()
  const declare = (name: string, type: Expression) => {
    const written = dotted(type)
    if (written === undefined) return
    const root = written.split('.')[0] as string
    if (imported.has(root) && dialect.isClient(written.split('.').at(-1) as string)) {
      provable.add(name)
      provable.add(`this.${name}`)
    } else if (dialect.typed && (foreign.has(root) || /^[A-Z]/.test(root))) others.add(name)
  }
  for (const { bindings, declared, parameters } of units) {
    for (const { name, value } of bindings) {
      const callee = value.kind === 'call' ? dotted(value.callee) : undefined
      if (callee === undefined || !imported.has(callee.split('.')[0] as string)) continue
      if (dialect.isClient(callee.split('.').at(-1) as string)) provable.add(name)
    }
    for (const { name, type } of declared) declare(name, type)
    for (const { name, annotation } of parameters) if (annotation) declare(name, annotation)
  }
  // one name may be two things in two functions
  for (const name of provable) others.delete(name.replace(/^this\./, ''))
  return { provable, others, imported: dialect.typed ? imported.size > 0 : provable.size > 0 }
}
