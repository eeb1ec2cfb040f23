import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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
  execFileSync('mvn', ['-q', '-B', '-f', pom, 'dependency:copy'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
