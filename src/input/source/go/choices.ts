import type { SyntaxNode } from '@lezer/common'
import type { Expression, MatchCase, Statement } from '../program/syntax.ts'
import { assignedIn, assignments } from './assignments.ts'
import { childrenOf, type Lifting, resolve, spanOf, textOf, unknown } from './lifting.ts'

interface Case {
  readonly node: SyntaxNode
  readonly isDefault: boolean
  readonly heads: readonly SyntaxNode[]
  readonly body: readonly SyntaxNode[]
}

/** The cases of a switch or select: a Case node, and the statements up to the next. */
function casesOf(node: SyntaxNode): readonly Case[] {
  const inner = node.getChild('SwitchBlock') ?? node.getChild('SelectBlock')
  const cases: { node: SyntaxNode; isDefault: boolean; heads: readonly SyntaxNode[]; body: SyntaxNode[] }[] = []
  for (const child of inner ? childrenOf(inner) : [])
    if (child.name === 'Case')
      cases.push({ node: child, isDefault: child.firstChild?.name === 'default', heads: childrenOf(child), body: [] })
    else cases.at(-1)?.body.push(child)
  return cases
}

/** `break` leaves the switch, which ends anyway where it stands last. */
function bodyOf(l: Lifting, { body }: Case): readonly Statement[] {
  const last = body.at(-1)
  return l.statements(l, last && textOf(l, last) === 'break' ? body.slice(0, -1) : body)
}

/** A `switch`: by the value of its subject, or by conditions. */
export function choice(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const before = childrenOf(node).filter(({ name }) => name !== 'SwitchBlock')
  const init = before.find((one) => one.nextSibling?.name === ';')
  const subject = before.find((one) => one !== init)
  const first = init ? l.statements(l, [init]) : []
  const cases = casesOf(node)
  const span = spanOf(node)
  if (subject) return [...first, matched(l, l.expression(l, subject), cases, span)]
  // without a subject the cases are conditions
  const otherwise = cases.find((one) => one.isDefault)
  let rest: readonly Statement[] = otherwise ? bodyOf(l, otherwise) : []
  for (const one of cases.filter(({ isDefault }) => !isDefault).reverse()) {
    const [test] = one.heads
    rest = [{ kind: 'if', test: l.expression(l, test), body: bodyOf(l, one), otherwise: rest, ...spanOf(one.node) }]
  }
  return [...first, ...rest]
}

function matched(l: Lifting, subject: Expression, cases: readonly Case[], span: { start: number; end: number }): Statement {
  const all = cases.map(
    (one): MatchCase => ({ captures: [], irrefutable: one.isDefault, body: bodyOf(l, one), ...spanOf(one.node) }),
  )
  const ordered = [...all.filter((one) => !one.irrefutable), ...all.filter((one) => one.irrefutable)]
  return { kind: 'match', subject, cases: ordered, ...span }
}

/** A `switch` over the type of something. */
export function typeChoice(l: Lifting, node: SyntaxNode): readonly Statement[] {
  const parts = childrenOf(node).filter(({ name }) => name !== 'SwitchBlock')
  const definition = parts.find(({ name }) => name === 'DefName')
  const subject = l.expression(l, parts.filter((part) => part !== definition && part.name !== 'VarDecl').at(-1))
  const bound: readonly Statement[] = definition
    ? [
        {
          kind: 'assign',
          targets: [resolve(l, textOf(l, definition), spanOf(definition))],
          value: subject,
          ...spanOf(definition),
        },
      ]
    : []
  return [...bound, matched(l, subject, casesOf(node), spanOf(node))]
}

/** A select takes one of its cases; what it receives there is assigned first. */
export function selection(l: Lifting, node: SyntaxNode): Statement {
  const span = spanOf(node)
  const cases = casesOf(node)
  const bodies = cases.map((one): MatchCase => {
    const received = one.heads.flatMap((head) => {
      if (head.name === 'SendStatement') return l.statements(l, [head])
      const assigned = assignedIn(head)
      return assigned ? assignments(l, assigned) : []
    })
    return { captures: [], irrefutable: one.isDefault, body: [...received, ...bodyOf(l, one)], ...spanOf(one.node) }
  })
  const last = bodies.at(-1)
  // without a default it waits for one of them
  const ordered = bodies.some((one) => one.irrefutable)
    ? [...bodies.filter((one) => !one.irrefutable), ...bodies.filter((one) => one.irrefutable)]
    : last
      ? [...bodies.slice(0, -1), { ...last, irrefutable: true }]
      : []
  return { kind: 'match', subject: unknown(span), cases: ordered, ...span }
}
