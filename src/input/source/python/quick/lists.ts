import type { ComprehensionClause, Expression, Keyword, Parameter } from '../../program/syntax.ts'
import { tupleOf } from '../conversion.ts'
import type { Arguments } from '../convert-arguments.ts'
import { type Reader, unfit } from './reader.ts'
import { advance, expect, expectKeyword, expectName, isKeyword, isOperator, takes, takesKeyword } from './tokens.ts'

/** The operators that an expression may have, and those that a target before `in` may. */
const ANY = 1
export const TARGET = 5

/** An expression, or `target := value`. */
export function named(r: Reader): Expression {
  const { start } = r
  const target = r.test(r)
  if (!takes(r, ':=')) return target
  const value = r.test(r)
  return { kind: 'walrus', target, value, start, end: r.last }
}

/** The same, or `*value`. */
export function item(r: Reader): Expression {
  const { start } = r
  if (!takes(r, '*')) return named(r)
  const value = r.test(r)
  return { kind: 'starred', value, start, end: value.end }
}

/** Items up to a closing bracket, of which the first is read. */
export function itemsAfter(r: Reader, first: Expression, closing: string): Expression[] {
  const found = [first]
  let { deep } = r
  while (takes(r, ',') && !isOperator(r, closing)) {
    found.push(item(r))
    deep = Math.max(deep, r.deep)
  }
  expect(r, closing)
  r.deep = deep + 1
  return found
}

export function startsClause(r: Reader): boolean {
  return isKeyword(r, 'for') || isKeyword(r, 'async')
}

/** The clauses of a comprehension, and the bracket that closes it. */
export function clausesUntil(r: Reader, closing: string): ComprehensionClause[] {
  const found: ComprehensionClause[] = []
  let { deep } = r
  const read = (): Expression => {
    // No conditional expression: an `if` begins the next clause.
    const value = r.operation(r, ANY)
    deep = Math.max(deep, r.deep)
    return value
  }
  while (startsClause(r)) {
    takesKeyword(r, 'async')
    expectKeyword(r, 'for')
    const targets: Expression[] = []
    do {
      if (isKeyword(r, 'in')) break
      targets.push(r.operation(r, TARGET))
    } while (takes(r, ','))
    expectKeyword(r, 'in')
    found.push({ target: tupleOf(targets) ?? unfit(), value: read() })
    while (takesKeyword(r, 'if')) found.push({ value: read() })
  }
  expect(r, closing)
  r.deep = deep + 1
  return found
}

/** Arguments in parentheses, of a call or a class. */
export function argumentList(r: Reader): Arguments {
  const open = r.start
  advance(r)
  const positional: Expression[] = []
  const keywords: Keyword[] = []
  let { deep } = r
  while (!isOperator(r, ')')) {
    const { start } = r
    if (takes(r, '**')) {
      const value = r.test(r)
      keywords.push({ value, start, end: value.end })
    } else if (takes(r, '*')) {
      const value = r.test(r)
      positional.push({ kind: 'starred', value, start, end: value.end })
    } else {
      const value = r.test(r)
      if (value.kind === 'name' && takes(r, '=')) {
        const given = r.test(r)
        keywords.push({ name: value.name, value: given, start: value.start, end: given.end })
      } else if (takes(r, ':=')) {
        const given = r.test(r)
        positional.push({ kind: 'walrus', target: value, value: given, start: value.start, end: given.end })
      } else if (startsClause(r)) {
        if (positional.length > 0 || keywords.length > 0) unfit()
        const clauses = clausesUntil(r, ')')
        r.deep = Math.max(deep, r.deep)
        return {
          positional: [{ kind: 'comprehension', type: 'generator', element: value, clauses, start: open, end: r.last }],
          keywords,
        }
      } else positional.push(value)
    }
    deep = Math.max(deep, r.deep)
    if (!takes(r, ',')) break
  }
  expect(r, ')')
  r.deep = deep
  return { positional, keywords }
}

/** Parameters up to what closes them, which stays. Those of a lambda have no annotations. */
export function parameters(r: Reader, annotated: boolean): Parameter[] {
  const closing = annotated ? ')' : ':'
  const found: { -readonly [K in keyof Parameter]: Parameter[K] }[] = []
  let keywordOnly = false
  while (!isOperator(r, closing)) {
    if (takes(r, '/')) {
      if (!takes(r, ',')) break
      for (const parameter of found) parameter.type = 'positional'
      continue
    }
    const stars = isOperator(r, '*') || isOperator(r, '**') ? r.value : ''
    if (stars !== '') advance(r)
    if (stars === '*' && takes(r, ',')) {
      keywordOnly = true
      continue
    }
    const { start } = r
    const name = expectName(r)
    const type = stars === '**' ? 'kwargs' : stars === '*' ? 'args' : keywordOnly ? 'keyword' : 'normal'
    if (stars === '*') keywordOnly = true
    const parameter: (typeof found)[number] = { name, type, start, end: r.last }
    if (annotated && takes(r, ':')) parameter.annotation = r.test(r)
    if (takes(r, '=')) {
      parameter.default = r.test(r)
      parameter.end = r.last
    }
    found.push(parameter)
    if (!takes(r, ',')) break
  }
  return found
}
