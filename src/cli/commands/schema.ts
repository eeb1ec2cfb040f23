import { libraryIds, ruleIds } from '../catalogue.ts'
import type { Io } from '../io.ts'

/** `semcheck schema config|report`. */
export async function schema(of: 'config' | 'report', io: Io): Promise<number> {
  io.stdout(`${JSON.stringify(await schemaOf(of), null, 2)}\n`)
  return 0
}

async function schemaOf(of: 'config' | 'report'): Promise<unknown> {
  if (of === 'report') return (await import('../../output/report-schema.ts')).REPORT_SCHEMA
  const { configJsonSchema } = await import('../../config/schema.ts')
  return configJsonSchema({ rules: await ruleIds(), libraries: await libraryIds() })
}
