import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import type { Job } from './worker.ts'

/** Examines one input after the other, in a thread that is ended when one takes too long. */
export interface Session {
  /** What is wrong with how an input is read; undefined where nothing is. */
  examine(job: Job): Promise<string | undefined>
  close(): Promise<void>
}

/** A guard against endless loops, no measure of speed: a machine may be busy. */
const LONGEST_MS = 10_000

/** `root` is the project's folder. */
export async function openSession(root: string, longestMs = LONGEST_MS): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'semcheck-fuzz-'))
  const outfile = join(folder, 'worker.mjs')
  await build({
    entryPoints: [join(root, 'test/fuzz/worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: 'warning',
  })
  let worker = new Worker(outfile)
  return {
    async examine(job) {
      const outcome = await answerOf(worker, job, longestMs)
      if (outcome?.startsWith(HANGS) || outcome?.startsWith(ENDED)) {
        await worker.terminate()
        worker = new Worker(outfile)
      }
      return outcome
    },
    async close() {
      await worker.terminate()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const HANGS = 'no answer within'
const ENDED = 'the thread ended'

function answerOf(worker: Worker, job: Job, longestMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(`${HANGS} ${longestMs} ms`), longestMs)
    const onError = (error: unknown) =>
      finish(`${ENDED}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    const onExit = (code: number) => finish(`${ENDED} with ${code}`)
    const finish = (outcome: string | undefined) => {
      clearTimeout(timer)
      worker.off('message', finish).off('error', onError).off('exit', onExit)
      resolve(outcome)
    }
    worker.on('message', finish).on('error', onError).on('exit', onExit)
    worker.postMessage(job)
  })
}
