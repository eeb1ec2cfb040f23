import { describe, expect, test } from 'vitest'
import { dependenciesOf, projectsOf } from './manifests.ts'

describe('requirements files', () => {
  test('one requirement a line, with everything pip allows around it', async () => {
    const text = `# comment: kafka-python==9.9
--index-url https://example.org/simple
  Kafka_Python[crc32c]==2.0.2 ; python_version < "3.12"  # pinned
confluent-kafka>=2.3,<3 \\
    --hash=sha256:aaaa
aiokafka
redis @ git+https://example.org/redis.git@v5
-e git+https://example.org/x.git#egg=kafka-python
flask==3.0
`
    expect(await dependenciesOf({ 'requirements.txt': text })).toEqual([
      'aiokafka - none requirements.txt:6 aiokafka',
      'confluent-kafka >=2.3,<3 range requirements.txt:4 confluent-kafka>=2.3,<3',
      'kafka-python ==2.0.2 pin requirements.txt:3 Kafka_Python[crc32c]==2.0.2',
      'redis - none requirements.txt:7 redis',
    ])
  })

  test('takes in other files, and ends where they include one another', async () => {
    const files = {
      'app/requirements.txt': '-r ../base.txt\n-c constraints.txt\nkafka-python\n',
      'app/constraints.txt': 'kafka-python==2.0.2\r\n',
      'base.txt': '--requirement app/requirements.txt\nredis==5.0.1\n-r https://example.org/x.txt\n-r missing.txt\n',
    }
    expect(await dependenciesOf(files, 'app')).toEqual([
      'kafka-python ==2.0.2 pin app/constraints.txt:1 kafka-python==2.0.2',
      'kafka-python - none app/requirements.txt:3 kafka-python',
      'redis ==5.0.1 pin base.txt:2 redis==5.0.1',
    ])
  })

  test('files for development count only where nothing else names the package', async () => {
    const files = {
      'requirements.txt': 'kafka-python==2.0.2',
      'requirements-dev.txt': 'kafka-python==2.2.0\naiokafka==0.10.0',
      'requirements/prod.txt': 'redis==5.0.1',
      'requirements/test.txt': 'redis==4.0.0',
    }
    expect(await dependenciesOf(files)).toEqual([
      'aiokafka ==0.10.0 pin requirements-dev.txt:2 aiokafka==0.10.0',
      'kafka-python ==2.0.2 pin requirements.txt:1 kafka-python==2.0.2',
      'redis ==5.0.1 pin requirements/prod.txt:1 redis==5.0.1',
    ])
  })
})

describe('pyproject.toml', () => {
  test('PEP 621 and dependency groups', async () => {
    const text = `[project]
name = "kafka-python"
dependencies = [
  "kafka-python~=2.0.1",
  "flask",
]
[project.optional-dependencies]
async = ["aiokafka>=0.8"]
dev = ["kafka-python==3.0.0"]
[dependency-groups]
test = ["redis<6", {include-group = "lint"}]
`
    expect(await dependenciesOf({ 'pyproject.toml': text })).toEqual([
      'aiokafka >=0.8 range pyproject.toml:8 "aiokafka>=0.8"',
      'kafka-python ~=2.0.1 range pyproject.toml:4 "kafka-python~=2.0.1"',
      'redis <6 range pyproject.toml:11 "redis<6"',
    ])
  })

  test('the repository of the library itself', async () => {
    const text = '[project]\nname = "confluent_kafka"\nversion = "2.14.2"\n[tool.poetry]\nname = "redis"\nversion = "0.0.0"\n'
    expect(await dependenciesOf({ 'pyproject.toml': text })).toEqual(['confluent-kafka 2.14.2 pin pyproject.toml:3 "2.14.2"'])
  })

  test('Poetry', async () => {
    const text = `[tool.poetry.dependencies]
python = "^3.11"
kafka-python = "^2.0"
confluent_kafka = { version = "2.3.0", extras = ["avro"] }
aiokafka = [
  { version = "<0.9", python = "<3.10" },
  { version = ">=0.10", python = ">=3.10" },
]
[tool.poetry.group.dev.dependencies]
redis = { git = "https://example.org/redis.git" }
`
    expect(await dependenciesOf({ 'pyproject.toml': text })).toEqual([
      'aiokafka <0.9 range pyproject.toml:6 { version = "<0.9", python = "<3.10" }',
      'aiokafka >=0.10 range pyproject.toml:7 { version = ">=0.10", python = ">=3.10" }',
      'confluent-kafka 2.3.0 pin pyproject.toml:4 confluent_kafka = { version = "2.3.0", extras = ["avro"] }',
      'kafka-python ^2.0 range pyproject.toml:3 kafka-python = "^2.0"',
      'redis - none pyproject.toml:10 redis = { git = "https://example.org/redis.git" }',
    ])
  })

  test('uv, PDM and Hatch', async () => {
    const text = `[tool.uv]
constraint-dependencies = ["kafka-python==2.0.2"]
dev-dependencies = ["aiokafka==0.9.0"]
[tool.pdm.dev-dependencies]
lint = ["confluent-kafka==2.1.0"]
[tool.hatch.envs.default]
dependencies = ["redis==5.0.0"]
`
    expect((await dependenciesOf({ 'pyproject.toml': text })).map((one) => one.split(' ').slice(0, 3).join(' '))).toEqual([
      'aiokafka ==0.9.0 pin',
      'confluent-kafka ==2.1.0 pin',
      'kafka-python ==2.0.2 pin',
      'redis ==5.0.0 pin',
    ])
  })

  test('what does not parse is told once, with its line', async () => {
    const { projects, skipped } = await projectsOf({
      'pyproject.toml': '[project]\ndependencies = ["kafka-python==2.0.2"\nname = = 1\n',
    })
    expect(projects.map(({ manifests }) => manifests)).toEqual([['pyproject.toml']])
    expect(skipped).toEqual([expect.objectContaining({ path: 'pyproject.toml', kind: 'syntax', line: expect.any(Number) })])
  })

  test('is not parsed when it names no package of interest', async () => {
    expect((await projectsOf({ 'pyproject.toml': '= = =' })).skipped).toEqual([])
  })
})

