import { readConda } from './conda.ts'
import { readGoMod } from './go-mod.ts'
import { readGradle, readGradleLock, readVersionCatalog } from './gradle.ts'
import { isRequirements } from './names.ts'
import { readNpmLock, readPackageJson, readPnpmLock, readYarnLock } from './npm.ts'
import { readPom } from './pom.ts'
import { readPipfile, readPyproject } from './pyproject.ts'
import { readPipfileLock, readPythonLock } from './python-lock.ts'
import { readRequirements } from './requirements.ts'
import { readSetupCfg, readSetupPy } from './setup.ts'
import type { ManifestReader } from './statement.ts'

const READERS: ReadonlyMap<string, ManifestReader> = new Map([
  ['pyproject.toml', readPyproject],
  ['poetry.lock', readPythonLock],
  ['uv.lock', readPythonLock],
  ['pdm.lock', readPythonLock],
  ['Pipfile', readPipfile],
  ['Pipfile.lock', readPipfileLock],
  ['setup.cfg', readSetupCfg],
  ['setup.py', readSetupPy],
  ['environment.yml', readConda],
  ['environment.yaml', readConda],
  ['pom.xml', readPom],
  ['build.gradle', readGradle],
  ['build.gradle.kts', readGradle],
  ['libs.versions.toml', readVersionCatalog],
  ['gradle.lockfile', readGradleLock],
  ['package.json', readPackageJson],
  ['package-lock.json', readNpmLock],
  ['npm-shrinkwrap.json', readNpmLock],
  ['yarn.lock', readYarnLock],
  ['pnpm-lock.yaml', readPnpmLock],
  ['go.mod', readGoMod],
])

/** Names to look for where a folder cannot be listed. */
export const MANIFEST_NAMES: readonly string[] = [...READERS.keys(), 'requirements.txt', 'constraints.txt']

/** The reader of a manifest, by its name and that of the folder that holds it: any text file in `requirements/` is one of pip's. */
export function readerOf(name: string, folder: string): ManifestReader | undefined {
  return (
    READERS.get(name) ??
    (isRequirements(name) || (folder === 'requirements' && /\.(?:txt|in)$/.test(name)) ? readRequirements : undefined)
  )
}
