/** Writes the primitive types of Kafka's protocol. `flexible` chooses compact lengths and tagged fields, as the request's version says. */
export class Writer {
  readonly #parts: Buffer[] = []
  readonly flexible: boolean

  constructor(flexible: boolean) {
    this.flexible = flexible
  }

  /** Everything written so far. */
  bytes(): Buffer {
    return Buffer.concat(this.#parts)
  }

  int8(value: number): this {
    const part = Buffer.alloc(1)
    part.writeInt8(value)
    return this.#add(part)
  }

  boolean(value: boolean): this {
    return this.int8(value ? 1 : 0)
  }

  int16(value: number): this {
    const part = Buffer.alloc(2)
    part.writeInt16BE(value)
    return this.#add(part)
  }

  int32(value: number): this {
    const part = Buffer.alloc(4)
    part.writeInt32BE(value)
    return this.#add(part)
  }

  int64(value: bigint | number): this {
    const part = Buffer.alloc(8)
    part.writeBigInt64BE(BigInt(value))
    return this.#add(part)
  }

  raw(bytes: Buffer): this {
    return this.#add(bytes)
  }

  unsignedVarint(value: number): this {
    const bytes: number[] = []
    let rest = value
    while (rest > 0x7f) {
      bytes.push((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    bytes.push(rest)
    return this.#add(Buffer.from(bytes))
  }

  string(value: string): this {
    const bytes = Buffer.from(value, 'utf8')
    if (this.flexible) this.unsignedVarint(bytes.length + 1)
    else this.int16(bytes.length)
    return this.#add(bytes)
  }

  nullableString(value: string | null): this {
    if (value !== null) return this.string(value)
    return this.flexible ? this.unsignedVarint(0) : this.int16(-1)
  }

  array<T>(items: readonly T[], write: (item: T) => void): this {
    if (this.flexible) this.unsignedVarint(items.length + 1)
    else this.int32(items.length)
    for (const item of items) write(item)
    return this
  }

  nullableArray<T>(items: readonly T[] | null, write: (item: T) => void): this {
    if (items !== null) return this.array(items, write)
    return this.flexible ? this.unsignedVarint(0) : this.int32(-1)
  }

  /** A structure that may be missing. */
  nullable<T>(value: T | null, write: (value: T) => void): this {
    if (value === null) return this.int8(-1)
    this.int8(1)
    write(value)
    return this
  }

  /** The end of a structure: no tagged field of ours, in flexible versions. */
  end(): this {
    return this.flexible ? this.unsignedVarint(0) : this
  }

  #add(part: Buffer): this {
    this.#parts.push(part)
    return this
  }
}
