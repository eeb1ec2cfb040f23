import type { Assign, AugmentedAssign, Expression, Statement } from '../syntax.ts'
import { branch, matchStatement, tryStatement, withStatement } from './branches.ts'
import { counterOf } from './counting.ts'
import { define, defineClass, importModule, importName } from './definitions.ts'
import { binary } from './expressions.ts'
import { writesOf } from './flow.ts'
import type { Frame, Machine } from './frame.ts'
import { dictOf, here, spreadInto } from './heap.ts'
import { forLoop, whileLoop } from './loops.ts'
import { assignTo, deleteTarget } from './targets.ts'
import { type Abstract, NONE, optionsOf, unknownValue } from './value.ts'

/** Evaluates statements in order, until the path ends. */
export function executeStatements(m: Machine, frame: Frame, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (frame.flow.dead || frame.run.steps >= frame.run.limit) return
    if (frame.slice && !frame.slice.has(statement)) continue
    frame.run.steps++
    execute(m, frame, statement)
  }
}

function execute(m: Machine, frame: Frame, node: Statement): void {
  switch (node.kind) {
    case 'expression':
      discard(m, frame, node.value)
      return
    case 'assign':
      assign(m, frame, node)
      return
    case 'augmented':
      augment(m, frame, node)
      return
    case 'return': {
      const value = node.value ? m.evaluateLazily(frame, node.value) : NONE
      frame.returns.push({ value, writes: writesOf(frame.flow, frame.base) })
      frame.flow.dead = true
      return
    }
    case 'raise':
      if (node.value) m.glance(frame, node.value)
      frame.flow.dead = true
      return
    case 'break':
    case 'continue': {
      const loop = frame.loops.at(-1)
      if (loop) (node.kind === 'break' ? loop.breaks : loop.continues).push(writesOf(frame.flow, loop.base))
      frame.flow.dead = true
      return
    }
    case 'if':
      branch(m, frame, node)
      return
    case 'for':
      forLoop(m, frame, node)
      return
    case 'while':
      whileLoop(m, frame, node)
      return
    case 'try':
      tryStatement(m, frame, node)
      return
    case 'with':
      withStatement(m, frame, node)
      return
    case 'match':
      matchStatement(m, frame, node)
      return
    case 'function':
      define(m, frame, node)
      return
    case 'class':
      defineClass(m, frame, node)
      return
    case 'import':
      for (const name of node.names) importModule(m, frame, name)
      return
    case 'import-from':
      for (const name of node.names) importName(m, frame, node.level, node.module, name)
      return
    case 'delete':
      for (const target of node.targets) deleteTarget(m, frame, target, here(frame, node))
      return
    case 'assert':
      m.glance(frame, node.test)
      return
    case 'unknown-statement':
      for (const part of node.parts) m.evaluate(frame, part)
      return
    case 'global':
    case 'nonlocal':
    case 'pass':
      return
  }
}

/** Evaluates what stands as a statement. A function that is put off was given nothing that it could change: nothing will ask for it. */
function discard(m: Machine, frame: Frame, node: Expression): void {
  const call = node.kind === 'await' ? node.value : node
  frame.run.discarded = call
  if (call.kind === 'call' && call.callee.kind === 'name') m.evaluateLazily(frame, node)
  else m.evaluate(frame, node)
}

function assign(m: Machine, frame: Frame, node: Assign): void {
  const location = here(frame, node)
  if (!node.value) return
  const value = countsBetweenCalls(frame, node) ? unknownValue('it counts') : assigned(m, frame, node.value)
  for (const target of node.targets) {
    assignTo(m, frame, target, value, location)
    if (target.kind === 'name' && frame.kind === 'module') m.stateOf(frame.module.path)?.definitions.set(target.name, location)
  }
}

function assigned(m: Machine, frame: Frame, node: Expression): Abstract {
  return frame.kind === 'class' ? m.evaluate(frame, node) : m.evaluateLazily(frame, node)
}

/** A number that outlives the function in which it is counted on: what it is after the first call says nothing of the hundredth. */
function countsBetweenCalls(frame: Frame, node: Statement): boolean {
  const counter = counterOf(node)
  if (counter?.kind === 'name') return frame.kind === 'function' && !frame.locals.has(counter.name)
  return counter?.kind === 'attribute'
}

function augment(m: Machine, frame: Frame, node: AugmentedAssign): void {
  if (countsBetweenCalls(frame, node)) {
    assignTo(m, frame, node.target, unknownValue('it counts'), here(frame, node))
    return
  }
  const before = m.evaluate(frame, node.target)
  const value = m.evaluate(frame, node.value)
  const dict = node.operator === '|' && optionsOf(before).length === 1 ? dictOf(m, frame, before) : undefined
  // `|=` changes the dict itself, for every name that holds it.
  if (dict) spreadInto(m, frame, dict.id, value, here(frame, node), 'the right side of |=')
  else assignTo(m, frame, node.target, binary(m, frame, node.operator, before, value, node), here(frame, node))
}
