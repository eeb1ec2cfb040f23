import type { Frame } from './frame.ts'

/** The source of a node for messages: on one line, and not too long. */
export function sourceText(frame: Frame, node: { readonly start: number; readonly end: number }): string {
  const text = frame.module.text.slice(node.start, node.end).replace(/\s+/g, ' ')
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
