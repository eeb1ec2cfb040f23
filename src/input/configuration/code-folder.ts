import type { Surroundings } from './surroundings.ts'

/** Where projects keep the code of a service beside their manifests. */
const PARENTS = ['', 'services/', 'apps/', 'src/', 'packages/', 'microservices/', 'cmd/'] as const

/**
 * The folder of a service's code, by the service's own name or its image's: what manifests that build nothing leave open. Undefined where no
 * folder, or more than one, has such a name.
 */
export function codeFolder(name: string, image: string | undefined, { isFolder }: Surroundings): string | undefined {
  const names = new Set([
    name,
    image
      ?.replace(/[:@].*$/, '')
      .split('/')
      .at(-1),
  ])
  const found = [...names]
    .filter((candidate) => candidate !== undefined && /^[\w.-]+$/.test(candidate) && !/^\.+$/.test(candidate))
    .flatMap((candidate) => PARENTS.map((parent) => `${parent}${candidate}`))
    .filter(isFolder)
  return found.length === 1 ? found[0] : undefined
}
