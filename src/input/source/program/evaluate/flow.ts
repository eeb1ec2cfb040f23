import { joinInto, type Layer, newLayer, writesSince } from './store.ts'
import type { FunctionInfo } from './symbols.ts'
import { type Abstract, type HeapObject, joinValues } from './value.ts'

/** Everything that a point of the program can see: local names, the heap, and what was assigned to module-level names on the way. */
export interface Flow {
  readonly vars: Layer<string, Abstract>
  readonly heap: Layer<number, HeapObject>
  /** `path:name` of module-level names that functions assigned. */
  readonly globals: Layer<string, Abstract>
  /** True after a return, raise, break or continue. */
  dead: boolean
}

/** What one path wrote, since the flow it left from. */
export interface Writes {
  readonly vars: ReadonlyMap<string, Abstract>
  readonly heap: ReadonlyMap<number, HeapObject>
  readonly globals: ReadonlyMap<string, Abstract>
}

export function newFlow(world: Layer<number, HeapObject>): Flow {
  return { vars: newLayer(), heap: newLayer(world), globals: newLayer(), dead: false }
}

export function forkFlow(flow: Flow): Flow {
  return { vars: newLayer(flow.vars), heap: newLayer(flow.heap), globals: newLayer(flow.globals), dead: flow.dead }
}

export function writesOf(flow: Flow, base: Flow): Writes {
  return {
    vars: writesSince(flow.vars, base.vars),
    heap: writesSince(flow.heap, base.heap),
    globals: writesSince(flow.globals, base.globals),
  }
}

export const NO_WRITES: Writes = { vars: new Map(), heap: new Map(), globals: new Map() }

export function joinGlobals(values: readonly (Abstract | undefined)[], depends: readonly FunctionInfo[]): Abstract {
  return joinValues(
    values.filter((value) => value !== undefined),
    depends,
  )
}

/** Joins what alternative paths wrote into the flow they left from. */
export function joinFlows(
  base: Flow,
  alternatives: readonly Writes[],
  joinObjects: (values: readonly (HeapObject | undefined)[]) => HeapObject,
  depends: readonly FunctionInfo[] = [],
): void {
  const join = (values: readonly (Abstract | undefined)[]) => joinGlobals(values, depends)
  joinInto(
    base.vars,
    alternatives.map((a) => a.vars),
    join,
  )
  joinInto(
    base.heap,
    alternatives.map((a) => a.heap),
    joinObjects,
  )
  joinInto(
    base.globals,
    alternatives.map((a) => a.globals),
    join,
  )
}
