import type { Statement } from '../syntax.ts'
import { factsOf, type StatementFacts } from './facts.ts'
import type { FunctionInfo } from './symbols.ts'

/** The statements of a body that can matter; all others are passed over. */
export type Slice = ReadonlySet<Statement>

export interface SliceQuery {
  /** Identifiers that reach clients, by whatever name. */
  readonly relevant: ReadonlySet<string>
  /** Names whose value is wanted when the body is done. */
  readonly wanted: Iterable<string>
  /** Keep what is given to a caller. */
  readonly gives: boolean
  /** Attributes of `self` whose assignments matter. */
  readonly attributes: ReadonlySet<string>
  /** Methods of `self` whose calls matter, for what they do to such attributes. */
  readonly calls: ReadonlySet<string>
}

/**
 * Cuts a body down to the statements that mention something relevant, or that what they need depends on. By bare names, so that it errs towards
 * keeping.
 */
export function sliceOf(body: readonly Statement[], query: SliceQuery): Slice {
  return cut(body, query).slice
}

/** The same, with the names whose every statement is in the slice. */
export function cut(body: readonly Statement[], query: SliceQuery): { slice: Slice; needed: ReadonlySet<string> } {
  const kept = new Set<Statement>()
  const needed = new Set<string>(query.wanted)
  const passed = new Set<string>()
  const flat = flatOf(body)
  const keep = (statement: Statement) => {
    if (kept.has(statement)) return
    kept.add(statement)
    const facts = factsOf(statement)
    for (const id of facts.needs) needed.add(id)
  }
  let before = -1
  // Each round can only keep more; the bound is for texts that are made to be slow.
  const size = () => kept.size + passed.size + needed.size
  for (let round = 0; round < 12 && before !== size(); round++) {
    before = size()
    for (let i = flat.length - 1; i >= 0; i--) {
      const { statement, parents, facts } = flat[i] as Placed
      for (const { targets, from } of facts.passes)
        if (targets.some((target) => !passed.has(target)) && (meets(from, query.relevant) || meets(from, passed)))
          for (const target of targets) passed.add(target)
      for (const { targets, from } of facts.aliases) if (meets(from, needed)) for (const target of targets) needed.add(target)
      if (kept.has(statement)) continue
      if (meets(facts.ids, passed) || meets(facts.defs, needed) || (round === 0 && mattersItself(facts, query))) {
        keep(statement)
        for (const parent of parents) keep(parent)
      }
    }
  }
  keepExits(flat, kept)
  return { slice: kept, needed }
}

/** True for a statement that is kept whatever else is. */
function mattersItself(facts: StatementFacts, query: SliceQuery): boolean {
  return (
    meets(facts.ids, query.relevant) ||
    meets(facts.defs, query.relevant) ||
    facts.defs.has('*') ||
    meets(facts.selfWrites, query.attributes) ||
    meets(facts.selfReads, query.calls) ||
    facts.ids.has('super') ||
    (query.gives && facts.gives)
  )
}

/** A statement and those that it stands in, outermost first. */
interface Placed {
  readonly statement: Statement
  readonly parents: readonly Statement[]
  readonly facts: StatementFacts
}

const FLAT = new WeakMap<readonly Statement[], readonly Placed[]>()

/** Every statement of a body, in the order of the text; kept, since a module is cut anew for each name that is wanted of it. */
function flatOf(body: readonly Statement[]): readonly Placed[] {
  let flat = FLAT.get(body)
  if (!flat) {
    const found: Placed[] = []
    flatten(body, [], found)
    flat = found
    FLAT.set(body, flat)
  }
  return flat
}

/** Where a path ends decides what comes after it: without its `break`, nothing comes after `while True`. */
function keepExits(flat: readonly Placed[], kept: Set<Statement>): void {
  for (const { statement, parents } of flat) {
    if (statement.kind === 'break' || statement.kind === 'continue') {
      const loop = parents.findLastIndex((parent) => parent.kind === 'while' || parent.kind === 'for')
      if (loop < 0 || !kept.has(parents[loop] as Statement)) continue
      kept.add(statement)
      for (const parent of parents.slice(loop)) kept.add(parent)
    } else if ((statement.kind === 'raise' || statement.kind === 'return') && parents.every((parent) => kept.has(parent)))
      kept.add(statement)
  }
}

function flatten(body: readonly Statement[], parents: readonly Statement[], into: Placed[]): void {
  for (const statement of body) {
    const facts = factsOf(statement)
    into.push({ statement, parents, facts })
    if (facts.blocks.length === 0) continue
    const chain = [...parents, statement]
    for (const block of facts.blocks) flatten(block, chain, into)
  }
}

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  for (const one of small) if (large.has(one)) return true
  return false
}

/** What matters of a class. */
export interface ClassNeeds {
  /** Attributes that its methods assign, or whose dicts they change. */
  readonly attributes: ReadonlySet<string>
  /** Methods that assign or change one of them. */
  readonly calls: ReadonlySet<string>
}

export const NO_NEEDS: ClassNeeds = { attributes: new Set(), calls: new Set() }

/**
 * Works out what matters of `self` in a class: every attribute that its methods assign or change, since classes that it derives from, that derive
 * from it, and whoever has an object of it may read them; and the methods that do so, directly or by calling another.
 */
export function needsOfClass(methods: readonly FunctionInfo[]): ClassNeeds {
  const attributes = new Set<string>()
  for (const method of methods) collectWrites(method.node.body, attributes)
  return { attributes, calls: changers(methods, (facts) => meets(facts.selfWrites, attributes)) }
}

/** Methods with a statement of a kind, and those that call one of them. */
export function changers(methods: readonly FunctionInfo[], is: (facts: StatementFacts) => boolean): Set<string> {
  const calls = new Set<string>()
  let before = -1
  for (let round = 0; round < 8 && before !== calls.size; round++) {
    before = calls.size
    for (const method of methods)
      if (!calls.has(method.name) && some(method.node.body, (facts) => is(facts) || meets(facts.selfReads, calls)))
        calls.add(method.name)
  }
  calls.delete('__init__')
  return calls
}

function collectWrites(body: readonly Statement[], into: Set<string>): void {
  for (const statement of body) {
    const facts = factsOf(statement)
    for (const name of facts.selfWrites) into.add(name)
    for (const block of facts.blocks) collectWrites(block, into)
  }
}

function some(body: readonly Statement[], is: (facts: StatementFacts) => boolean): boolean {
  return body.some((statement) => {
    const facts = factsOf(statement)
    return is(facts) || facts.blocks.some((block) => some(block, is))
  })
}
