import { spanOf } from '../text/span.ts'
import type { SyntaxProblem } from './syntax.ts'

// a file in the wrong format would otherwise yield one per line
const MOST_PROBLEMS = 20

/** Collects the first problems of a file, the rest are dropped. */
export function problemList() {
  const list: SyntaxProblem[] = []
  return {
    list: list as readonly SyntaxProblem[],
    add(message: string, start: number, end: number) {
      if (list.length < MOST_PROBLEMS) list.push({ message, span: spanOf(start, Math.max(start, end)) })
    },
  }
}

export type ProblemList = ReturnType<typeof problemList>
