/** A Redis command that a Lua script calls. */
export interface ScriptCommand {
  /** In capitals: `SETNX`. */
  readonly name: string
  /** The arguments after the name, as the script writes them. */
  readonly args: readonly string[]
  /** Offset of the call in the script. */
  readonly start: number
  readonly end: number
  /** Conditions of the blocks around it, outermost first; `else` blocks are told by a `not`. */
  readonly under: readonly Condition[]
  /** The local variable that its answer is kept in. */
  readonly answer?: string
}

/** The condition of a block, as words: names, strings, numbers and signs. */
export interface Condition {
  readonly words: readonly string[]
  readonly negated: boolean
  /** Commands that stand in the condition itself, by where they start. */
  readonly calls: readonly number[]
}

interface Token {
  readonly text: string
  readonly kind: 'name' | 'text' | 'number' | 'sign'
  readonly start: number
  readonly end: number
}

const TOKEN =
  /--\[\[[\s\S]*?\]\]|--[^\n]*|\[\[[\s\S]*?\]\]|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|[A-Za-z_]\w*|\d+(?:\.\d+)?|[=~<>]=|\.\.|[^\s]/g

/** True for text that calls Redis from Lua. */
export function isScript(text: string): boolean {
  return /\bredis\s*\.\s*p?call\s*\(/.test(text)
}

/** The commands of a Lua script, in the order of the text, each with the conditions that it stands under. Never throws: what is no Lua gives what could be read. */
export function commandsIn(script: string): readonly ScriptCommand[] {
  const tokens = tokensOf(script)
  const commands: ScriptCommand[] = []
  /** One entry for each block that `end` closes. */
  const blocks: (Condition | undefined)[] = []
  let heading: { words: string[]; calls: number[] } | undefined
  for (let i = 0; i < tokens.length; i++) {
    const { text, kind, start } = tokens[i] as Token
    if (heading && !(kind === 'name' && text === 'then')) heading.words.push(text)
    if (kind === 'name') {
      switch (text) {
        case 'if':
          heading = { words: [], calls: [] }
          continue
        case 'elseif':
          blocks.pop()
          heading = { words: [], calls: [] }
          continue
        case 'then':
          blocks.push({ words: heading?.words ?? [], calls: heading?.calls ?? [], negated: false })
          heading = undefined
          continue
        case 'else': {
          const before = blocks.pop()
          blocks.push(before && { ...before, negated: true })
          continue
        }
        case 'do':
        case 'function':
        case 'repeat':
          blocks.push(undefined)
          continue
        case 'end':
        case 'until':
          blocks.pop()
          continue
      }
    }
    const call = callAt(tokens, i)
    if (!call) continue
    heading?.calls.push(start)
    const answer = answerOf(tokens, i)
    commands.push({
      ...call,
      start,
      under: blocks.filter((block) => block !== undefined),
      ...(answer === undefined ? {} : { answer }),
    })
  }
  return commands
}

function tokensOf(script: string): readonly Token[] {
  const tokens: Token[] = []
  for (const match of script.matchAll(TOKEN)) {
    const [text] = match
    if (text.startsWith('--')) continue
    const kind =
      /^["'[]/.test(text) && text.length > 1 ? 'text' : /^[A-Za-z_]/.test(text) ? 'name' : /^\d/.test(text) ? 'number' : 'sign'
    tokens.push({ text, kind, start: match.index, end: match.index + text.length })
  }
  return tokens
}

/** `redis.call('NAME', …)` at a token. */
function callAt(tokens: readonly Token[], at: number): Pick<ScriptCommand, 'name' | 'args' | 'end'> | undefined {
  const [redis, dot, call, open, name] = tokens.slice(at, at + 5)
  if (redis?.text !== 'redis' || dot?.text !== '.' || !(call?.text === 'call' || call?.text === 'pcall') || open?.text !== '(')
    return undefined
  if (name?.kind !== 'text') return undefined
  const args: string[] = []
  let depth = 0
  let current = ''
  for (let i = at + 5; i < tokens.length; i++) {
    const { text, end } = tokens[i] as Token
    if (depth === 0 && text === ')') {
      if (current !== '') args.push(current)
      return { name: unquoted(name.text).toUpperCase(), args, end }
    }
    if (depth === 0 && text === ',') {
      if (current !== '') args.push(current)
      current = ''
      continue
    }
    if (/^[([{]$/.test(text)) depth++
    if (/^[)\]}]$/.test(text)) depth--
    current += text
  }
  return undefined
}

/** `local taken = redis.call(…)`. */
function answerOf(tokens: readonly Token[], at: number): string | undefined {
  const [name, sign] = tokens.slice(Math.max(0, at - 2), at)
  return sign?.text === '=' && name?.kind === 'name' ? name.text : undefined
}

export function unquoted(text: string): string {
  return text.startsWith('[[') ? text.slice(2, -2) : text.replace(/^["']|["']$/g, '')
}
