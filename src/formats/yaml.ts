import { Composer, CST, Lexer, Parser } from 'yaml'
import { spanOf } from '../text/span.ts'
import { DEEPEST_NESTING, TOO_DEEP } from './nesting.ts'
import { type ProblemList, problemList } from './problems.ts'
import type { Comment, Node, Parsed } from './syntax.ts'
import { parseWithTemplates } from './templated.ts'
import { yamlTree } from './yaml-tree.ts'

/**
 * Parses YAML (1.2 core schema: a plain `yes` or `on` stays a string), one node per document that is not empty. Aliases are the anchor's
 * node itself, merge keys are followed; what follows a syntax error in a document may be missing, and a problem says so.
 */
export function parseYaml(text: string): Parsed {
  return parseWithTemplates(text, 'bare', parsePlain)
}

type Token = CST.Token

function parsePlain(text: string): Parsed {
  const problems = problemList()
  const comments: Comment[] = []
  const documents: Node[] = []
  const tokens = readTokens(text, comments, problems)
  if (tokens === undefined) return { documents: [], comments: [], problems: problems.list }
  // uniqueKeys compares every pair of keys of a mapping; readers decide on duplicates
  const composer = new Composer({ uniqueKeys: false, logLevel: 'silent', strict: false })
  try {
    for (const document of composer.compose(tokens)) {
      for (const { message, pos } of document.errors)
        problems.add(message, Math.min(pos[0], text.length), Math.min(pos[1], text.length))
      const node = yamlTree(document.contents, text)
      if (node !== undefined) documents.push(node)
    }
  } catch (error) {
    // the composer throws on a few malformed inputs; documents composed before stay
    problems.add(error instanceof Error ? error.message : String(error), 0, text.length)
  }
  return { documents, comments, problems: problems.list }
}

/** The concrete syntax tree and the comments; undefined, with a problem, for a text that nests too deep for the composer's recursion. */
function readTokens(text: string, comments: Comment[], problems: ProblemList): Token[] | undefined {
  const tokens: Token[] = []
  const parser = new Parser()
  let before = ''
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme[0] === '#' && before !== CST.SCALAR) {
      comments.push({ text: lexeme.slice(1).trim(), span: spanOf(parser.offset, parser.offset + lexeme.length) })
    }
    before = lexeme
    for (const token of parser.next(lexeme)) tokens.push(token)
    if (parser.stack.length > DEEPEST_NESTING) {
      problems.add(TOO_DEEP, Math.max(0, parser.offset - lexeme.length), parser.offset)
      return undefined
    }
  }
  for (const token of parser.end()) tokens.push(token)
  return tokens
}
