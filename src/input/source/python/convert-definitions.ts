import type { ClassDef, Expression, FunctionDef, ImportedName, Parameter, Statement } from '../program/syntax.ts'
import { type Conversion, forChildren, items, unknownAt } from './conversion.ts'
import { type Arguments, argumentList, parameterList } from './convert-arguments.ts'

export function functionDef(c: Conversion, decorators: Expression[], start: number): FunctionDef {
  const { to: end } = c.cursor
  let async = false
  let name = ''
  let nameSpan = { start, end: start }
  let parameters: Parameter[] = []
  let returns: Expression | undefined
  let body: Statement[] = []
  forChildren(c, (child) => {
    if (child === 'async') async = true
    else if (child === 'VariableName' && name === '') {
      nameSpan = { start: c.cursor.from, end: c.cursor.to }
      name = c.text.slice(c.cursor.from, c.cursor.to)
    } else if (child === 'ParamList') parameters = parameterList(c)
    else if (child === 'TypeDef') returns = items(c)[0]
    else if (child === 'Body') body = c.statements(c)
  })
  return { kind: 'function', name, nameSpan, async, decorators, parameters, ...(returns ? { returns } : {}), body, start, end }
}

export function classDef(c: Conversion, decorators: Expression[], start: number): ClassDef {
  const { to: end } = c.cursor
  let name = ''
  let nameSpan = { start, end: start }
  let args: Arguments = { positional: [], keywords: [] }
  let body: Statement[] = []
  forChildren(c, (child) => {
    if (child === 'VariableName' && name === '') {
      nameSpan = { start: c.cursor.from, end: c.cursor.to }
      name = c.text.slice(c.cursor.from, c.cursor.to)
    } else if (child === 'ArgList') args = argumentList(c)
    else if (child === 'Body') body = c.statements(c)
  })
  return { kind: 'class', name, nameSpan, decorators, bases: args.positional, keywords: args.keywords, body, start, end }
}

export function decorated(c: Conversion): Statement {
  const { from: start, to: end } = c.cursor
  const decorators: Expression[] = []
  let found: Statement | undefined
  forChildren(c, (name) => {
    if (name === 'Decorator') decorators.push(decorator(c))
    else if (name === 'FunctionDefinition') found = functionDef(c, decorators, start)
    else if (name === 'ClassDefinition') found = classDef(c, decorators, start)
  })
  return found ?? { kind: 'unknown-statement', parts: decorators, start, end }
}

/** `@a.b(c)`: the grammar gives a flat list of names and one argument list. */
function decorator(c: Conversion): Expression {
  const { cursor, text } = c
  const { from: start, to: end } = cursor
  let value: Expression | undefined
  forChildren(c, (name) => {
    if (name === 'VariableName' || name === 'PropertyName') {
      const word = text.slice(cursor.from, cursor.to)
      value = value
        ? { kind: 'attribute', object: value, name: word, start: value.start, end: cursor.to }
        : { kind: 'name', name: word, start: cursor.from, end: cursor.to }
    } else if (name === 'ArgList' && value) {
      const args = argumentList(c)
      value = {
        kind: 'call',
        callee: value,
        positional: args.positional,
        keywords: args.keywords,
        start: value.start,
        end: cursor.to,
      }
    }
  })
  return value ?? unknownAt({ start, end })
}

export function importStatement(c: Conversion): Statement {
  const { cursor, text } = c
  const { from: start, to: end } = cursor
  const names: { name: string; alias?: string; start: number; end: number }[] = []
  let from = false
  let level = 0
  let module = ''
  let inNames = false
  let alias = false
  let fresh = true
  forChildren(c, (name) => {
    const word = text.slice(cursor.from, cursor.to)
    if (name === 'from') from = true
    else if (name === 'import') inNames = true
    else if (name === '*') names.push({ name: '*', start: cursor.from, end: cursor.to })
    else if (name === ',') {
      alias = false
      fresh = true
    } else if (name === 'as') alias = true
    else if (from && !inNames) {
      if (name === 'VariableName') module += module === '' ? word : `.${word}`
      else if (/^\.+$/.test(word) && module === '') level += word.length
    } else if (name === 'VariableName') {
      const last = names.at(-1)
      if (alias && last) {
        last.alias = word
        last.end = cursor.to
      } else if (fresh || !last) names.push({ name: word, start: cursor.from, end: cursor.to })
      else {
        last.name += `.${word}`
        last.end = cursor.to
      }
      fresh = false
    }
  })
  const imported: ImportedName[] = names
  return from
    ? { kind: 'import-from', level, module, names: imported, start, end }
    : { kind: 'import', names: imported, start, end }
}
