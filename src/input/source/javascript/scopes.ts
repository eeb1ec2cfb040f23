/** One function's names, or the module's: the common syntax tree knows no smaller scope. */
export interface FunctionScope {
  readonly parent?: FunctionScope
  /** Names that are declared anywhere in it, as they are called in the common tree. */
  readonly taken: Set<string>
  /** Names of scopes around it that it assigns. */
  readonly outer: Map<string, 'global' | 'nonlocal'>
  /** How many functions without a name of their own have been given one, by that name. */
  readonly given: Map<string, number>
}

/** One block: a name that it declares hides the same name around it. */
export interface BlockScope {
  readonly parent?: BlockScope
  readonly fn: FunctionScope
  /** What a declared name is called in the common tree. */
  readonly names: Map<string, string>
}

export function moduleScope(): BlockScope {
  return { fn: { taken: new Set(), outer: new Map(), given: new Map() }, names: new Map() }
}

export function functionScope(around: BlockScope): BlockScope {
  return {
    parent: around,
    fn: { parent: around.fn, taken: new Set(), outer: new Map(), given: new Map() },
    names: new Map(),
  }
}

export function blockScope(around: BlockScope): BlockScope {
  return { parent: around, fn: around.fn, names: new Map() }
}

/** Declares a name in a block. Where its function has the name already, it goes by another, so that the two are not taken for one. */
export function declare(block: BlockScope, name: string): string {
  const known = block.names.get(name)
  if (known !== undefined) return known
  let called = name
  for (let i = 2; block.fn.taken.has(called); i++) called = `${name}'${i}`
  block.fn.taken.add(called)
  block.names.set(name, called)
  return called
}

/** The outermost block of the function around: where `var` declares. */
export function functionBlock(block: BlockScope): BlockScope {
  let at = block
  while (at.parent && at.parent.fn === at.fn) at = at.parent
  return at
}

/** What a name is called in the common tree. */
export function nameOf(block: BlockScope, name: string): string {
  return find(block, name)?.called ?? name
}

/** The same for a name that is assigned: a name of a scope around is declared as such. */
export function assignedName(block: BlockScope, name: string): string {
  const found = find(block, name)
  if (!found) return name
  if (found.fn !== block.fn) block.fn.outer.set(found.called, found.fn.parent ? 'nonlocal' : 'global')
  return found.called
}

function find(block: BlockScope, name: string): { called: string; fn: FunctionScope } | undefined {
  for (let at: BlockScope | undefined = block; at; at = at.parent) {
    const called = at.names.get(name)
    if (called !== undefined) return { called, fn: at.fn }
  }
  return undefined
}

/** A name for a function that has none: after what it is given to, told apart by its place in the function around. */
export function givenName({ fn }: BlockScope, hint: string): string {
  const count = (fn.given.get(hint) ?? 0) + 1
  fn.given.set(hint, count)
  const name = count === 1 ? `${hint}'` : `${hint}'${count}`
  fn.taken.add(name)
  return name
}
