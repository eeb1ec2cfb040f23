import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { jvmFlags, kafkaLibraries, type Libraries } from './libraries.ts'

export interface GroupMember {
  readonly pid: number
  /** The partitions that it was given last, as `topic-0`. */
  readonly assigned: readonly string[]
  /** Leaves the group. */
  stop(): Promise<void>
  /** Goes without a word: the group waits for its session to time out. */
  kill(): Promise<void>
}

export interface GroupMemberOptions {
  /** `consumer` is that of KIP-848. */
  readonly kind: 'consumer' | 'classic' | 'share'
  readonly group: string
  readonly topics: readonly string[]
  /** What `Cluster.clientProperties` gives. */
  readonly clientProperties: string
  readonly settings?: Readonly<Record<string, string>>
}

const SOURCE = join(import.meta.dirname, 'GroupMember.java')

/** A member of a group, of the newest Java client, that has its partitions when this resolves. */
export async function joinGroup(options: GroupMemberOptions): Promise<GroupMember> {
  const libraries = kafkaLibraries()
  if ('reason' in libraries) throw new Error(libraries.reason)
  const classPath = [libraries.classPath, await compiled(libraries)].join(delimiter)
  const settings = Object.entries(options.settings ?? {}).map(([key, value]) => `${key}=${value}`)
  const what = [options.kind, options.group, options.topics.join(','), options.clientProperties, ...settings]
  const args = [...jvmFlags(libraries, 96), '-cp', classPath, 'GroupMember', ...what]
  // its standard input ends with us, and so does it
  const child = spawn(libraries.java, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdin.on('error', () => {})
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })

  let assigned: readonly string[] = []
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => reject(new Error(`the member of ${options.group} ended:\n${said}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
      const joined = /^joined ?(.*)$/gm
      for (const [, partitions] of text.matchAll(joined)) {
        assigned = partitions ? partitions.split(',') : []
        resolve()
      }
    })
  })
  return {
    pid: child.pid!,
    get assigned() {
      return assigned
    },
    async stop() {
      child.stdin.end()
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function compiled({ folder, java, classPath }: Libraries): Promise<string> {
  const kept = join(folder, `member-${createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 12)}`)
  if (existsSync(kept)) return kept
  const aside = mkdtempSync(`${kept}-`)
  try {
    await promisify(execFile)(java.replace(/java$/, 'javac'), ['-cp', classPath, '-d', aside, SOURCE])
    renameSync(aside, kept)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(kept)) throw error
  }
  return kept
}
