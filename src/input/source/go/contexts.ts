import type { Expression } from '../program/syntax.ts'

/** True for what is by its name a context.Context: it says when to give up, and carries no data. */
export function isContext(node: Expression): boolean {
  if (node.kind === 'name') return /^(?:\w*[cC]tx|context)$/.test(node.name)
  if (node.kind === 'attribute') return /^(?:\w*[cC]tx|[cC]ontext)$/.test(node.name)
  return (
    node.kind === 'call' &&
    ((node.callee.kind === 'attribute' && node.callee.object.kind === 'name' && node.callee.object.name === 'context') ||
      (node.callee.kind === 'attribute' && node.callee.name === 'Context'))
  )
}
