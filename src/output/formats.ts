import { concise } from './concise.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import { pretty } from './pretty.ts'
import type { Format } from './rendering.ts'
import { sarif } from './sarif.ts'

/** Every output format by its name. What they draw with (tables, colour) is loaded when they draw. */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['pretty', pretty],
  ['concise', concise],
  ['json', json],
  ['sarif', sarif],
  ['github', github],
])
