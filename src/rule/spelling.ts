import type { Profile } from '../knowledge/profile.ts'
import { profileById } from '../knowledge/profiles.ts'
import type { DeclaredClient } from '../model/client.ts'
import type { Variant } from '../model/facts.ts'
import type { EffectiveSetting } from '../model/setting.ts'
import type { Literal } from '../model/value.ts'
import { writeInGo } from './spelling-go.ts'

/** A setting's name as the project writes it, else as its library spells it. */
export function spellingOf(variant: Variant, key: string, effective?: EffectiveSetting): string {
  return effective?.spelled ?? profileById(variant.library)?.spell(key) ?? key
}

/** A value as the client's own language writes it: `True`, `'all'`, `null`. */
export function showLiteral(client: DeclaredClient, literal: Literal): string {
  if (client.language === 'python') {
    if (literal === null) return 'None'
    if (typeof literal === 'boolean') return literal ? 'True' : 'False'
    return typeof literal === 'string' ? `'${literal}'` : String(literal)
  }
  if (client.language === 'javascript' && typeof literal === 'string') return `'${literal}'`
  return String(literal)
}

/** How a fix is written where the client's options stand: `acks='all'`, `'acks': 'all'`, `acks: all`, `acks=all`. */
export function writeSetting(
  client: DeclaredClient,
  variant: Variant,
  key: string,
  literal: Literal,
  effective?: EffectiveSetting,
): string {
  const name = spellingOf(variant, key, effective)
  const value = OWN_VALUES[variant.library]?.[key]?.(literal) ?? literal
  const shown = showLiteral(client, value)
  switch (client.language) {
    case 'python':
      return takesKeywords(profileById(variant.library)) ? `${name}=${shown}` : `'${name}': ${shown}`
    case 'javascript':
      return `${name.includes('.') ? `'${name}'` : name}: ${shown}`
    case 'go':
      return writeInGo(variant.library, key, name, literal)
    case 'configuration':
      return inFile(client.location.path, name, value)
    default:
      return `${name}=${shown}`
  }
}

const acksAsNumber = (literal: Literal) => (literal === 'all' ? -1 : literal)

/** Libraries that give some settings another name with a value of another kind. */
const OWN_VALUES: Readonly<Record<string, Readonly<Record<string, (literal: Literal) => Literal>>>> = {
  kafkajs: {
    'auto.offset.reset': (literal) => literal === 'earliest',
    'isolation.level': (literal) => literal === 'read_uncommitted',
    acks: acksAsNumber,
  },
  'kafka-node': { acks: acksAsNumber },
}

/** Libraries with keyword arguments spell a dotted key with underscores; the others take a dict of dotted keys. */
function takesKeywords(profile: Profile | undefined): boolean {
  return profile !== undefined && !profile.spell('enable.auto.commit').includes('.')
}

function inFile(path: string, name: string, value: Literal): string {
  if (/\.ya?ml$/.test(path)) return `${name}: ${value}`
  if (/\.jsonc?$/.test(path)) return `"${name}": ${JSON.stringify(value)}`
  if (path.endsWith('.toml')) return `"${name}" = ${JSON.stringify(value)}`
  return `${name}=${value}`
}
