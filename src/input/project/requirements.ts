import { posix } from 'node:path'
import { spanOf } from '../../text/span.ts'
import { readRequirement } from './pep440.ts'
import { isSecondary, type ManifestReader, type Reading, type Statement } from './statement.ts'

/** Reads pip's requirements and constraints files: one requirement a line, `-r` and `-c`, continuations, hashes, markers. */
export const readRequirements: ManifestReader = ({ path, text, wanted }): Reading => {
  const statements: Statement[] = []
  const includes: string[] = []
  const secondary = isSecondary(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''))
  for (const { line, start } of logicalLines(text)) {
    const include = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/.exec(line)
    if (include !== null) {
      const target = include[1] as string
      if (!/^\w+:\/\//.test(target)) includes.push(posix.join(posix.dirname(path), target))
      continue
    }
    const editable = /^\s*(?:-e|--editable)\b/.test(line) || /^\s*[\w+]+:\/\//.test(line)
    const requirement = editable ? undefined : readRequirement(line)
    if (requirement === undefined || !wanted.has('pypi', requirement.name)) continue
    const from = start + line.search(/\S/)
    statements.push({
      ecosystem: 'pypi',
      name: requirement.name,
      specifier: requirement.specifier,
      allows: requirement.allows,
      span: spanOf(from, start + requirement.end),
      secondary,
    })
  }
  return { statements, includes }
}

/** Lines with their continuations, as pip joins them; only what stands on the first line is worth a span. */
function* logicalLines(text: string): Generator<{ line: string; start: number }> {
  let start = 0
  let continued = false
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (!continued && !/^\s*(?:#|$)/.test(line)) yield { line: line.replace(/\\$/, ''), start }
    continued = line.endsWith('\\') && !/^\s*#/.test(line)
    start += raw.length + 1
  }
}
