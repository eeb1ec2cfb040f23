import type { WireRequest } from './request.ts'

export interface ListTransactionsAnswer {
  readonly error: number
  readonly transactions: readonly { readonly id: string; readonly producerId: number; readonly state: string }[]
}

/** The transactional ids that a broker coordinates. */
export const listTransactions: WireRequest<Record<never, never>, ListTransactionsAnswer> = {
  api: 'ListTransactions',
  min: 0,
  max: 0,
  flexibleFrom: 0,
  encode(writer) {
    writer.array([], () => undefined)
    writer.array([], () => undefined)
    writer.end()
  },
  decode(reader) {
    reader.int32()
    const error = reader.int16()
    reader.array(() => reader.string())
    const transactions = reader.array(() => {
      const one = { id: reader.string(), producerId: reader.int64(), state: reader.string() }
      reader.end()
      return one
    })
    reader.end()
    return { error, transactions }
  },
}
