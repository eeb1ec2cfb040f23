import { z } from 'zod'
import { SEVERITIES } from '../rule/finding.ts'
import { DURATION, parseDuration } from './duration.ts'

/** The names that a configuration may use. */
export interface Known {
  readonly rules: readonly string[]
  readonly libraries: readonly string[]
}

/** The one description of semcheck.yaml: it validates, and `semcheck schema config` prints it as JSON Schema. */
export function configSchema({ rules, libraries }: Known) {
  const match = z
    .strictObject({
      group: z.string().min(1).describe('Consumer group id; * stands for any run of characters').optional(),
      topic: z.string().min(1).describe('Topic name; * stands for any run of characters').optional(),
      path: z
        .string()
        .min(1)
        .describe('File that constructs the client, relative to this file; * within a folder, ** across folders')
        .optional(),
    })
    .refine((value) => Object.keys(value).length > 0, { message: 'name a group, a topic or a path' })
  const intent = z.strictObject({
    match: match.describe('The clients it speaks of: all matchers given must fit'),
    semantics: z
      .enum(['at-most-once', 'at-least-once', 'exactly-once'])
      .describe('What these clients are meant to guarantee')
      .optional(),
    replay: z.enum(['tolerated', 'marked', 'forbidden']).describe('What a message processed twice means here').optional(),
    downtime: z
      .string()
      .regex(DURATION, { message: 'a duration is a number with ms, s, m, h, d or w, such as 3d' })
      .refine((text) => !DURATION.test(text) || parseDuration(text) !== undefined, { message: 'this duration is too long' })
      .describe('Longest planned downtime, such as 3d')
      .optional(),
  })
  return z.strictObject({
    $schema: z.string().describe('For editors').optional(),
    exclude: z.array(z.string().min(1)).describe("Files and folders to leave out, in .gitignore's syntax").optional(),
    includeTests: z.boolean().describe('Also read test and docs folders').optional(),
    assume: z
      .partialRecord(namesOf(libraries), z.string().min(1))
      .describe('Library versions to judge by, whatever the manifests say')
      .optional(),
    rules: z
      .partialRecord(namesOf(rules), z.enum(['off', ...SEVERITIES]))
      .describe('Severity of each rule; off does not run it')
      .optional(),
    intents: z
      .array(intent)
      .describe('What pipelines are meant to guarantee; the first one that fits a client counts')
      .optional(),
  })
}

function namesOf(names: readonly string[]) {
  return z.enum(names as [string, ...string[]])
}

/** semcheck.yaml as JSON Schema (draft 2020-12). */
export function configJsonSchema(known: Known): unknown {
  return { title: 'semcheck.yaml', ...z.toJSONSchema(configSchema(known), { io: 'input' }) }
}
