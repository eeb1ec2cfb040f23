import { type Span, spanOf } from '../../text/span.ts'

/** An element: its name without namespace prefix, its text, and where text and element stand. */
export interface Element {
  readonly name: string
  readonly children: readonly Element[]
  /** Trimmed text, entities resolved; empty when there is none. */
  readonly text: string
  /** The text as written, or the whole element when it has none. */
  readonly span: Span
}

interface Open {
  readonly name: string
  readonly start: number
  readonly content: number
  readonly children: Element[]
}

/** More open elements than a pom ever has. */
const DEEPEST = 200

// a tag ends at the next `<` at the latest, so that a broken file costs no more than a whole one
const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[?!][^<>]*>?|<(\/?)([\w:.-]{1,200})(?:\s[^<>]*?)?(\/?)>/g

/** Reads the elements of an XML text, past whatever is broken: an end tag closes the nearest element of its name, or nothing. */
export function readXml(text: string): readonly Element[] {
  const top: Open = { name: '', start: 0, content: 0, children: [] }
  const open: Open[] = [top]
  const close = (end: number, after: number) => {
    const { name, start, content, children } = open.pop() as Open
    const inner = text.slice(content, end)
    const hasText = children.length === 0 && inner.trim() !== ''
    const lead = inner.length - inner.trimStart().length
    const span = hasText ? spanOf(content + lead, content + inner.trimEnd().length) : spanOf(start, after)
    open.at(-1)?.children.push({ name, children, text: hasText ? plainText(inner) : '', span })
  }
  for (const match of text.matchAll(TOKEN)) {
    const [token, slash, qualified, empty] = match
    if (qualified === undefined) continue
    const name = qualified.slice(qualified.indexOf(':') + 1)
    const after = match.index + token.length
    if (slash === '/') {
      const depth = open.findLastIndex((one, i) => i > 0 && one.name === name)
      while (depth > 0 && open.length > depth) close(match.index, after)
    } else if (open.length < DEEPEST) {
      open.push({ name, start: match.index, content: after, children: [] })
      if (empty === '/') close(after, after)
    }
  }
  while (open.length > 1) close(text.length, text.length)
  return top.children
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" }

function plainText(inner: string): string {
  return inner
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')
    .replace(/&(?:lt|gt|amp|quot|apos);/g, (entity) => ENTITIES[entity] as string)
    .trim()
}

/** The first child of each name in turn. */
export function childAt(element: Element | undefined, ...names: readonly string[]): Element | undefined {
  let found = element
  for (const name of names) found = found?.children.find((child) => child.name === name)
  return found
}
