import type { Call } from '../syntax.ts'
import type { Argument, Frame, Machine } from './frame.ts'
import { addGap, dictOf } from './heap.ts'
import { sourceText } from './source.ts'
import { escapes } from './uses.ts'
import { optionsOf } from './value.ts'

/** What is given to code that is not seen: dicts may be changed there, clients used. */
export function releaseArguments(m: Machine, frame: Frame, args: readonly Argument[], node: Call): void {
  const callee = sourceText(frame, node.callee)
  for (const { value, location, spread } of args) {
    if (spread === '**') continue
    escapes(frame, value, `it is passed to ${callee}`, location)
    for (const option of optionsOf(value)) {
      const dict = option.kind === 'reference' ? dictOf(m, frame, option) : undefined
      if (dict) addGap(m, frame, dict.id, `it is passed to ${callee}, which may change it`, location)
    }
  }
}
