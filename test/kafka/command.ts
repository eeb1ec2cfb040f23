import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepare, startCluster } from './cluster.ts'
import { cacheFolder, LAST_OF_3, NEWEST } from './libraries.ts'
import { letLive } from './node-process.ts'
import { isSecurity, SECURITIES } from './security.ts'

const USAGE = `npm run kafka -- up [--brokers N] [--version X] [--security ${SECURITIES.join('|')}]
npm run kafka -- down | status
npm run kafka -- fetch [--version X]   into the cache, ready to start

Kafka ${NEWEST}, or ${LAST_OF_3} and others that Maven has. Needs Java 17 and, once, Maven.`

/** What is remembered of the cluster that is up. */
interface State {
  readonly version: string
  readonly security: string
  readonly bootstrap: readonly string[]
  readonly clientProperties: string
  readonly folder: string
  readonly nodes: readonly { readonly id: number; readonly pid: number; readonly config: string }[]
}

/** Runs one command and returns the exit code. */
export async function kafkaCommand(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { brokers: { type: 'string' }, version: { type: 'string' }, security: { type: 'string' } },
    })
    const command = COMMANDS[positionals[0] ?? '']
    if (!command || positionals.length > 1) throw new Error(USAGE)
    return await command(values)
  } catch (error) {
    console.error((error as Error).message)
    return 2
  }
}

interface Flags {
  readonly brokers?: string
  readonly version?: string
  readonly security?: string
}

const COMMANDS: Readonly<Record<string, (flags: Flags) => Promise<number>>> = {
  async up({ version, brokers: count = '1', security = 'plaintext' }) {
    const old = readState()
    if (old && livingOf(old).length > 0) {
      show(old)
      console.error('It is up already: `down` ends it.')
      return 1
    }
    if (old) end(old)
    const brokers = Number(count)
    if (!Number.isInteger(brokers) || brokers < 1 || brokers > 9)
      throw new Error(`--brokers ${count} is not a number from 1 to 9`)
    if (!isSecurity(security)) throw new Error(`--security ${security} is none of ${SECURITIES.join(', ')}`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
    const detachedIn = mkdtempSync(join(tmpdir(), 'semcheck-kafka-'))
    const cluster = await startCluster({ version, brokers, security, detachedIn })
    const nodes = [...new Set([cluster.controller, ...cluster.brokers])].map(({ id, pid, config }) => ({ id, pid: pid!, config }))
    const state: State = {
      version: cluster.version,
      security,
      bootstrap: cluster.bootstrap,
      clientProperties: cluster.clientProperties(),
      folder: cluster.folder,
      nodes,
    }
    mkdirSync(cacheFolder(), { recursive: true })
    writeFileSync(stateFile(), `${JSON.stringify(state, null, 2)}\n`)
    letLive()
    show(state)
    return 0
  },

  async down() {
    const state = readState()
    if (!state) {
      console.log('Kafka is not up.')
      return 0
    }
    end(state)
    console.log(`Kafka ${state.version} is down.`)
    return 0
  },

  async status() {
    const state = readState()
    if (!state) {
      console.log('Kafka is not up.')
      return 1
    }
    show(state)
    return livingOf(state).length === state.nodes.length ? 0 : 1
  },

  async fetch({ version }) {
    const { version: fetched, folder } = await prepare(version)
    console.log(`Kafka ${fetched} is in ${folder}.`)
    return 0
  },
}

function stateFile(): string {
  return join(cacheFolder(), 'up.json')
}

function readState(): State | undefined {
  return existsSync(stateFile()) ? JSON.parse(readFileSync(stateFile(), 'utf8')) : undefined
}

function show(state: State): void {
  const living = livingOf(state)
  console.log(`Kafka ${state.version}, ${state.security}`)
  for (const { id, pid } of state.nodes) console.log(`node ${id}: ${living.some((one) => one.id === id) ? `pid ${pid}` : 'gone'}`)
  console.log(`bootstrap: ${state.bootstrap.join(',')}`)
  console.log(`client.properties: ${state.clientProperties}`)
}

/** Those nodes whose process is still theirs: the number of one that has ended may be another's by now. */
function livingOf(state: State): State['nodes'] {
  return state.nodes.filter(({ pid, config }) => commandOf(pid).includes(config))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout ?? ''
  }
}

/** The data is thrown away, so nothing is gained by waiting for the brokers to tidy up. */
function end(state: State): void {
  for (const { pid } of livingOf(state)) process.kill(pid, 'SIGKILL')
  rmSync(state.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  rmSync(stateFile(), { force: true })
}
