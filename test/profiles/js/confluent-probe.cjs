// Asks the JavaScript layer of @confluentinc/kafka-javascript which librdkafka properties it makes of its options. The native library is
// replaced by one that notes the properties and goes no further.
//   node confluent-probe.cjs <folder of the package> <cases.json>
// Prints one JSON object a line: the properties handed to librdkafka, or what was thrown.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')

const [, , folder, file] = process.argv
const seen = {}
class Native {
  constructor(properties) {
    seen.properties = properties
    throw new Error('noted')
  }
}
const native = {
  KafkaConsumer: Native,
  Producer: Native,
  AdminClient: Native,
  Topic: Native,
  librdkafkaVersion: '2.15.1',
  features: () => 'ssl',
  CODES: { ERRORS: {} },
}
const path = require.resolve(join(folder, 'librdkafka.js'))
require.cache[path] = { id: path, filename: path, loaded: true, exports: native, children: [], paths: [] }

const { Kafka } = require(folder).KafkaJS

async function attempt(given) {
  delete seen.properties
  try {
    const kafka = new Kafka(given.client || {})
    const one = kafka[given.role](given[given.role] || {})
    await one.connect()
  } catch (error) {
    if (!seen.properties) return { thrown: `${error.name}: ${error.message}` }
  }
  const found = {}
  for (const [key, value] of Object.entries(seen.properties)) if (typeof value !== 'function') found[key] = String(value)
  return { properties: found }
}

async function main() {
  for (const given of JSON.parse(readFileSync(file, 'utf8'))) console.log(JSON.stringify(await attempt(given)))
  process.exit(0)
}

main()
