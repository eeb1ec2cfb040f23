import type { Frame } from './frame.ts'

/** The source of a node for messages: on one line, and not too long. */
export function sourceText(frame: Frame, node: { readonly start: number; readonly end: number }): string {
  // of a node that goes over pages only the beginning is looked at, since this is asked for at every node inside
  const text = frame.module.text.slice(node.start, Math.min(node.end, node.start + 600)).replace(/\s+/g, ' ')
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
