import type { Node, Parsed } from '../../formats/syntax.ts'
import { at, entriesOf, firstProblem, textOf } from './nodes.ts'
import { normaliseName, readPep440, readRequirement } from './pep440.ts'
import { readPoetryConstraint } from './semver.ts'
import { isVersion, pin, type Specifier, UNSPECIFIED } from './specifier.ts'
import { isSecondary, type Manifest, type ManifestReader, type Statement } from './statement.ts'

/** Reads pyproject.toml: PEP 621, dependency groups, Poetry, uv, PDM and Hatch. */
export const readPyproject: ManifestReader = async (manifest) => {
  const parsed = await parse(manifest)
  if (parsed === undefined) return { statements: [] }
  const root = parsed.documents[0]
  const statements: Statement[] = []
  const list = (node: Node | undefined, secondary: boolean) => statements.push(...fromList(node, secondary, manifest))
  const table = (node: Node | undefined, secondary: boolean) =>
    statements.push(...fromTable(node, secondary, manifest, readPoetryConstraint))
  const groups = (node: Node | undefined) => {
    for (const { key, value } of entriesOf(node)) list(value, isSecondary(key))
  }

  statements.push(...ownVersion(root, manifest))
  list(at(root, 'project', 'dependencies'), false)
  groups(at(root, 'project', 'optional-dependencies'))
  groups(at(root, 'dependency-groups'))
  table(at(root, 'tool', 'poetry', 'dependencies'), false)
  table(at(root, 'tool', 'poetry', 'dev-dependencies'), true)
  for (const { key, value } of entriesOf(at(root, 'tool', 'poetry', 'group'))) table(at(value, 'dependencies'), isSecondary(key))
  list(at(root, 'tool', 'uv', 'constraint-dependencies'), false)
  list(at(root, 'tool', 'uv', 'override-dependencies'), false)
  list(at(root, 'tool', 'uv', 'dev-dependencies'), true)
  for (const { value } of entriesOf(at(root, 'tool', 'pdm', 'dev-dependencies'))) list(value, true)
  for (const { value } of entriesOf(at(root, 'tool', 'hatch', 'envs'))) list(at(value, 'dependencies'), true)
  return { statements, problem: firstProblem(parsed) }
}

/** Reads a Pipfile: `kafka-python = "==2.0.2"`, or a table with a version. */
export const readPipfile: ManifestReader = async (manifest) => {
  const parsed = await parse(manifest)
  if (parsed === undefined) return { statements: [] }
  const root = parsed.documents[0]
  return {
    statements: [
      ...fromTable(at(root, 'packages'), false, manifest, readPipfileVersion),
      ...fromTable(at(root, 'dev-packages'), true, manifest, readPipfileVersion),
    ],
    problem: firstProblem(parsed),
  }
}

function readPipfileVersion(text: string): Specifier {
  return text.trim() === '*' ? UNSPECIFIED : readPep440(text)
}

async function parse({ text, wanted }: Manifest): Promise<Parsed | undefined> {
  if (!wanted.mentionedIn('pypi', text)) return undefined
  const { parserFor } = await import('../../formats/parse.ts')
  return (await parserFor('toml'))(text)
}

/** The repository of a library says which version its own examples run with. */
function ownVersion(root: Node | undefined, { wanted }: Manifest): readonly Statement[] {
  return [at(root, 'project'), at(root, 'tool', 'poetry')].flatMap((project) => {
    const name = normaliseName(textOf(at(project, 'name')) ?? '')
    const version = at(project, 'version')
    const specifier = textOf(version)
    // 0.0.0 is what stands there when the version is worked out at the build
    if (version === undefined || specifier === undefined || !isVersion(specifier) || /^[0.]+$/.test(specifier)) return []
    if (!wanted.has('pypi', name)) return []
    return [{ ecosystem: 'pypi' as const, name, specifier, allows: pin(specifier), span: version.span }]
  })
}

/** A list of PEP 508 requirements. */
function fromList(node: Node | undefined, secondary: boolean, { wanted }: Manifest): readonly Statement[] {
  if (node?.kind !== 'sequence') return []
  return node.items.flatMap((item) => {
    const text = textOf(item)
    const requirement = text === undefined ? undefined : readRequirement(text)
    if (requirement === undefined || !wanted.has('pypi', requirement.name)) return []
    const { name, specifier, allows } = requirement
    return [{ ecosystem: 'pypi' as const, name, specifier, allows, span: item.span, secondary }]
  })
}

/** A table of names with a constraint, a table that holds one, or a list of such tables for different platforms. */
function fromTable(
  node: Node | undefined,
  secondary: boolean,
  { wanted }: Manifest,
  read: (text: string) => Specifier,
): readonly Statement[] {
  return entriesOf(node).flatMap(({ key, value, span }) => {
    const name = normaliseName(key)
    if (!wanted.has('pypi', name)) return []
    const several = value.kind === 'sequence'
    return (several ? value.items : [value]).map((one) => {
      const specifier = textOf(one) ?? textOf(at(one, 'version')) ?? ''
      const allows = specifier === '' ? UNSPECIFIED : read(specifier)
      return { ecosystem: 'pypi' as const, name, specifier, allows, span: several ? one.span : span, secondary }
    })
  })
}
