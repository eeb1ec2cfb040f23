import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/go'
import type { Comment, SyntaxProblem } from '../../../formats/syntax.ts'
import type { Span } from '../../../text/span.ts'
import { type Expression, type ImportFrom, type Module, type Statement, WHOLE } from '../program/syntax.ts'
import { isBuiltin } from './builtins.ts'
import { classDef, receiverOf, type StructType, structOf } from './classes.ts'
import { expression } from './expressions.ts'
import { functionDef } from './functions.ts'
import { childrenOf, type Lifting, nameNode, spanOf, textOf } from './lifting.ts'
import { maskGo } from './mask.ts'
import { packageName } from './packages.ts'
import { declared, statements } from './statements.ts'

export interface ParsedGo {
  readonly module: Module
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
}

/** Parses one Go file into the common tree. Never throws: text that is no Go gives problems, and all that can be read around them. */
export function parseGo(text: string): ParsedGo {
  const tree = parser.parse(maskGo(text))
  const { comments, problems } = survey(tree, text)
  const top = childrenOf(tree.topNode)
  const imports = top.flatMap((node) => (node.name === 'ImportDecl' ? importsIn(node, text) : []))
  const structs = top.flatMap((node) => (node.name === 'TypeDecl' ? structsIn(node, text) : []))
  const names = namesIn(tree, text)
  const l: Lifting = {
    text,
    packages: new Map(imports.map(({ names: [name], module }) => [name?.alias ?? '', module])),
    structs: new Set(structs.map(({ name }) => name)),
    givesError: false,
    failed: [],
    locals: [],
    given: new Map(),
    prelude: [],
    depth: 0,
    expression,
    statements,
  }
  const methods = new Map<string, SyntaxNode[]>()
  for (const node of top) {
    const type = node.name === 'MethodDecl' ? receiverOf(text, node).type : undefined
    if (type !== undefined) methods.set(type, [...(methods.get(type) ?? []), node])
  }
  // a type of another file that has methods here
  const strange = [...methods.keys()].filter((name) => !l.structs.has(name))
  const types: readonly StructType[] = [...structs, ...strange.map((name) => ({ name }))]
  const functions: Statement[] = []
  const values: Statement[] = []
  for (const node of top)
    if (node.name === 'FunctionDecl') {
      const definition = node.getChild('DefName')
      if (!definition) continue
      const name = textOf(l, definition)
      functions.push(functionDef(l, node, name))
      // every `init` of a package runs when it is loaded
      if (name === 'init') values.push(called(name, spanOf(definition)))
    } else if (node.name === 'VarDecl' || node.name === 'ConstDecl') values.push(...declared(l, node))
  const classes = types.map((type) => classDef(l, type, methods.get(type.name) ?? []))
  const own = new Set([...names.declared, ...l.packages.keys()])
  const others = names.used.filter((name) => !own.has(name) && !isBuiltin(name) && name !== '_')
  const neighbours = new Set([...others.filter((name) => !strange.includes(name))])
  const body = [
    ...imports,
    ...[...neighbours].map((name) => neighbour(name, name)),
    ...strange.map((name) => neighbour(name, `${name}'`)),
    ...classes,
    ...functions,
    ...values,
  ]
  return {
    module: { kind: 'module', body, start: 0, end: text.length },
    comments,
    problems,
    ...(l.tooDeep ? { tooDeep: l.tooDeep } : {}),
  }
}

function called(name: string, span: Span): Statement {
  const value: Expression = { kind: 'call', callee: nameNode(name, span), positional: [], keywords: [], ...span }
  return { kind: 'expression', value, ...span }
}

/** Each import names a package as a whole. */
function importsIn(node: SyntaxNode, text: string): readonly ImportFrom[] {
  const specs = [node, ...node.getChildren('SpecList')].flatMap((one) => one.getChildren('ImportSpec'))
  return specs.flatMap((spec): ImportFrom[] => {
    const written = spec.getChild('String')
    if (!written) return []
    const path = text.slice(written.from + 1, written.to - 1)
    const given = spec.getChild('DefName')
    const alias = given ? text.slice(given.from, given.to) : packageName(path, text)
    if (alias === '_' || alias === '.') return []
    const span = spanOf(spec)
    return [{ kind: 'import-from', level: 0, module: path, names: [{ name: WHOLE, alias, ...span }], ...span }]
  })
}

/** Something that another file of the same package declares. */
function neighbour(name: string, alias: string): ImportFrom {
  const span = { start: 0, end: 0 }
  return { kind: 'import-from', level: 1, module: name, names: [{ name, alias, ...span }], ...span }
}

function structsIn(node: SyntaxNode, text: string): readonly StructType[] {
  const specs = [node, ...node.getChildren('SpecList')].flatMap((one) => one.getChildren('TypeSpec'))
  return specs.flatMap((spec) => structOf(text, spec) ?? [])
}

/** What the file declares anywhere, and what it names. */
function namesIn(tree: Tree, text: string): { readonly declared: readonly string[]; readonly used: readonly string[] } {
  const found = { declared: new Set<string>(), used: new Set<string>() }
  tree.iterate({
    enter({ name, from, to }) {
      if (name === 'DefName') found.declared.add(text.slice(from, to))
      else if (name === 'VariableName' || name === 'TypeName') found.used.add(text.slice(from, to))
    },
  })
  return { declared: [...found.declared], used: [...found.used].sort() }
}

function survey(tree: Tree, text: string): { comments: Comment[]; problems: SyntaxProblem[] } {
  const comments: Comment[] = []
  const problems: SyntaxProblem[] = []
  tree.iterate({
    enter({ name, type, from, to }) {
      if (/Comment$/.test(name))
        comments.push({ text: text.slice(from, to).replace(/^[/*\s]+|[*/\s]+$/g, ''), span: { start: from, end: to } })
      else if (type.isError) problems.push({ message: 'not Go that this reader knows', span: { start: from, end: to } })
    },
  })
  return { comments, problems }
}
