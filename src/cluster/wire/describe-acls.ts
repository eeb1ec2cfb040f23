import type { WireRequest } from './request.ts'

export interface DescribeAclsAnswer {
  readonly error: number
  readonly message: string | null
  readonly resources: readonly {
    /** 2 topic, 3 group, 4 cluster, 5 transactional id. */
    readonly type: number
    readonly name: string
    /** 3 literal, 4 prefixed. */
    readonly patternType: number
    readonly acls: readonly {
      readonly principal: string
      readonly host: string
      readonly operation: number
      /** 2 deny, 3 allow. */
      readonly permission: number
    }[]
  }[]
}

const ANY = 1

/** Every ACL. */
export const describeAcls: WireRequest<Record<never, never>, DescribeAclsAnswer> = {
  api: 'DescribeAcls',
  min: 1,
  max: 2,
  flexibleFrom: 2,
  encode(writer) {
    writer.int8(ANY).nullableString(null).int8(ANY).nullableString(null).nullableString(null).int8(ANY).int8(ANY).end()
  },
  decode(reader) {
    reader.int32()
    const error = reader.int16()
    const message = reader.nullableString()
    const resources = reader.array(() => {
      const type = reader.int8()
      const name = reader.string()
      const patternType = reader.int8()
      const acls = reader.array(() => {
        const acl = { principal: reader.string(), host: reader.string(), operation: reader.int8(), permission: reader.int8() }
        reader.end()
        return acl
      })
      reader.end()
      return { type, name, patternType, acls }
    })
    reader.end()
    return { error, message, resources }
  },
}
