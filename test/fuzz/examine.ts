import { isDeepStrictEqual } from 'node:util'
import { RULES } from '../../rules/index.ts'
import { assembleReport } from '../../src/engine/assemble.ts'
import { verdictOf } from '../../src/engine/exit.ts'
import { parseConfig } from '../../src/formats/parse.ts'
import { secretSpans } from '../../src/formats/secrets.ts'
import type { ConfigFormat } from '../../src/formats/syntax.ts'
import { kindOf } from '../../src/input/discover/kinds.ts'
import type { FileKind } from '../../src/input/files.ts'
import { readDiscovered } from '../../src/input/read.ts'
import { parsePython, parseWithGrammar } from '../../src/input/source/python/parse.ts'
import { parsePlain } from '../../src/input/source/python/quick/parse.ts'
import { FORMATS } from '../../src/output/formats.ts'
import { resolveFacts } from '../../src/resolve/facts.ts'
import { PLAIN } from '../../src/text/style.ts'
import { allSpans } from '../formats/tree.ts'
import { type Files, sourceOf } from './memory.ts'
import { strayPlaceIn, straySpan } from './places.ts'

const CONFIG: ReadonlySet<FileKind> = new Set(['properties', 'yaml', 'json', 'toml', 'env', 'ini'])

/** What is wrong with how one file is read, as far as its parser alone can tell; undefined where nothing is. */
export async function problemOfFile(path: string, text: string): Promise<string | undefined> {
  return caught(async () => {
    const kind = kindOf(path.slice(path.lastIndexOf('/') + 1))
    if (kind === 'python') return problemOfPython(text)
    if (kind === undefined || !CONFIG.has(kind)) return undefined
    const parsed = await parseConfig(kind as ConfigFormat, text)
    return straySpan([...allSpans(parsed), ...secretSpans(parsed, text)], text.length)
  })
}

/** Whatever the quick reader takes for plain Python, the grammar reads to the same tree. */
function problemOfPython(text: string): string | undefined {
  const { comments, problems, tooDeep } = parsePython(text)
  const spans = [...comments, ...problems].map(({ span }) => span)
  const stray = straySpan(tooDeep ? [...spans, tooDeep] : spans, text.length)
  if (stray) return stray
  const plain = parsePlain(text)
  if (!plain) return undefined
  const whole = parseWithGrammar(text)
  // the grammar also stumbles over some of what Python reads, such as blanks at the end of a file
  if (whole.problems.length > 0) return undefined
  const same = isDeepStrictEqual(withoutEnds(plain), withoutEnds({ module: whole.module, comments: whole.comments }))
  return same ? undefined : 'the quick reader reads another tree than the grammar'
}

/** A tree without the ends of its nodes: to the grammar a bare `yield` takes in the blanks after it. */
function withoutEnds(tree: object): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === 'end' ? undefined : value)))
}

/** What is wrong with the audit of a project: it throws, a rule fails, or a place lies outside the files. Undefined where nothing is. */
export async function problemOfProject(files: Files): Promise<string | undefined> {
  return caught(async () => {
    const source = sourceOf(files)
    const input = await readDiscovered({ source, skipped: [], files: source.files.map(({ path }) => path) })
    const facts = resolveFacts(input, { assume: {}, intents: [] })
    const report = assembleReport(
      { facts, skipped: input.skipped, files: source.files.length },
      { rules: RULES, select: [], ignore: [], severities: {}, persona: 'auditor', now: new Date('2026-01-01T00:00:00Z') },
    )
    const [failed] = report.failures
    if (failed) return `a rule failed: ${JSON.stringify(failed)}`
    const stray = strayPlaceIn([report, input.clients, input.handlers, input.keyWrites, input.deployments], files)
    if (stray) return stray
    for (const { path, text, comments, secrets } of facts.documents.values()) {
      const outside = straySpan([...comments.map(({ span }) => span), ...secrets], text.length)
      if (outside) return `${path}: ${outside}`
    }
    // each input in one format, so that all have their share
    const size = Object.values(files).reduce((sum, text) => sum + text.length, 0)
    const format = [...FORMATS.values()][size % FORMATS.size]
    await format?.(report, {
      documents: facts.documents,
      fromHere: (path) => path,
      verdict: verdictOf(report, { failOn: 'error', strict: false }),
      rules: async () => RULES,
      style: PLAIN,
      width: 120,
      quiet: false,
      everySetting: size % 2 === 0,
    })
    return undefined
  })
}

async function caught(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work()
  } catch (error) {
    return `it threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}
