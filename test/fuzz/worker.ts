import { parentPort } from 'node:worker_threads'
import { problemOfFile, problemOfProject } from './examine.ts'
import type { Files } from './memory.ts'

/** One thing to examine: a whole project, or one of its files by itself. */
export type Job =
  | { readonly kind: 'project'; readonly files: Files }
  | { readonly kind: 'file'; readonly path: string; readonly text: string }

parentPort?.on('message', async (job: Job) => {
  parentPort?.postMessage(job.kind === 'project' ? await problemOfProject(job.files) : await problemOfFile(job.path, job.text))
})
