import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { jvmFlags, type Libraries } from './libraries.ts'

/** A JVM that runs one node of a cluster. */
export interface NodeProcess {
  readonly id: number
  /** Its server.properties: may be rewritten before `start`. */
  readonly config: string
  readonly log: string
  /** Undefined while it does not run. */
  readonly pid: number | undefined
  readonly frozen: boolean
  /** Resolves when the node says that it has started. */
  start(): Promise<void>
  /** SIGTERM: hands its partitions over and leaves. */
  stop(): Promise<void>
  /** SIGKILL: gone without a word. */
  kill(): Promise<void>
  /** SIGSTOP: connections are still accepted, and nothing is answered. */
  freeze(): void
  thaw(): void
}

export interface Launch {
  readonly id: number
  readonly config: string
  readonly log: string
  readonly libraries: Libraries
  readonly heapMb: number
  /** The folder that goes when the process that started the node goes. */
  readonly folder: string
  /** Lives on after the process that started it. */
  readonly detached?: boolean
  /** Further arguments of the JVM. */
  readonly flags?: readonly string[]
}

/**
 * Becomes the JVM, and leaves behind a watcher that reads a pipe of the process that started it: when that one ends in whatever way, the
 * JVM and its folder go too. A line says that the JVM has ended by itself, so that its number is free for others.
 */
const WATCHED = `folder=$1; shift
(read -r _ <&3 || { kill -9 $$; sleep 1; rm -rf "$folder"; }) >/dev/null 2>&1 &
exec "$@" 3<&-`

const running = new Map<ChildProcess, string>()

/** Nothing outlives the process; it may end before it comes to close what it started. */
function endWithUs(child: ChildProcess, folder: string): void {
  if (running.size === 0) process.on('exit', endAll)
  running.set(child, folder)
}

function endAll(): void {
  for (const child of running.keys()) child.kill('SIGKILL')
  for (const folder of new Set(running.values())) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Detached nodes go with us too, until this is called. */
export function letLive(): void {
  running.clear()
}

export function nodeProcess(launch: Launch): NodeProcess {
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let frozen = false

  async function start(): Promise<void> {
    if (child) throw new Error(`node ${launch.id} runs already`)
    const { libraries, config, folder } = launch
    const flags = [...jvmFlags(libraries, launch.heapMb), ...(launch.flags ?? []), '-cp', libraries.classPath]
    const command = [libraries.java, ...flags, 'kafka.Kafka', config]
    const out = openSync(launch.log, 'a')
    const from = statSync(launch.log).size
    const [file, ...args] = launch.detached ? command : ['sh', '-c', WATCHED, 'sh', folder, ...command]
    const pipe = launch.detached ? 'ignore' : 'pipe'
    const own = spawn(file!, args, { stdio: ['ignore', out, out, pipe], detached: launch.detached })
    closeSync(out)
    child = own
    ended = new Promise((resolve) => {
      const end = () => {
        running.delete(own)
        const watcher = own.stdio[3] as Writable | null
        watcher?.on('error', () => {}).end('\n')
        if (child === own) child = undefined
        frozen = false
        resolve()
      }
      own.once('exit', end).once('error', end)
    })
    endWithUs(own, folder)
    if (launch.detached) own.unref()
    await untilStarted(own, from)
  }

  async function untilStarted(own: ChildProcess, from: number): Promise<void> {
    for (const deadline = Date.now() + 60_000; ; await sleep(30)) {
      const said = readFileSync(launch.log).subarray(from).toString()
      if (said.includes('Kafka Server started')) return
      const dead = child !== own
      if (!dead && Date.now() < deadline) continue
      await kill()
      const lines = said.trimEnd().split('\n').slice(-25).join('\n')
      throw new Error(
        `node ${launch.id} of Kafka ${launch.libraries.version} ${dead ? 'ended' : 'hangs'} while it started:\n${lines}`,
      )
    }
  }

  async function stop(): Promise<void> {
    const own = child
    own?.kill('SIGTERM')
    // a broker that cannot reach its controller does not end
    const timer = setTimeout(() => own?.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(timer)
  }

  async function kill(): Promise<void> {
    child?.kill('SIGKILL')
    await ended
  }

  return {
    id: launch.id,
    config: launch.config,
    log: launch.log,
    get pid() {
      return child?.pid
    },
    start,
    stop,
    kill,
    get frozen() {
      return frozen
    },
    freeze() {
      frozen = child?.kill('SIGSTOP') ?? false
    },
    thaw() {
      frozen = false
      child?.kill('SIGCONT')
    },
  }
}
