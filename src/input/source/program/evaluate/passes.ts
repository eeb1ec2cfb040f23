import type { Expression } from '../syntax.ts'

export function aliasesIn(node: Expression, into: Set<string>): void {
  switch (node.kind) {
    case 'name':
    case 'attribute':
      into.add(node.name)
      return
    case 'subscript':
      aliasesIn(node.object, into)
      return
    case 'conditional':
      aliasesIn(node.then, into)
      aliasesIn(node.otherwise, into)
      return
    case 'bool':
      aliasesIn(node.left, into)
      aliasesIn(node.right, into)
      return
    case 'call':
      // `w = Wrapper(conf)` may keep what it is given, and change it later.
      for (const argument of node.positional) aliasesIn(argument, into)
      for (const keyword of node.keywords) aliasesIn(keyword.value, into)
      return
    case 'await':
    case 'starred':
      aliasesIn(node.value, into)
      return
    case 'dict':
      for (const entry of node.entries) if (entry.key) aliasesIn(entry.value, into)
      return
    case 'list':
    case 'tuple':
    case 'set':
      for (const item of node.items) aliasesIn(item, into)
      return
    default:
      return
  }
}

/** Identifiers whose value an expression may pass on as it is: itself, what a call makes, one of several. */
export function passedFrom(node: Expression, into: Set<string>): void {
  switch (node.kind) {
    case 'name':
      into.add(node.name)
      return
    case 'attribute':
      into.add(node.name)
      // A method of a client, bound to a name.
      if (node.object.kind === 'name') into.add(node.object.name)
      return
    case 'call':
      if (node.callee.kind === 'name') into.add(node.callee.name)
      else if (node.callee.kind === 'attribute') into.add(node.callee.name)
      if (into.has('partial') || into.has('cast')) for (const argument of node.positional) passedFrom(argument, into)
      // `enter_context(make())`, `closing(make())`, `wait(make())` pass on what they are given.
      for (const argument of node.positional)
        if (argument.kind === 'call' || argument.kind === 'await') passedFrom(argument, into)
      return
    case 'await':
    case 'starred':
      passedFrom(node.value, into)
      return
    case 'conditional':
      passedFrom(node.then, into)
      passedFrom(node.otherwise, into)
      return
    case 'bool':
      passedFrom(node.left, into)
      passedFrom(node.right, into)
      return
    case 'tuple':
    case 'list':
    case 'set':
      for (const item of node.items) passedFrom(item, into)
      return
    case 'dict':
      for (const entry of node.entries) passedFrom(entry.value, into)
      return
    case 'comprehension':
      passedFrom(node.element, into)
      return
    case 'subscript':
      passedFrom(node.object, into)
      return
    case 'walrus':
      passedFrom(node.value, into)
      return
    default:
      return
  }
}
