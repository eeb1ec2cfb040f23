/**
 * A map in layers: a branch of control flow writes to a layer of its own, which is joined into the one below when branches meet. Forking costs
 * nothing, joining costs what was written.
 */
export interface Layer<K, V> {
  readonly below?: Layer<K, V>
  /** Made with the first write: most branches write nothing to most layers. */
  own?: Map<K, V>
}

const NOTHING: ReadonlyMap<never, never> = new Map<never, never>()

export function newLayer<K, V>(below?: Layer<K, V>): Layer<K, V> {
  return { below, own: undefined }
}

/** What was written to the layer itself. */
export function ownOf<K, V>(layer: Layer<K, V>): ReadonlyMap<K, V> {
  return layer.own ?? NOTHING
}

export function get<K, V>(layer: Layer<K, V>, key: K): V | undefined {
  for (let at: Layer<K, V> | undefined = layer; at; at = at.below) {
    const value = at.own?.get(key)
    if (value !== undefined) return value
  }
  return undefined
}

export function set<K, V>(layer: Layer<K, V>, key: K, value: V): void {
  layer.own ??= new Map()
  layer.own.set(key, value)
}

/** All that was written since `base`, the latest value of each key. */
export function writesSince<K, V>(layer: Layer<K, V>, base: Layer<K, V>): ReadonlyMap<K, V> {
  if (layer.below === base) return layer.own ? new Map(layer.own) : NOTHING
  const layers: Layer<K, V>[] = []
  for (let at: Layer<K, V> | undefined = layer; at && at !== base; at = at.below) if (at.own) layers.push(at)
  if (layers.length === 0) return NOTHING
  const writes = new Map<K, V>()
  for (const one of layers.reverse()) for (const [key, value] of one.own as Map<K, V>) writes.set(key, value)
  return writes
}

/** Joins alternatives into `base`. A key that some of them did not write keeps, there, the value below. */
export function joinInto<K, V>(
  base: Layer<K, V>,
  alternatives: readonly ReadonlyMap<K, V>[],
  join: (values: readonly (V | undefined)[], key: K) => V,
): void {
  if (alternatives.length === 1) {
    for (const [key, value] of alternatives[0] as ReadonlyMap<K, V>) set(base, key, value)
    return
  }
  if (alternatives.every((writes) => writes.size === 0)) return
  const keys = new Set<K>()
  for (const writes of alternatives) for (const key of writes.keys()) keys.add(key)
  const joined: [K, V][] = []
  for (const key of keys) {
    const before = get(base, key)
    joined.push([
      key,
      join(
        alternatives.map((writes) => writes.get(key) ?? before),
        key,
      ),
    ])
  }
  for (const [key, value] of joined) set(base, key, value)
}
