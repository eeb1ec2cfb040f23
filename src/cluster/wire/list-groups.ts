import type { WireRequest } from './request.ts'

export interface ListGroupsAnswer {
  readonly error: number
  readonly groups: readonly {
    readonly id: string
    readonly protocolType: string
    /** From version 4 on. */
    readonly state?: string
    /** From version 5 on: `classic`, `consumer`, `share`. */
    readonly type?: string
  }[]
}

/** The groups that a broker coordinates. */
export const listGroups: WireRequest<Record<never, never>, ListGroupsAnswer> = {
  api: 'ListGroups',
  min: 0,
  max: 5,
  flexibleFrom: 3,
  encode(writer, _, version) {
    if (version >= 4) writer.array([], () => undefined)
    if (version >= 5) writer.array([], () => undefined)
    writer.end()
  },
  decode(reader, version) {
    if (version >= 1) reader.int32()
    const error = reader.int16()
    const groups = reader.array(() => {
      const id = reader.string()
      const protocolType = reader.string()
      const state = version >= 4 ? { state: reader.string() } : {}
      const type = version >= 5 ? { type: reader.string() } : {}
      reader.end()
      return { id, protocolType, ...state, ...type }
    })
    reader.end()
    return { error, groups }
  },
}
