import type { Expression, FunctionDef, Statement } from '../syntax.ts'
import { forEachChild, walk } from '../walk.ts'
import { aliasesIn, passedFrom } from './passes.ts'
import { DICT_CHANGERS } from './symbols.ts'

/** What one statement reads and changes, by bare names; of a compound statement only its head, its body has facts of its own. */
export interface StatementFacts {
  /** Every identifier in it: names and attributes alike. */
  readonly ids: ReadonlySet<string>
  /** Those whose value matters when the statement is kept: all but payloads that are sent, logged or raised. */
  readonly needs: ReadonlySet<string>
  /** Names and attributes that it assigns, or may change: what it calls a method on, or hands to a call. */
  readonly defs: ReadonlySet<string>
  /** Attributes of `self` that it reads, and that it assigns or may change. */
  readonly selfReads: ReadonlySet<string>
  readonly selfWrites: ReadonlySet<string>
  /** Those of them that it plainly sets, to something that could be an option, a dict of options or a client. */
  readonly selfSets: ReadonlySet<string>
  /** Assignments whose value may be passed on as it is: `a = b`, `a = make()`. */
  readonly passes: readonly { readonly targets: readonly string[]; readonly from: ReadonlySet<string> }[]
  /** Assignments of a name to another: a change to one is a change to the other. */
  readonly aliases: readonly { readonly targets: readonly string[]; readonly from: ReadonlySet<string> }[]
  /** It gives a value to whoever called: return, yield. */
  readonly gives: boolean
  /** Identifiers whose value it may give as it is. */
  readonly given: ReadonlySet<string>
  readonly blocks: readonly (readonly Statement[])[]
}

const KNOWN = new WeakMap<Statement, StatementFacts>()
const NO_STATEMENTS: readonly (readonly Statement[])[] = []

export function factsOf(node: Statement): StatementFacts {
  let facts = KNOWN.get(node)
  if (!facts) {
    facts = survey(node)
    KNOWN.set(node, facts)
  }
  return facts
}

/** What a method calls its object, or its class, in any of the languages. */
function isSelfName(name: string): boolean {
  return name === 'self' || name === 'cls' || name === 'this'
}

const LOGGING = /^(?:log|logger|logging|_log|_logger|LOG|LOGGER|print)$/

function survey(node: Statement): StatementFacts {
  const ids = new Set<string>()
  const plain = new Set<string>()
  const defs = new Set<string>()
  const selfReads = new Set<string>()
  const selfWrites = new Set<string>()
  const selfSets = new Set<string>()
  const passes: { targets: string[]; from: Set<string> }[] = []
  const aliases: { targets: string[]; from: Set<string> }[] = []
  const head = headOf(node)
  const targets: Expression[] = []
  let gives = node.kind === 'return' && node.value !== undefined
  const given = new Set<string>()
  if (node.kind === 'return' && node.value) passedFrom(node.value, given)
  const collect = (root: Expression | Statement) =>
    walk(root, (inner) => {
      if (inner.kind === 'name') ids.add(inner.name)
      else if (inner.kind === 'attribute') {
        ids.add(inner.name)
        if (inner.object.kind === 'name' && isSelfName(inner.object.name)) selfReads.add(inner.name)
      } else if (inner.kind === 'yield') {
        gives = true
        if (inner.value) passedFrom(inner.value, given)
      } else if (inner.kind === 'call') {
        callDefs(inner, defs)
        if (inner.callee.kind === 'attribute' && DICT_CHANGERS.has(inner.callee.name)) addSelf(inner.callee.object, selfSets)
      } else if (inner.kind === 'walrus') targets.push(inner.target)
      return undefined
    })
  for (const expression of head.expressions) {
    collect(expression)
    if (node.kind !== 'raise' && node.kind !== 'assert') needsOf(expression, plain)
  }
  for (const target of [...head.targets, ...targets]) {
    collect(target)
    needsOf(target, plain)
    for (const name of targetNames(target)) defs.add(name)
    for (const inner of flat(target))
      if (inner.kind === 'attribute' && inner.object.kind === 'name' && isSelfName(inner.object.name)) selfWrites.add(inner.name)
  }
  for (const { target, value } of head.passed) {
    const from = new Set<string>()
    passedFrom(value, from)
    if (from.size > 0) passes.push({ targets: targetNames(target), from })
    const same = new Set<string>()
    aliasesIn(value, same)
    if (same.size > 0) aliases.push({ targets: targetNames(target), from: same })
  }
  if (node.kind === 'function' || node.kind === 'class') {
    defs.add(node.name)
    const inside = new Set<string>()
    for (const statement of node.body)
      walk(statement, (inner) => {
        if (inner.kind === 'name') inside.add(inner.name)
        else if (inner.kind === 'attribute') inside.add(inner.name)
        return undefined
      })
    // What a nested function or a class body mentions, its definition mentions.
    for (const id of inside) {
      ids.add(id)
      plain.add(id)
    }
  }
  if (!isLight(node)) for (const target of head.targets) for (const one of flat(target)) addSelf(one, selfSets)
  for (const name of selfReads) if (defs.has(name)) selfWrites.add(name)
  if (node.kind === 'import') for (const one of node.names) defs.add(one.alias ?? (one.name.split('.')[0] as string))
  if (node.kind === 'import-from') for (const one of node.names) defs.add(one.alias ?? one.name)
  return { ids, needs: plain, defs, selfReads, selfWrites, selfSets, passes, aliases, gives, given, blocks: head.blocks }
}

/** Methods whose further arguments are payload: what is sent says nothing of the client. */
const SENDS = /^(?:send|send_and_wait|produce|publish|debug|info|warning|warn|error|exception|critical)$/

