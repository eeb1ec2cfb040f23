import type { Reader } from './reader.ts'
import type { WireRequest } from './request.ts'

export interface ApiVersionsInput {
  readonly software: string
  readonly version: string
}

export interface ApiVersionsAnswer {
  readonly error: number
  readonly apis: readonly { readonly key: number; readonly min: number; readonly max: number }[]
  /** Finalized features of the cluster, by their level. */
  readonly features: readonly { readonly name: string; readonly level: number }[]
}

const FINALIZED_FEATURES = 2
const UNSUPPORTED_VERSION = 35

/** Which requests a broker speaks. A broker that does not know our version answers in version 0. */
export const apiVersions: WireRequest<ApiVersionsInput, ApiVersionsAnswer> = {
  api: 'ApiVersions',
  min: 0,
  max: 3,
  flexibleFrom: 3,
  encode(writer, { software, version: release }, version) {
    if (version >= 3) writer.string(software).string(release).end()
  },
  decode(reader, version) {
    const error = reader.int16()
    if (error === UNSUPPORTED_VERSION) return { error, apis: [], features: [] }
    const apis = reader.array(() => {
      const api = { key: reader.int16(), min: reader.int16(), max: reader.int16() }
      reader.end()
      return api
    })
    if (version >= 1) reader.int32()
    const features: { name: string; level: number }[] = []
    reader.end((tag, field) => {
      if (tag === FINALIZED_FEATURES) features.push(...finalized(field))
    })
    return { error, apis, features }
  },
}

function finalized(field: Reader): { name: string; level: number }[] {
  return field.array(() => {
    const name = field.string()
    const level = field.int16()
    field.int16()
    field.end()
    return { name, level }
  })
}
