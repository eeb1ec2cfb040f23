import { lookUp } from '../../text/table.ts'

/** Folders that never hold a project's own sources: version control, editors, CI, dependencies, caches. */
const NEVER = new Set(
  `.git .hg .svn .bzr .jj CVS _darcs .github .gitlab .circleci .azure .azuredevops .buildkite .idea .vscode .vs .settings .fleet
node_modules bower_components jspm_packages .yarn .pnpm-store .npm vendor third_party third-party thirdparty 3rdparty _vendor _vendored
site-packages dist-packages __pycache__ __pypackages__ .venv venv virtualenv .virtualenv virtualenvs .eggs .tox .nox .direnv
.mypy_cache .pytest_cache .ruff_cache .pytype .hypothesis .ipynb_checkpoints .cache .gradle .mvn .bundle .cargo
.next .nuxt .svelte-kit .angular .turbo .parcel-cache .docusaurus .terraform .serverless .aws-sam cdk.out bazel-out
htmlcov .nyc_output lcov-report _site _build cmake-build-debug cmake-build-release
generated __generated__ .generated generated-sources generated-src`.split(/\s+/),
)

/**
 * Names that are build output in one project and ordinary sources in the next: a manifest beside the folder says that a tool writes it, or
 * its own content does.
 */
const OUTPUT: Readonly<Record<string, { readonly beside: RegExp; readonly inside: RegExp }>> = {
  target: {
    beside: /^(?:pom\.xml|build\.sbt|Cargo\.toml|project\.clj)$/,
    inside: /^(?:classes|test-classes|generated-sources|maven-.*|surefire-reports|debug|release|scala-\d.*|.*\.(?:jar|war))$/,
  },
  build: {
    beside:
      /^(?:build\.gradle|build\.gradle\.kts|setup\.py|pyproject\.toml|setup\.cfg|package\.json|CMakeLists\.txt|meson\.build)$/,
    inside:
      /^(?:bdist\..*|lib\..*|libs|classes|tmp|reports|generated|CMakeCache\.txt|CMakeFiles|index\.html|asset-manifest\.json)$/,
  },
  dist: {
    beside: /^(?:package\.json|setup\.py|pyproject\.toml|setup\.cfg|tsconfig\.json|.*\.cabal)$/,
    inside: /^(?:.*\.whl|.*\.tar\.gz|.*\.jar|.*\.min\.js|index\.html|index\.js|main\.js|bundle\.js)$/,
  },
  out: {
    beside: /^(?:package\.json|tsconfig\.json|build\.gradle|build\.gradle\.kts|foundry\.toml|next\.config\..*|.*\.iml)$/,
    inside: /^(?:production|artifacts|classes|_next|index\.html)$/,
  },
  bin: { beside: /^(?:\.classpath|build\.gradle|build\.gradle\.kts|pom\.xml)$/, inside: /^(?:com|org|io|default|.*\.class)$/ },
  coverage: {
    beside: /^(?!)/,
    inside: /^(?:lcov\.info|lcov-report|index\.html|coverage-final\.json|clover\.xml|cobertura.*\.xml)$/,
  },
  site: { beside: /^mkdocs\.ya?ml$/, inside: /^(?:sitemap\.xml(?:\.gz)?|search_index\.json)$/ },
}

const SOURCE = /\.(?:py|java|kt|go|ts|rs|rb|scala)$|^(?:Dockerfile|__init__\.py)/

const TESTS = new Set(
  `test tests testing __tests__ __test__ spec specs __specs__ testdata test_data test-data unittest unittests pytest e2e
systemtest systemtests docs doc documentation`.split(/\s+/),
)
const COMPOUND_TESTS = /^(?:unit|integration|functional|system|acceptance|smoke|e2e|end-to-end|load|performance)[-_]tests?$/i
/** Source sets of Gradle and Maven beside `src/test`. */
const TEST_SOURCE_SETS = /^(?:it|testFixtures|\w+Tests?)$/

const TEST_FILES = /^(?:test_.*\.py|.*_tests?\.py|tests?\.py|conftest\.py|.*_test\.go)$|\.(?:spec|test)\.[^.]+$/

/** True for folders that are never walked unless the user names them. `inMain`: below `src/main`, where every folder is a package or a resource. */
export function isNeverSource(name: string, inMain: boolean): boolean {
  return NEVER.has(name) ? !inMain || name.charCodeAt(0) === 46 || name === 'node_modules' : name.endsWith('.egg-info')
}

/** True for names that may be build output, so that {@link looksLikeOutput} has to decide. */
export function mayBeOutput(name: string): boolean {
  return Object.hasOwn(OUTPUT, name)
}

/** True when a folder is build output, judged by the names beside it and in it. */
export function looksLikeOutput(name: string, beside: readonly string[], inside: readonly string[]): boolean {
  const signs = lookUp(OUTPUT, name)
  if (signs === undefined) return false
  if (inside.some((entry) => signs.inside.test(entry))) return !inside.includes('__init__.py')
  // ports and adapters: `adapters/in` and `adapters/out` are packages
  if (name === 'bin' || inside.some((entry) => SOURCE.test(entry)) || beside.includes('in')) return false
  return beside.some((entry) => signs.beside.test(entry))
}

/** True for a folder whose own content says that a tool made it: a virtual environment, a cache. */
export function marksItselfAsMade(entry: string): boolean {
  return entry === 'pyvenv.cfg' || entry === 'CACHEDIR.TAG'
}

/** True for folders of tests and documentation, which are off by default. `parent` is the name of the folder that holds it. */
export function isTestFolder(name: string, parent: string): boolean {
  return TESTS.has(name) || COMPOUND_TESTS.test(name) || (parent === 'src' && TEST_SOURCE_SETS.test(name))
}

export function isTestFile(name: string): boolean {
  return TEST_FILES.test(name)
}
