import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkKafkaClients, checkSpringBoot, missingTool } from '../profiles/jvm/check.ts'
import { fetchKafkaClients } from '../profiles/jvm/kafka-probe.ts'

const sources = join(import.meta.dirname, '../profiles/jvm')
const VERSIONS = ['2.8.2', '3.9.1']
const cache = join(import.meta.dirname, '../../.cache/profiles')

const reason = whyNot()
const skip = reason !== undefined && !process.env.CI
if (skip) console.log(`profiles of the JVM clients are not held against the real jars: ${reason}`)

function whyNot(): string | undefined {
  const missing = missingTool()
  if (missing !== undefined) return `${missing} is not installed`
  try {
    fetchKafkaClients(cache, VERSIONS)
    return undefined
  } catch {
    return 'Maven cannot fetch them'
  }
}

// the whole list of versions: node test/profiles/jvm/check.mjs
it.skipIf(skip)('the profile of kafka-clients says what the real jars do', { timeout: 300_000 }, () => {
  const rows = checkKafkaClients(cache, sources, VERSIONS)
  expect(rows.flatMap(({ version, disagreements }) => disagreements.map((d) => `${version}: ${d}`))).toEqual([])
  expect(rows.every(({ facts }) => facts > 500)).toBe(true)
})

it.skipIf(skip)('the profile of Spring Boot says what the real jars do', { timeout: 300_000 }, () => {
  const [row] = checkSpringBoot(cache, sources, ['3.5.16'])
  expect(row?.disagreements).toEqual([])
  expect(row?.facts).toBeGreaterThan(200)
})
