import type { CommitBehaviour } from '../model/commit.ts'
import type { Handler, Node } from '../model/handler.ts'
import {
  type Cell,
  type Evidence,
  FAULTS,
  type Fault,
  type Guarantee,
  LOSSES,
  type Loss,
  type Verdict,
} from '../model/verdict.ts'
import { framed } from './framed.ts'
import { compile } from './program.ts'
import { type Found, graphsOf, search } from './search.ts'
import type { Pipeline } from './transition.ts'

/** A consumer with its handler, and what is known of the clients in it. */
export interface Judged {
  readonly consumer: string
  readonly handler: Handler
  readonly commit: CommitBehaviour
  /** False where `enable.auto.offset.store` is off. */
  readonly storesAlone: boolean
  readonly safeWrites: boolean
  readonly idempotentWrites: boolean
}

/** Runs a handler against every fault. Pure: the same handler gives the same verdict. */
export function judge({ consumer, handler, commit, storesAlone, safeWrites, idempotentWrites }: Judged): Verdict {
  const program = compile(framed(handler, commit))
  const pipeline: Pipeline = { program, commit, storesAlone, messages: 2, safeWrites, idempotentWrites }
  const uncertain = hasUnknown(handler.body)
  const graphs = graphsOf(pipeline)
  const found = new Map<Fault, Found>(FAULTS.map((fault) => [fault, search(graphs, fault)]))
  const cells = FAULTS.map((fault) => cellOf(fault, found.get(fault) as Found, uncertain))
  const bounded = [...found.values()].some((one) => one.bounded)
  const weakest = weakestOf(cells)
  return {
    consumer,
    handler: handler.id,
    cells,
    guarantee: guaranteeOf(cells, handler, bounded),
    ...(weakest === undefined ? {} : { weakest }),
    assumptions: [
      'one partition is read in order',
      'an effect is durable when its call returns',
      ...(uncertain ? ['a step that could not be followed is an effect, and may fail'] : []),
    ],
    bounded,
  }
}

function cellOf(fault: Fault, { outcomes, repeated }: Found, uncertain: boolean): Cell {
  const evidence = (loss: Loss): Partial<Record<Loss, Evidence>> => {
    const trace = outcomes[loss]
    if (!trace) return {}
    const unsure = loss === 'duplicated' ? repeated?.kind === 'unknown' : uncertain
    return { [loss]: { trace, assumptions: unsure ? ['a step that could not be followed is an effect'] : [], uncertain: unsure } }
  }
  return { fault, ...evidence('lost'), ...evidence('duplicated'), ...evidence('stuck') }
}

function hasUnknown(nodes: readonly Node[]): boolean {
  return nodes.some((node) => {
    if (node.kind === 'unknown') return node.mayAct
    if (node.kind === 'branch') return node.paths.some(({ body }) => hasUnknown(body))
    if (node.kind === 'attempt')
      return [node.body, ...node.catches.map(({ body }) => body), node.otherwise, node.finally].some(hasUnknown)
    return (node.kind === 'loop' || node.kind === 'call' || node.kind === 'together') && hasUnknown(node.body)
  })
}

const WORDS: Readonly<Record<Fault, string>> = {
  none: 'even without a fault',
  crash: 'when the process crashes',
  'throws-once': 'when the handler throws',
  'throws-always': 'when a message always fails',
  revoked: 'when the partition moves to another process',
  evicted: 'when the handler is too slow and another process takes over',
  'ack-lost': 'when an acknowledgement is lost',
  'leader-lost': 'when a leader is lost',
  'store-forgets': 'when the dedupe store forgets',
}

/** In words: "when the process crashes". */
export function tellFault(fault: Fault): string {
  return WORDS[fault]
}

const SAID: Readonly<Record<Loss, string>> = {
  lost: 'a message can be lost',
  duplicated: 'a message can be processed twice',
  stuck: 'a message can block all that follow',
}

function weakestOf(cells: readonly Cell[]): string | undefined {
  for (const loss of LOSSES) {
    const cell = cells.find((one) => one[loss])
    if (cell) return `${SAID[loss]} ${tellFault(cell.fault)}`
  }
  return undefined
}

function guaranteeOf(cells: readonly Cell[], { body }: Handler, bounded: boolean): Guarantee {
  const can = (loss: Loss) => cells.some((cell) => cell[loss])
  if (can('lost')) return can('duplicated') ? 'none' : 'at-most-once'
  if (bounded) return 'unknown'
  if (can('duplicated')) return 'at-least-once'
  return hasTransaction(body) ? 'exactly-once-in-kafka' : 'exactly-once-effect'
}

function hasTransaction(nodes: readonly Node[]): boolean {
  return JSON.stringify(nodes).includes('"commit-transaction"')
}
