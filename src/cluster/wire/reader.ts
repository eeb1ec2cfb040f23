/** Reads the primitive types of Kafka's protocol. `flexible` chooses compact lengths and tagged fields, as the response's version says. */
export class Reader {
  readonly #buffer: Buffer
  #offset = 0
  readonly flexible: boolean

  constructor(buffer: Buffer, flexible: boolean) {
    this.#buffer = buffer
    this.flexible = flexible
  }

  int8(): number {
    return this.#buffer.readInt8(this.#take(1))
  }

  boolean(): boolean {
    return this.int8() !== 0
  }

  int16(): number {
    return this.#buffer.readInt16BE(this.#take(2))
  }

  int32(): number {
    return this.#buffer.readInt32BE(this.#take(4))
  }

  /** Offsets and times fit a double up to 2^53, which no real log reaches. */
  int64(): number {
    return Number(this.#buffer.readBigInt64BE(this.#take(8)))
  }

  unsignedVarint(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#buffer.readUInt8(this.#take(1))
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new RangeError('a varint of more than five bytes')
  }

  uuid(): string {
    const at = this.#take(16)
    return this.#buffer.subarray(at, at + 16).toString('hex')
  }

  string(): string {
    return this.nullableString() ?? ''
  }

  nullableString(): string | null {
    const length = this.flexible ? this.unsignedVarint() - 1 : this.int16()
    if (length < 0) return null
    const at = this.#take(length)
    return this.#buffer.toString('utf8', at, at + length)
  }

  bytes(): Buffer {
    const length = this.flexible ? this.unsignedVarint() - 1 : this.int32()
    if (length < 0) return Buffer.alloc(0)
    const at = this.#take(length)
    return this.#buffer.subarray(at, at + length)
  }

  array<T>(read: () => T): T[] {
    return this.nullableArray(read) ?? []
  }

  nullableArray<T>(read: () => T): T[] | null {
    const length = this.flexible ? this.unsignedVarint() - 1 : this.int32()
    if (length < 0) return null
    // each item takes a byte at least: a greater length is no length
    if (length > this.#buffer.length - this.#offset) throw new RangeError(`an array of ${length} items in fewer bytes`)
    const items: T[] = []
    for (let i = 0; i < length; i++) items.push(read())
    return items
  }

  /** A structure that may be missing. */
  nullable<T>(read: () => T): T | null {
    return this.int8() < 0 ? null : read()
  }

  /** The tagged fields that end a structure of a flexible version. `read` is given each tag with a reader of its bytes. */
  end(read?: (tag: number, field: Reader) => void): void {
    if (!this.flexible) return
    const count = this.unsignedVarint()
    for (let i = 0; i < count; i++) {
      const tag = this.unsignedVarint()
      const size = this.unsignedVarint()
      const at = this.#take(size)
      read?.(tag, new Reader(this.#buffer.subarray(at, at + size), true))
    }
  }

  /** Where the next `size` bytes start. */
  #take(size: number): number {
    const at = this.#offset
    if (at + size > this.#buffer.length) throw new RangeError('the response ends early')
    this.#offset += size
    return at
  }
}