function needsOf(root: Expression, needs: Set<string>): void {
  walk(root, (node) => {
    if (node.kind === 'name') needs.add(node.name)
    else if (node.kind === 'attribute') needs.add(node.name)
    else if (node.kind === 'call' && node.callee.kind === 'attribute' && SENDS.test(node.callee.name)) {
      needsOf(node.callee, needs)
      const [first] = node.positional
      if (first) needsOf(first, needs)
      for (const keyword of node.keywords) if (keyword.name === 'topic') needsOf(keyword.value, needs)
      return false
    }
    return undefined
  })
}

/** The attribute of `self` that an expression is, or is an item of. */
function addSelf(node: Expression, into: Set<string>): void {
  if (node.kind === 'subscript') addSelf(node.object, into)
  else if (node.kind === 'attribute' && node.object.kind === 'name' && isSelfName(node.object.name)) into.add(node.name)
}

/** Assignments of flags, counters and the like: no client's options. */
function isLight(node: Statement): boolean {
  if (node.kind === 'augmented') return node.operator !== '|' && node.value.kind === 'number'
  if (node.kind !== 'assign' || !node.value || node.targets.some((target) => target.kind !== 'attribute')) return false
  const { kind } = node.value
  return kind === 'number' || kind === 'none' || kind === 'compare' || (kind === 'unary' && node.value.operator === 'not')
}

interface Head {
  readonly expressions: readonly Expression[]
  readonly targets: readonly Expression[]
  readonly passed: readonly { readonly target: Expression; readonly value: Expression }[]
  readonly blocks: readonly (readonly Statement[])[]
}

function headOf(node: Statement): Head {
  const head = (
    expressions: readonly (Expression | undefined)[],
    targets: readonly Expression[] = [],
    blocks: readonly (readonly Statement[])[] = NO_STATEMENTS,
    passed: Head['passed'] = [],
  ): Head => ({ expressions: expressions.filter((e) => e !== undefined), targets, blocks, passed })
  switch (node.kind) {
    case 'if':
    case 'while':
      return head([node.test], [], [node.body, node.otherwise])
    case 'for':
      return head([node.iterable], [node.target], [node.body, node.otherwise], [{ target: node.target, value: node.iterable }])
    case 'try':
      return head(
        node.handlers.map((handler) => handler.type),
        [],
        [node.body, ...node.handlers.map((handler) => handler.body), node.otherwise, node.finally],
      )
    case 'with': {
      const targets = node.items.map((item) => item.target).filter((target) => target !== undefined)
      const passed = node.items.flatMap((item) => (item.target ? [{ target: item.target, value: item.context }] : []))
      return head(
        node.items.map((item) => item.context),
        targets,
        [node.body],
        passed,
      )
    }
    case 'match':
      return head(
        [node.subject, ...node.cases.map((one) => one.guard)],
        [],
        node.cases.map((one) => one.body),
      )
    case 'function':
      return head(node.decorators)
    case 'class':
      return head([...node.bases, ...node.decorators])
    case 'assign': {
      const { value } = node
      return head([value], node.targets, NO_STATEMENTS, value ? node.targets.map((target) => ({ target, value })) : [])
    }
    case 'augmented':
      return head([node.value], [node.target])
    case 'delete':
      return head([], node.targets)
    default: {
      const expressions: Expression[] = []
      forEachChild(node, (child) => expressions.push(child as Expression))
      return head(expressions)
    }
  }
}

function flat(target: Expression): Expression[] {
  if (target.kind === 'tuple' || target.kind === 'list') return target.items.flatMap(flat)
  return target.kind === 'starred' ? flat(target.value) : [target]
}

/** The names and attributes that a target assigns or changes: `a.b["c"]` changes b. */
function targetNames(target: Expression): string[] {
  return flat(target).flatMap((one) => {
    const base = baseName(one)
    const root = one.kind === 'attribute' ? rootName(one.object) : undefined
    return [...(base === undefined ? [] : [base]), ...(root === undefined ? [] : [root])]
  })
}

/** The variable whose object an assignment to `variable.a.b` changes. */
function rootName(node: Expression): string | undefined {
  if (node.kind === 'attribute') return rootName(node.object)
  return node.kind === 'name' && !isSelfName(node.name) ? node.name : undefined
}

function baseName(node: Expression): string | undefined {
  if (node.kind === 'name') return node.name
  if (node.kind === 'attribute') return node.name
  return node.kind === 'subscript' ? baseName(node.object) : undefined
}

/** A call may change what it is a method of, and what it is given. */
function callDefs(node: Extract<Expression, { kind: 'call' }>, defs: Set<string>): void {
  const { callee } = node
  if (callee.kind === 'name' && LOGGING.test(callee.name)) return
  if (callee.kind === 'attribute') {
    const base = baseName(callee.object)
    if (base !== undefined && LOGGING.test(base)) return
    if (base !== undefined && !isSelfName(base)) defs.add(base)
  }
  for (const argument of node.positional) {
    const base = baseName(argument.kind === 'starred' ? argument.value : argument)
    if (base !== undefined && base !== 'self' && base !== 'this') defs.add(base)
  }
  for (const keyword of node.keywords) {
    const base = keyword.name === undefined ? undefined : baseName(keyword.value)
    if (base !== undefined && base !== 'self' && base !== 'this') defs.add(base)
  }
}

const MENTIONED = new WeakMap<FunctionDef, ReadonlySet<string>>()

/** Every identifier in a function. */
export function mentionedIn(node: FunctionDef): ReadonlySet<string> {
  let ids = MENTIONED.get(node)
  if (!ids) {
    ids = factsOf(node).ids
    MENTIONED.set(node, ids)
  }
  return ids
}
