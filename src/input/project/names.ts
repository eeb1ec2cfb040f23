const EXACT = new Set([
  'pyproject.toml',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile',
  'Pipfile.lock',
  'setup.cfg',
  'setup.py',
  'environment.yml',
  'environment.yaml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'libs.versions.toml',
  'gradle.lockfile',
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'go.mod',
])

/** requirements.txt, requirements-dev.txt, dev-requirements.txt, requirements.in, constraints.txt, … */
const REQUIREMENTS = /^(?:[\w.-]*[-_.])?(?:requirements?|constraints?)(?:[-_.][\w.-]*)?\.(?:txt|in|pip)$/i

/** True for files that say which library versions a project uses; they are never read as configuration or source. */
export function isManifest(name: string): boolean {
  return EXACT.has(name) || isRequirements(name)
}

/** True for pip's requirements and constraints files, by name. */
export function isRequirements(name: string): boolean {
  return REQUIREMENTS.test(name)
}
