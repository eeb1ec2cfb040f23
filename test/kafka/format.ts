import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { jvmFlags, type Libraries } from './libraries.ts'
import { properties } from './properties.ts'

/** Every test cluster has the same id: what `format` writes can then be kept and copied. */
export const CLUSTER_ID = 'c2VtY2hlY2stdGVzdHMtMQ'

/** Makes a folder into the log folder of a node; `records` is the folder of the first metadata, which only a controller needs. */
export function formatNode(folder: string, id: number, records?: string): void {
  mkdirSync(folder, { recursive: true })
  if (records) cpSync(records, folder, { recursive: true })
  writeFileSync(join(folder, 'meta.properties'), properties({ version: '1', 'node.id': `${id}`, 'cluster.id': CLUSTER_ID }))
}

/** The metadata that a cluster begins with, as `kafka-storage format` writes it; made once for each list of arguments. */
export async function firstMetadata(libraries: Libraries, args: readonly string[]): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify(args)).digest('hex').slice(0, 12)
  const kept = join(libraries.folder, `formatted-${key}`)
  if (existsSync(kept)) return kept
  const aside = mkdtempSync(`${kept}-`)
  const config = join(aside, 'format.properties')
  const data = join(aside, 'data')
  writeFileSync(
    config,
    properties({
      'process.roles': 'controller',
      'node.id': '1',
      'controller.quorum.voters': '1@127.0.0.1:1',
      listeners: 'CONTROLLER://127.0.0.1:1',
      'controller.listener.names': 'CONTROLLER',
      'log.dirs': data,
    }),
  )
  const tool = ['-cp', libraries.classPath, 'kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', config, ...args]
  try {
    await promisify(execFile)(libraries.java, [...jvmFlags(libraries, 128), ...tool])
    renameSync(data, kept)
  } catch (error) {
    if (!existsSync(kept)) throw error
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
  return kept
}
