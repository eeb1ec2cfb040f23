import type { Statement } from './syntax.ts'

/** Statements that a translation puts before the one it is in: functions and classes that stand inside an expression. */
interface WithPrelude {
  prelude: Statement[]
}

/** Translates something whose inner functions come before it: both in order. */
export function withPrelude(l: WithPrelude, translate: () => readonly Statement[]): readonly Statement[] {
  const before = l.prelude
  l.prelude = []
  const translated = translate()
  const all = l.prelude.length > 0 ? [...l.prelude, ...translated] : translated
  l.prelude = before
  return all
}
