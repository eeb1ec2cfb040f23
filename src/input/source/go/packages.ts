/** Packages whose name is not the last part of their path. */
const NAMED: Readonly<Record<string, string>> = {
  'github.com/segmentio/kafka-go': 'kafka',
  'github.com/redis/go-redis': 'redis',
  'github.com/go-redis/redis': 'redis',
}

/** The name that a package goes by without an alias: `sarama` of `github.com/IBM/sarama`, of several that are customary the one that the file uses. */
export function packageName(path: string, text: string): string {
  const plain = path.replace(/\/v\d+$/, '').replace(/\.v\d+$/, '')
  if (Object.hasOwn(NAMED, plain)) return NAMED[plain] as string
  const last = plain.slice(plain.lastIndexOf('/') + 1)
  const candidates = [
    last,
    last.replace(/^go-/, ''),
    last.replace(/[-.]go$/, ''),
    last.replace(/-/g, '_'),
    last.replace(/-/g, ''),
  ]
  const used = candidates.find((name) => /^\w+$/.test(name) && new RegExp(`\\b${name}\\.`).test(text))
  return used ?? last
}