describe('lock files', () => {
  const table = (name: string, version: string, rest = '') =>
    `[[package]]\nname = "${name}"\nversion = "${version}"\n${rest}\n[package.dependencies]\nx = "*"\n\n`

  test.each(['poetry.lock', 'uv.lock', 'pdm.lock'])('%s', async (path) => {
    const text = `version = 1\n\n${table('flask', '3.0.0')}${table('kafka-python', '2.0.2')}${table('redis', '5.0.1')}`
    expect(await dependenciesOf({ [path]: text.replaceAll('\n', path === 'uv.lock' ? '\r\n' : '\n') })).toEqual([
      `kafka-python 2.0.2 lock ${path}:12 version = "2.0.2"`,
      `redis 5.0.1 lock ${path}:19 version = "5.0.1"`,
    ])
  })

  test('a lock beside a range, and the versions of a fork of the lock', async () => {
    const files = {
      'pyproject.toml': '[project]\ndependencies = ["kafka-python>=2"]\n',
      'uv.lock': table('kafka-python', '2.0.2') + table('kafka-python', '2.2.3'),
    }
    expect((await dependenciesOf(files)).map((one) => one.split(' ').slice(1, 3).join(' '))).toEqual([
      '>=2 range',
      '2.0.2 lock',
      '2.2.3 lock',
    ])
  })

  test('a table without a version says nothing, however long the file', async () => {
    expect(await dependenciesOf({ 'uv.lock': `[[package]]\nname = "kafka-python"\n\n${table('flask', '1.0')}` })).toEqual([])
  })

  test('Pipfile and Pipfile.lock', async () => {
    const files = {
      Pipfile:
        '[packages]\nkafka-python = "==2.0.2"\naiokafka = {version = ">=0.8", extras = ["snappy"]}\n[dev-packages]\nredis = "*"\n',
      'Pipfile.lock': `{
  "_meta": {"requires": {}},
  "default": {
    "kafka-python": {
      "hashes": ["sha256:a", "sha256:b"],
      "index": "pypi",
      "version": "==2.0.2"
    }
  },
  "develop": {"redis": {"version": "==4.5.0"}}
}`,
    }
    expect(await dependenciesOf(files)).toEqual([
      'aiokafka >=0.8 range Pipfile:3 aiokafka = {version = ">=0.8", extras = ["snappy"]}',
      'kafka-python ==2.0.2 pin Pipfile:2 kafka-python = "==2.0.2"',
      'kafka-python ==2.0.2 lock Pipfile.lock:7 "version": "==2.0.2"',
      'redis * none Pipfile:5 redis = "*"',
      'redis ==4.5.0 lock Pipfile.lock:10 "version": "==4.5.0"',
    ])
  })
})

describe('setuptools and conda', () => {
  test('setup.cfg', async () => {
    const text = `[metadata]
name = kafka-python
[options]
install_requires =
    kafka-python>=2.0 ; python_version > "3"
    # aiokafka
    flask
[options.extras_require]
cache = redis==5.0.1
[tool:x]
install_requires = confluent-kafka
`
    expect(await dependenciesOf({ 'setup.cfg': text })).toEqual([
      'kafka-python >=2.0 range setup.cfg:5 kafka-python>=2.0',
      'redis ==5.0.1 pin setup.cfg:9 redis==5.0.1',
    ])
  })

  test('setup.py, as text', async () => {
    const text = `from setuptools import setup
install_requires = [
    'confluent-kafka[avro]>=1.8.2',
    "redis",
    # "aiokafka==0.1",
]
setup(
    name="kafka-python",
    packages=["aiokafka"],
    keywords=['kafka-python', "kafka"],
    install_requires=install_requires + ["kafka-python==2.0.2"],
    extras_require={"fast": ["aiokafka"], "test": ["aiokafka==0.1"]},
    entry_points={"x": ["redis = app.cli:redis"]},
)
`
    expect(await dependenciesOf({ 'setup.py': text })).toEqual([
      'aiokafka - none setup.py:12 aiokafka',
      'confluent-kafka >=1.8.2 range setup.py:3 confluent-kafka[avro]>=1.8.2',
      'kafka-python ==2.0.2 pin setup.py:11 kafka-python==2.0.2',
      'redis - none setup.py:4 redis',
    ])
  })

  test('a conda environment', async () => {
    const text = `name: x
channels: [conda-forge]
dependencies:
  - python=3.11
  - conda-forge::python-confluent-kafka=2.3
  - kafka-python=2.0.2=pyh_0   # build string
  - pip
  - pip:
      - aiokafka==0.8.1
  - redis-py>=5,<6
`
    expect(await dependenciesOf({ 'environment.yml': text })).toEqual([
      'aiokafka ==0.8.1 pin environment.yml:9 aiokafka==0.8.1',
      'confluent-kafka =2.3 range environment.yml:5 conda-forge::python-confluent-kafka=2.3',
      'kafka-python =2.0.2=pyh_0 pin environment.yml:6 kafka-python=2.0.2=pyh_0',
      'redis >=5,<6 range environment.yml:10 redis-py>=5,<6',
    ])
  })
})
