import type { FileSource } from '../../../src/input/files.ts'
import { readProjects } from '../../../src/input/project/read.ts'

const INTERESTING = new Set([
  'pypi:kafka-python',
  'pypi:confluent-kafka',
  'pypi:aiokafka',
  'pypi:redis',
  'maven:org.apache.kafka:kafka-clients',
  'maven:org.springframework.kafka:spring-kafka',
  'maven:org.springframework.boot:spring-boot',
  'npm:kafkajs',
  'npm:@confluentinc/kafka-javascript',
  'go:github.com/IBM/sarama',
])

/** A source over files in memory. */
export function sourceOf(files: Readonly<Record<string, string>>): FileSource {
  return {
    files: [],
    open: (path) =>
      Object.hasOwn(files, path) ? { path, kind: 'manifest', text: files[path] as string, interest: 'pool' } : undefined,
    exists: (path) => Object.hasOwn(files, path),
    isFolder: (path) => Object.keys(files).some((file) => file.startsWith(`${path}/`)),
    filesIn: (folder) => {
      const start = folder === '' ? '' : `${folder}/`
      return Object.keys(files)
        .filter((path) => path.startsWith(start) && !path.slice(start.length).includes('/'))
        .map((path) => path.slice(start.length))
        .sort()
    },
  }
}

export function projectsOf(files: Readonly<Record<string, string>>, folders: readonly string[] = ['']) {
  return readProjects(sourceOf(files), folders, INTERESTING)
}

/** `name specifier strength path:line` of every dependency of the first project, with what stands at its location. */
export async function dependenciesOf(files: Readonly<Record<string, string>>, folder = ''): Promise<readonly string[]> {
  const { projects } = await projectsOf(files, [folder])
  const project = projects.find(({ path }) => path === folder)
  const rowsOf = new Map(Object.entries(files).map(([path, text]) => [path, text.split('\n')]))
  return (project?.dependencies ?? []).map(
    ({ name, specifier, strength, location: { path, line, column, endLine, endColumn } }) => {
      const rows = rowsOf.get(path) as string[]
      const place = line === endLine ? (rows[line - 1] as string).slice(column - 1, endColumn - 1) : '…'
      return `${name} ${specifier || '-'} ${strength} ${path}:${line} ${place}`
    },
  )
}
