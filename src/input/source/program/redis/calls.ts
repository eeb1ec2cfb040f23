import type { Call, Expression, FunctionDef, Statement } from '../syntax.ts'
import type { RedisDialect } from './dialect.ts'

/** A name that a type is given to: a parameter, or a variable or field where it is declared. */
export interface Declared {
  readonly name: string
  readonly type: Expression
}

/** One function (or the module's own statements) with the calls in it, in source order; calls of nested functions belong to those. */
export interface Unit {
  readonly name: string
  /** The class it is a method of. */
  readonly owner?: string
  readonly parameters: readonly { readonly name: string; readonly default?: Expression; readonly annotation?: Expression }[]
  readonly calls: readonly Call[]
  /** Calls whose result nobody looks at: statements of their own. */
  readonly discarded: ReadonlySet<Call>
  /** Assignments to plain names, in order: `pipe = r.pipeline()`, `with r.pipeline() as pipe`. */
  readonly bindings: readonly { readonly name: string; readonly value: Expression; readonly start: number }[]
  /** Variables and fields that are declared with a type. */
  readonly declared: readonly Declared[]
}

/** Every function of a module, methods and nested ones included, and the module itself. */
export function unitsOf(body: readonly Statement[]): readonly Unit[] {
  const units: Unit[] = []
  collect('', undefined, [], body, units)
  return units
}

function collect(
  name: string,
  owner: string | undefined,
  parameters: Unit['parameters'],
  body: readonly Statement[],
  units: Unit[],
): void {
  const calls: Call[] = []
  const discarded = new Set<Call>()
  const bindings: { name: string; value: Expression; start: number }[] = []
  const declared: Declared[] = []
  const nested: { definition: FunctionDef; owner: string | undefined }[] = []

  const visit = (node: unknown, within: string | undefined): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, within)
      return
    }
    if (!isNode(node)) return
    if (node.kind === 'function') {
      nested.push({ definition: node as unknown as FunctionDef, owner: within })
      return
    }
    if (node.kind === 'call') calls.push(node as unknown as Call)
    if (node.kind === 'expression') {
      const value = unwrapAwait((node as unknown as { value: Expression }).value)
      if (value.kind === 'call') discarded.add(value)
    }
    if (node.kind === 'assign') {
      const { targets, annotation } = node as unknown as { targets: readonly Expression[]; annotation?: Expression }
      if (annotation)
        for (const target of targets) if (target.kind === 'name') declared.push({ name: target.name, type: annotation })
      bind(node as unknown as { targets: readonly Expression[]; value?: Expression })
    }
    if (node.kind === 'walrus')
      bind({
        targets: [(node as unknown as { target: Expression }).target],
        value: (node as unknown as { value: Expression }).value,
      })
    if (node.kind === 'with')
      for (const item of (node as unknown as { items: readonly { context: Expression; target?: Expression }[] }).items)
        if (item.target) bind({ targets: [item.target], value: item.context })
    const inside = node.kind === 'class' ? String(node.name) : within
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value, inside)
  }
  const bind = ({ targets, value }: { targets: readonly Expression[]; value?: Expression }) => {
    if (!value) return
    for (const target of targets) {
      const text = dotted(target)
      if (text !== undefined) bindings.push({ name: text, value: unwrapAwait(value), start: value.start })
    }
  }

  visit(body, owner)
  calls.sort((a, b) => a.end - b.end || b.start - a.start)
  units.push({ name, ...(owner !== undefined ? { owner } : {}), parameters, calls, discarded, bindings, declared })
  for (const { definition, owner: inside } of nested)
    collect(definition.name, inside, definition.parameters, definition.body, units)
}

function isNode(value: unknown): value is { kind?: string; name?: unknown } & Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

export function unwrapAwait(expression: Expression): Expression {
  return expression.kind === 'await' ? unwrapAwait(expression.value) : expression
}

/** `self.redis` for a name or a chain of attributes; undefined for anything else. */
export function dotted(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name
  if (expression.kind !== 'attribute') return undefined
  const object = dotted(expression.object)
  return object === undefined ? undefined : `${object}.${expression.name}`
}

/** The object at the start of a chain of method calls: `pipe` of `pipe.incr(k).expire(k, 60)`. */
export function rootOf(expression: Expression, dialect: RedisDialect): Expression {
  const bare = unwrapAwait(expression)
  if (bare.kind === 'call' && bare.callee.kind === 'attribute') {
    if (dialect.pipeline(bare.callee.name, bare)) return bare
    return rootOf(bare.callee.object, dialect)
  }
  return bare
}

/** The argument at a position or under a keyword. */
export function argument(call: Call, position: number, keyword?: string): Expression | undefined {
  const named = keyword === undefined ? undefined : call.keywords.find((k) => k.name === keyword)?.value
  const positional = call.positional.slice(0, position + 1)
  return named ?? (positional.some((p) => p.kind === 'starred') ? undefined : positional[position])
}
