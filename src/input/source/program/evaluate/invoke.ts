import type { Call } from '../syntax.ts'
import { methodOf } from './classes.ts'
import { externalCall } from './external.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { callFunction, MAX_DEPTH } from './functions.ts'
import { objectOf } from './heap.ts'
import { instantiate } from './instances.ts'
import { releaseArguments } from './release.ts'
import { sourceText } from './source.ts'
import { newLayer, set } from './store.ts'
import { type Abstract, dependsOf, joinValues, settle, unknownValue } from './value.ts'

/** Calls a value: a function or class of the project, something outside, or what is not known. */
export function callValue(m: Machine, frame: Frame, called: Abstract, args: readonly Argument[], node: Call): Abstract {
  const callee = settle(frame, called)
  switch (callee.kind) {
    case 'function':
      return callFunction(m, frame, callee, args, node)
    case 'class':
      return instantiate(m, frame, callee.info, args, node)
    case 'external':
      return externalCall(m, frame, callee.path, args, node)
    case 'client-method':
      return m.clients.method(m, frame, callee.client, callee.name, args, node)
    case 'choice': {
      const options = callee.options.filter((option) => !(option.kind === 'constant' && option.value === null))
      return joinValues(
        options.slice(0, 4).map((option) => callValue(m, frame, option, args, node)),
        callee.depends,
      )
    }
    case 'opaque':
      if (callee.partial)
        return callValue(m, frame, callee.partial.callee, [...(callee.partial.args as readonly Argument[]), ...args], node)
      if (callee.lambda) return callLambda(m, frame, callee.lambda, args)
      break
    case 'reference': {
      const held = objectOf(frame, callee)
      const method = held?.kind === 'instance' ? methodOf(m, held.info, '__call__') : undefined
      if (method) return callFunction(m, frame, { kind: 'function', info: method, self: callee }, args, node)
      // `cls(…)` in a class method makes an object of the class.
      if (held?.kind === 'instance' && held.symbolic) return instantiate(m, frame, held.info, args, node)
      break
    }
  }
  releaseArguments(m, frame, args, node)
  return unknownValue(`the result of ${sourceText(frame, node)} is not known`, dependsOf(callee))
}

function callLambda(
  m: Machine,
  frame: Frame,
  lambda: NonNullable<Extract<Abstract, { kind: 'opaque' }>['lambda']>,
  args: readonly Argument[],
): Abstract {
  if (frame.run.active.length >= MAX_DEPTH || ++frame.run.steps > frame.run.limit) return unknownValue('a lambda')
  const outer = lambda.frame as Frame
  const names = lambda.node.parameters.map((p) => p.name)
  const inner: Frame = {
    ...outer,
    kind: 'function',
    run: frame.run,
    locals: new Set(names),
    parent: outer,
    chain: frame.chain,
    flow: { ...frame.flow, vars: newLayer() },
  }
  for (const [i, name] of names.entries()) set(inner.flow.vars, name, args[i]?.value ?? unknownValue(`${name} is not given`))
  return m.evaluate(inner, lambda.node.body)
}
