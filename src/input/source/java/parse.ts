import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/java'
import type { Comment, SyntaxProblem } from '../../../formats/syntax.ts'
import type { Span } from '../../../text/span.ts'
import { type ImportFrom, type Module, type Statement, WHOLE } from '../program/syntax.ts'
import { classDef } from './classes.ts'
import { expression } from './expressions.ts'
import { isJavaLang } from './java-lang.ts'
import { childrenOf, type Lifting, spanOf } from './lifting.ts'
import { statements } from './statements.ts'

export interface ParsedJava {
  readonly module: Module
  readonly comments: readonly Comment[]
  readonly problems: readonly SyntaxProblem[]
  readonly tooDeep?: Span
}

/** Parses one Java file into the common tree. Never throws: text that is no Java gives problems, and all that can be read around them. */
export function parseJava(text: string): ParsedJava {
  const tree = parser.parse(text)
  const { comments, problems } = survey(tree, text)
  const top = childrenOf(tree.topNode)
  const imports = top.filter((node) => node.name === 'ImportDeclaration').map((node) => importOf(node, text))
  const named = new Set(imports.flatMap(({ names }) => names.map(({ name, alias }) => alias ?? name)))
  const l: Lifting = { text, imported: named, locals: [], given: new Map(), prelude: [], depth: 0, expression, statements }
  const classes: Statement[] = []
  const declared = new Set(classesIn(tree, text))
  for (const node of top)
    if (/^(?:Class|Interface|Enum|Record)Declaration$/.test(node.name)) {
      const cls = classDef(l, node)
      classes.push(...l.prelude.splice(0), cls)
    }
  const neighbours = typesIn(tree, text).filter((name) => !named.has(name) && !declared.has(name) && !isJavaLang(name))
  const wild = imports.flatMap(({ module, names }) => (names.some(({ name }) => name === '*') ? [module] : []))
  const body = [
    ...imports.filter(({ names }) => !names.some(({ name }) => name === '*')),
    ...neighbours.map((name) => neighbour(name, wild)),
    ...classes,
  ]
  return {
    module: { kind: 'module', body, start: 0, end: text.length },
    comments,
    problems,
    ...(l.tooDeep ? { tooDeep: l.tooDeep } : {}),
  }
}

/** An import names a class as a whole; a static one a member of it. */
function importOf(node: SyntaxNode, text: string): ImportFrom {
  const span = spanOf(node)
  const path = text
    .slice(node.from, node.to)
    .replace(/^import\s+|;\s*$|\s+/g, ' ')
    .trim()
  const isStatic = path.startsWith('static ')
  const dotted = path.replace(/^static\s+/, '').replace(/\s+/g, '')
  const dot = dotted.lastIndexOf('.')
  const [head, last] = [dotted.slice(0, dot), dotted.slice(dot + 1)]
  if (last === '*') return { kind: 'import-from', level: 0, module: head, names: [{ name: '*', ...span }], ...span }
  if (isStatic) return { kind: 'import-from', level: 0, module: head, names: [{ name: last, ...span }], ...span }
  return { kind: 'import-from', level: 0, module: dotted, names: [{ name: WHOLE, alias: last, ...span }], ...span }
}

/** A class that is named without an import: of a package that is imported as a whole, where it is one of these, else a file beside this one. */
function neighbour(name: string, wild: readonly string[]): ImportFrom {
  const span = { start: 0, end: 0 }
  const home = wild.find((module) => OF_PACKAGE[module]?.test(name))
  return home === undefined
    ? { kind: 'import-from', level: 1, module: name, names: [{ name: WHOLE, alias: name, ...span }], ...span }
    : { kind: 'import-from', level: 0, module: `${home}.${name}`, names: [{ name: WHOLE, alias: name, ...span }], ...span }
}

/** Classes of packages that are often imported as a whole. */
const OF_PACKAGE: Readonly<Record<string, RegExp>> = {
  'java.util':
    /^(?:Properties|(?:Linked|Tree|Weak|Identity)?HashMap|TreeMap|Map|List|ArrayList|LinkedList|Set|HashSet|Arrays|Collections|UUID|Objects|Optional|Hashtable|Scanner|Random|Date)$/,
  'java.util.concurrent': /^(?:ConcurrentHashMap|Executors?|ExecutorService|CompletableFuture|TimeUnit|Future)$/,
  'org.apache.kafka.clients.consumer':
    /^(?:KafkaConsumer|Consumer|Consumer(?:Config|Records?|RebalanceListener|GroupMetadata|Interceptor)|OffsetAndMetadata|OffsetResetStrategy|OffsetCommitCallback|CommitFailedException)$/,
  'org.apache.kafka.clients.producer':
    /^(?:KafkaProducer|Producer|Producer(?:Config|Record|Interceptor)|RecordMetadata|Callback)$/,
  'org.apache.kafka.common': /^TopicPartition$/,
  'org.springframework.kafka.core':
    /^(?:DefaultKafka(?:Consumer|Producer)Factory|KafkaTemplate|ConsumerFactory|ProducerFactory|KafkaAdmin)$/,
  'org.springframework.kafka.support': /^Acknowledgment$/,
  'org.springframework.kafka.annotation': /^(?:KafkaListener|KafkaHandler|EnableKafka|RetryableTopic|DltHandler)$/,
}

/** Names of types, and of what may be one: capitalised names that something is asked of. */
function typesIn(tree: Tree, text: string): readonly string[] {
  const found = new Set<string>()
  tree.iterate({
    enter({ name, from, to }) {
      if (name !== 'TypeName' && name !== 'Identifier') return
      const word = text.slice(from, to)
      if (/^[A-Z]\w*$/.test(word) && !/^[A-Z][A-Z0-9_]+$/.test(word)) found.add(word)
    },
  })
  return [...found].sort()
}

/** Every class that the file declares, those inside others too. */
function classesIn(tree: Tree, text: string): readonly string[] {
  const found: string[] = []
  tree.iterate({
    enter({ name, node }) {
      const definition = /^(?:Class|Interface|Enum|Record)Declaration$/.test(name) ? node.getChild('Definition') : null
      if (definition) found.push(text.slice(definition.from, definition.to))
    },
  })
  return found
}

function survey(tree: Tree, text: string): { comments: Comment[]; problems: SyntaxProblem[] } {
  const comments: Comment[] = []
  const problems: SyntaxProblem[] = []
  tree.iterate({
    enter({ name, type, from, to }) {
      if (/Comment$/.test(name))
        comments.push({ text: text.slice(from, to).replace(/^[/*\s]+|[*/\s]+$/g, ''), span: { start: from, end: to } })
      else if (type.isError && !(text.slice(from, to) === 'class' && text[from - 1] === '.'))
        problems.push({ message: 'not Java that this reader knows', span: { start: from, end: to } })
    },
  })
  return { comments, problems }
}
