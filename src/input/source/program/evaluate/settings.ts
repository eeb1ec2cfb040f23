import type { Expression, Statement } from '../syntax.ts'
import { classAttribute, fieldsOf, lineageOf } from './classes.ts'
import type { Frame, Machine } from './frame.ts'
import { moduleName } from './names.ts'
import type { ClassInfo } from './symbols.ts'
import { type Abstract, type Environment, unknownValue } from './value.ts'

/** A field of a pydantic settings class: the environment variable that gives it, and its default. */
export function settingsField(m: Machine, info: ClassInfo, name: string): Abstract | undefined {
  if (!fieldsOf(m, info).includes(name)) return undefined
  const value = classAttribute(m, info, name)
  // A field that is another settings class or a computed object is no variable.
  if (value && (value.kind === 'reference' || value.kind === 'function' || value.kind === 'class')) return value
  const declared = declarationOf(m, info, name)
  const variable = aliasOf(declared) ?? `${prefixOf(m, info)}${name}`.toUpperCase()
  const required = value === undefined || (value.kind === 'constant' && declared === undefined)
  const environment: Environment = { kind: 'environment', variable, ...(value?.via ? { via: value.via } : {}) }
  if (required || value === undefined || value.kind === 'opaque') return environment
  return value.kind === 'environment' ? value : { ...environment, fallback: value }
}

function declarationOf(m: Machine, info: ClassInfo, name: string): Expression | undefined {
  for (const at of lineageOf(m, info).classes)
    for (const statement of at.node.body)
      if (statement.kind === 'assign' && statement.targets[0]?.kind === 'name' && statement.targets[0].name === name)
        return statement.value
  return undefined
}

/** `Field(…, env="X")`, `alias="X"`, `validation_alias="X"`. */
function aliasOf(declared: Expression | undefined): string | undefined {
  if (declared?.kind !== 'call') return undefined
  for (const keyword of declared.keywords)
    if (
      (keyword.name === 'env' || keyword.name === 'alias' || keyword.name === 'validation_alias') &&
      keyword.value.kind === 'string'
    )
      return keyword.value.value
  return undefined
}

/** `env_prefix` of `model_config = SettingsConfigDict(…)`, of a dict there, or of an inner class Config. */
function prefixOf(m: Machine, info: ClassInfo): string {
  for (const at of lineageOf(m, info).classes)
    for (const statement of at.node.body) {
      const prefix = prefixIn(statement)
      if (prefix !== undefined) return prefix
    }
  return ''
}

function prefixIn(statement: Statement): string | undefined {
  if (statement.kind === 'class' && statement.name === 'Config')
    for (const inner of statement.body) {
      const [target] = inner.kind === 'assign' ? inner.targets : []
      if (inner.kind === 'assign' && target?.kind === 'name' && target.name === 'env_prefix' && inner.value?.kind === 'string')
        return inner.value.value
    }
  if (statement.kind !== 'assign' || statement.targets[0]?.kind !== 'name' || statement.targets[0].name !== 'model_config')
    return undefined
  const { value } = statement
  if (value?.kind === 'call')
    for (const keyword of value.keywords)
      if (keyword.name === 'env_prefix' && keyword.value.kind === 'string') return keyword.value.value
  if (value?.kind === 'dict')
    for (const { key, value: entry } of value.entries)
      if (key?.kind === 'string' && key.value === 'env_prefix' && entry.kind === 'string') return entry.value
  return undefined
}

const SETTINGS_FILE = /(?:^|\/)settings(?:\/\w+)?\.py$/

/** `django.conf.settings.NAME`: the project's settings module, when just one defines the name. */
export function djangoSetting(m: Machine, frame: Frame, name: string): Abstract | undefined {
  const candidates = m.modules.source.files.filter(
    (file) => file.kind === 'python' && SETTINGS_FILE.test(file.path) && new RegExp(`^[ \\t]*${name}\\b`, 'm').test(file.text),
  )
  const [first, ...others] = candidates
  if (!first) return undefined
  if (others.length > 0) return unknownValue(`several settings modules define ${name}`)
  return m.once(`django:${name}`, () => moduleName(m, frame, first.path, name))
}
