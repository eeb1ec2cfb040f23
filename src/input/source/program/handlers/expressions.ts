import type { Node } from '../../../../model/handler.ts'
import type { Call, Expression } from '../syntax.ts'
import { forEachChild } from '../walk.ts'

import { callNodes } from './calls.ts'
import { at, type Context } from './context.ts'
import { chainNodes, togetherNodes } from './promises.ts'
import { dottedName } from './scope.ts'
import { type Follow, USED, type Usage } from './usage.ts'

/** What evaluating an expression does, in the order in which it happens. */
export function expressionNodes(ctx: Context, node: Expression, follow: Follow, usage: Usage = USED): readonly Node[] {
  switch (node.kind) {
    case 'await':
      // a task that was begun before
      if (node.value.kind === 'name' && ctx.handed.has(node.value.name)) return [{ kind: 'join', ...at(ctx, node) }]
      return expressionNodes(ctx, node.value, follow, { ...usage, awaited: true })
    case 'call':
      return calls(ctx, node, follow, usage)
    case 'lambda':
    case 'comprehension':
      return []
    default: {
      const nodes: Node[] = []
      forEachChild(node, (child) => nodes.push(...expressionNodes(ctx, child as Expression, follow)))
      return nodes
    }
  }
}

/** The object that a method is called on comes first, then the arguments, then the call itself. */
function calls(ctx: Context, call: Call, follow: Follow, usage: Usage): readonly Node[] {
  if (ctx.modules.language.words.promises) {
    const chained =
      chainNodes(ctx, call, follow, usage, expressionNodes) ??
      togetherNodes(ctx, call, dottedName(ctx.scope, call.callee), follow, usage, expressionNodes)
    if (chained) return chained
  }
  const nodes: Node[] = []
  const { callee } = call
  if (callee.kind === 'attribute')
    nodes.push(...expressionNodes(ctx, callee.object, follow, { awaited: false, result: 'chained', method: callee.name }))
  else if (callee.kind !== 'name') nodes.push(...expressionNodes(ctx, callee, follow))
  for (const arg of call.positional) nodes.push(...expressionNodes(ctx, arg, follow))
  for (const arg of call.keywords) nodes.push(...expressionNodes(ctx, arg.value, follow))
  nodes.push(...callNodes(ctx, call, usage, follow))
  return nodes
}
