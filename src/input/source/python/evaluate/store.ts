/**
 * A map in layers: a branch of control flow writes to a layer of its own, which is joined into the one below when branches meet. Forking costs
 * nothing, joining costs what was written.
 */
export interface Layer<K, V> {
  readonly below?: Layer<K, V>
  readonly own: Map<K, V>
}

export function newLayer<K, V>(below?: Layer<K, V>): Layer<K, V> {
  return below ? { below, own: new Map() } : { own: new Map() }
}

export function get<K, V>(layer: Layer<K, V>, key: K): V | undefined {
  for (let at: Layer<K, V> | undefined = layer; at; at = at.below) {
    const value = at.own.get(key)
    if (value !== undefined) return value
  }
  return undefined
}

export function set<K, V>(layer: Layer<K, V>, key: K, value: V): void {
  layer.own.set(key, value)
}

/** All that was written since `base`, the latest value of each key. */
export function writesSince<K, V>(layer: Layer<K, V>, base: Layer<K, V>): ReadonlyMap<K, V> {
  if (layer.below === base) return new Map(layer.own)
  const layers: Layer<K, V>[] = []
  for (let at: Layer<K, V> | undefined = layer; at && at !== base; at = at.below) layers.push(at)
  const writes = new Map<K, V>()
  for (const one of layers.reverse()) for (const [key, value] of one.own) writes.set(key, value)
  return writes
}

/** Joins alternatives into `base`. A key that some of them did not write keeps, there, the value below. */
export function joinInto<K, V>(
  base: Layer<K, V>,
  alternatives: readonly ReadonlyMap<K, V>[],
  join: (values: readonly (V | undefined)[], key: K) => V,
): void {
  if (alternatives.length === 1) {
    for (const [key, value] of alternatives[0] as ReadonlyMap<K, V>) base.own.set(key, value)
    return
  }
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
  for (const [key, value] of joined) base.own.set(key, value)
}
