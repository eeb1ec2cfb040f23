import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'

/** `group:artifact:version`. */
export type Artifact = string

/** True when the command answers `-version` with success. */
export function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** The jar of an artifact inside a folder filled by `fetchJars`. */
export function jarPath(folder: string, artifact: Artifact): string {
  const [, name, version] = artifact.split(':')
  return join(folder, `${name}-${version}.jar`)
}

/** Copies the jars of artifacts, without what they depend on, into a folder, by one run of Maven. Those that are there stay. */
export function fetchJars(folder: string, artifacts: readonly Artifact[]): void {
  const missing = artifacts.filter((artifact) => !existsSync(jarPath(folder, artifact)))
  if (missing.length === 0) return
  mkdirSync(folder, { recursive: true })
  const items = missing.map((artifact) => {
    const [group, name, version] = artifact.split(':')
    return `<artifactItem><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></artifactItem>`
  })
  const pom = join(folder, 'pom.xml')
  writeFileSync(
    pom,
    `<project>
<modelVersion>4.0.0</modelVersion><groupId>probe</groupId><artifactId>probe</artifactId><version>1</version><packaging>pom</packaging>
<build><plugins><plugin>
<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId><version>3.6.1</version>
<configuration><outputDirectory>\${project.basedir}</outputDirectory><artifactItems>${items.join('')}</artifactItems></configuration>
</plugin></plugins></build>
</project>
`,
  )
  maven('-f', pom, 'dependency:copy')
}

/** Runs Maven; an error says what Maven said. */
function maven(...args: readonly string[]): void {
  const { status, error, stdout } = spawnSync('mvn', ['-q', '-B', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status === 0) return
  const said = (stdout ?? '').split('\n').find((line) => line.includes('ERROR'))
  throw new Error(`Maven: ${said?.replace(/^\S*ERROR\S*\s*/, '') ?? error?.message ?? `exit code ${status}`}`)
}

/**
 * Copies the jars that artifacts need at run time into a folder, in the versions that a BOM manages where they name none; returns the
 * folder's class path.
 */
export function fetchClassPath(folder: string, bom: Artifact | undefined, names: readonly Artifact[]): string {
  const lib = join(folder, 'lib')
  if (!existsSync(lib)) {
    mkdirSync(folder, { recursive: true })
    const dependencies = names.map((one) => {
      const [ofGroup, ofName, ofVersion] = one.split(':')
      const pinned = ofVersion === undefined ? '' : `<version>${ofVersion}</version>`
      return `<dependency><groupId>${ofGroup}</groupId><artifactId>${ofName}</artifactId>${pinned}</dependency>`
    })
    const pom = join(folder, 'pom.xml')
    writeFileSync(
      pom,
      `<project>
<modelVersion>4.0.0</modelVersion><groupId>probe</groupId><artifactId>probe</artifactId><version>1</version>
${managed(bom)}
<dependencies>${dependencies.join('')}</dependencies>
</project>
`,
    )
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'
    maven('-f', pom, goal, '-DoutputDirectory=lib', '-DincludeScope=runtime')
  }
  return join(lib, '*')
}

function managed(bom: Artifact | undefined): string {
  if (bom === undefined) return ''
  const [group, name, version] = bom.split(':')
  return `<dependencyManagement><dependencies><dependency>
<groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version><type>pom</type><scope>import</scope>
</dependency></dependencies></dependencyManagement>`
}

/** Compiles a probe once for all versions; returns the folder of its classes. */
export function compileProbe(source: string, classes: string): string {
  const compiled = join(classes, basename(source).replace(/\.java$/, '.class'))
  if (existsSync(compiled) && statSync(compiled).mtimeMs > statSync(source).mtimeMs) return classes
  mkdirSync(classes, { recursive: true })
  execFileSync('javac', ['-d', classes, source], { stdio: ['ignore', 'ignore', 'inherit'] })
  return classes
}

/** Runs a compiled probe and returns the JSON objects that it prints, one a line. */
export function runProbe(name: string, classPath: readonly string[], input: string): readonly Record<string, unknown>[] {
  const options = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', classPath.join(delimiter)]
  const output = execFileSync('java', [...options, name, input], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 180_000,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}
