import { PROFILES, profileById } from '../../knowledge/profiles.ts'
import { profileList, profileSheet } from '../../output/profile.ts'
import { colorLevel, styleFor } from '../../text/style.ts'
import { type Io, UsageError } from '../io.ts'
import { checkName } from '../names.ts'

/** `semcheck clients [library[@version]]`: the libraries, or one of them at a version (the newest read when none is given). */
export async function clients(library: string | undefined, io: Io): Promise<number> {
  const style = await styleFor(colorLevel('auto', io.env, io.isTTY))
  if (library === undefined) {
    io.stdout(profileList(PROFILES, style))
    return 0
  }
  const at = library.lastIndexOf('@')
  const id = at > 0 ? library.slice(0, at) : library
  checkName(
    'library',
    id,
    PROFILES.map((profile) => profile.id),
    'semcheck clients lists them',
  )
  const profile = profileById(id)
  if (!profile) return 2
  const version = at > 0 ? library.slice(at + 1) : profile.newestRead
  if (!/^\d/.test(version))
    throw new UsageError(`"${version}" is no version`, `such as semcheck clients ${id}@${profile.newestRead}`)
  const normalised = profile.normaliseVersion?.(version) ?? version
  io.stdout(profileSheet(profile, normalised, io.columns ?? 120, style))
  return 0
}
