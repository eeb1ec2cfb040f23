import type { ModuleFile, Modules } from '../evaluate/modules.ts'
import type { ClassInfo, FunctionInfo } from '../evaluate/symbols.ts'
import { type Expression, type ImportedName, type Statement, WHOLE } from '../syntax.ts'
import { walk } from '../walk.ts'

/** Where a piece of code stands: what its names mean. */
export interface Scope {
  readonly file: ModuleFile
  readonly info?: FunctionInfo
}

interface Imported {
  readonly level: number
  readonly module: string
  /** Undefined for `import module`. */
  readonly name?: string
}

const IMPORTS = new WeakMap<ModuleFile, ReadonlyMap<string, Imported>>()

function importsOf(file: ModuleFile): ReadonlyMap<string, Imported> {
  const known = IMPORTS.get(file)
  if (known) return known
  const found = new Map<string, Imported>()
  const add = (name: ImportedName, level: number, module: string | undefined) => {
    if (module === undefined) {
      const bound = name.alias ?? (name.name.split('.')[0] as string)
      found.set(bound, { level: 0, module: name.alias ? name.name : bound })
    } else found.set(name.alias ?? name.name, { level, module, name: name.name })
  }
  walk(file.syntax, (node) => {
    if (node.kind === 'import') for (const name of node.names) add(name, 0, undefined)
    if (node.kind === 'import-from') for (const name of node.names) add(name, node.level, node.module)
    return undefined
  })
  IMPORTS.set(file, found)
  return found
}

/** The dotted name of what an expression names outside the project: `requests.post`, `print`; undefined where it is the project's or not known. */
export function dottedName(scope: Scope, expression: Expression): string | undefined {
  if (expression.kind === 'attribute') {
    const object = dottedName(scope, expression.object)
    return object === undefined ? undefined : `${object}.${expression.name}`
  }
  if (expression.kind !== 'name') return undefined
  const imported = importsOf(scope.file).get(expression.name)
  if (imported) {
    if (imported.level > 0) return undefined
    return imported.name === undefined || imported.name === WHOLE ? imported.module : `${imported.module}.${imported.name}`
  }
  const { functions, classes } = scope.file.symbols
  const own =
    functions.some((one) => one.name === expression.name && !one.cls) || classes.some((one) => one.name === expression.name)
  return own || isBound(scope, expression.name) ? undefined : expression.name
}

/** A name that the code assigns somewhere is no builtin. */
function isBound({ file, info }: Scope, name: string): boolean {
  let bound = info?.node.parameters.some((parameter) => parameter.name === name) ?? false
  const look = (body: readonly Statement[]) => {
    for (const statement of body)
      walk(statement, (node) => {
        if (node.kind === 'assign' && node.targets.some((target) => target.kind === 'name' && target.name === name)) bound = true
        return !bound
      })
  }
  if (!bound && info) look(info.node.body)
  if (!bound) look(file.syntax.body.filter((statement) => statement.kind === 'assign'))
  return bound
}

/** True for a class of the same file. */
export function isClass({ file }: Scope, name: string): boolean {
  return file.symbols.classes.some((one) => one.name === name)
}

/** The function of the project that a call leads to. */
export function functionOf(modules: Modules, scope: Scope, callee: Expression): FunctionInfo | undefined {
  if (callee.kind === 'name') return named(modules, scope, callee.name)
  if (callee.kind !== 'attribute') return undefined
  const { object, name } = callee
  if (object.kind === 'call' && object.callee.kind === 'name' && object.callee.name === 'super') {
    const cls = classAround(scope.info)
    return cls && baseMethod(modules, scope.file, cls, name)
  }
  if (object.kind === 'name' && classAround(scope.info) && isSelf(scope.info, object.name))
    return methodOf(modules, scope.file, classAround(scope.info) as ClassInfo, name)
  const module = moduleNamed(modules, scope, object, name)
  if (module) return exportedFunction(module, name)
  const cls = classOfValue(modules, scope, object)
  return cls && methodOf(modules, cls.file, cls.info, name)
}

function isSelf(info: FunctionInfo | undefined, name: string): boolean {
  for (let at = info; at; at = at.parent) if (at.cls) return at.node.parameters[0]?.name === name
  return false
}

function classAround(info: FunctionInfo | undefined): ClassInfo | undefined {
  for (let at = info; at; at = at.parent) if (at.cls) return at.cls
  return undefined
}

function named(modules: Modules, { file, info }: Scope, name: string): FunctionInfo | undefined {
  for (let at = info; at; at = at.parent) {
    const nested = file.symbols.functions.find((one) => one.parent === at && one.name === name)
    if (nested) return nested
  }
  const own = file.symbols.functions.find((one) => one.name === name && !one.cls && !one.parent)
  if (own) return own
  const imported = importsOf(file).get(name)
  if (imported?.name === undefined) return undefined
  const place = modules.resolve(file.path, imported.level, imported.module)
  const target = place?.file === undefined ? undefined : modules.load(place.file)
  return target && exportedFunction(target, imported.name)
}

/** A function that a module offers under a name: its own, or one that the name is another name for. */
function exportedFunction(file: ModuleFile, name: string, depth = 0): FunctionInfo | undefined {
  const own = file.symbols.functions.find((one) => one.name === name && !one.cls && !one.parent)
  if (own || depth > 2) return own
  for (const statement of file.syntax.body)
    if (
      statement.kind === 'assign' &&
      statement.value?.kind === 'name' &&
      statement.targets.some((target) => target.kind === 'name' && target.name === name)
    )
      return exportedFunction(file, statement.value.name, depth + 1)
  return undefined
}

/** The module that a name stands for; of a package that is a folder, the file that declares what is asked of it. */
function moduleNamed(modules: Modules, scope: Scope, object: Expression, asked: string): ModuleFile | undefined {
  if (object.kind !== 'name') return undefined
  const imported = importsOf(scope.file).get(object.name)
  if (!imported) return undefined
  const dotted =
    imported.name === undefined || imported.name === WHOLE
      ? imported.module
      : `${imported.module}${imported.module === '' ? '' : '.'}${imported.name}`
  const place = modules.resolve(scope.file.path, imported.level, dotted)
  const path = place?.file ?? (place?.folder === undefined ? undefined : modules.member?.(place.folder, asked))
  return path === undefined ? undefined : modules.load(path)
}

/** A class and the file that it stands in. */
export interface FoundClass {
  readonly file: ModuleFile
  readonly info: ClassInfo
}

/** The classes of the project that a class derives from directly. */
export function basesOf(modules: Modules, file: ModuleFile, cls: ClassInfo): readonly FoundClass[] {
  return cls.node.bases.flatMap((base) => classNamed(modules, file, base) ?? [])
}

function classNamed(modules: Modules, file: ModuleFile, expression: Expression): FoundClass | undefined {
  const name = expression.kind === 'name' ? expression.name : expression.kind === 'attribute' ? expression.name : undefined
  if (name === undefined) return undefined
  const own = expression.kind === 'name' ? file.symbols.classes.find((one) => one.name === name) : undefined
  if (own) return { file, info: own }
  const imported = expression.kind === 'name' ? importsOf(file).get(name) : undefined
  const place = imported?.name === undefined ? undefined : modules.resolve(file.path, imported.level, imported.module)
  const target =
    expression.kind === 'attribute'
      ? moduleNamed(modules, { file }, expression.object, name)
      : place?.file === undefined
        ? undefined
        : modules.load(place.file)
  const wanted = imported?.name === undefined || imported.name === WHOLE ? name : imported.name
  const info = target?.symbols.classes.find((one) => one.name === wanted) ?? (target && aliasedClass(target, wanted))
  return target && info ? { file: target, info } : undefined
}

/** `export default Worker`: the class goes by another name elsewhere. */
function aliasedClass(file: ModuleFile, name: string): ClassInfo | undefined {
  for (const statement of file.syntax.body)
    if (statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name)) {
      const value = statement.value?.kind === 'name' ? statement.value.name : undefined
      return file.symbols.classes.find((one) => one.name === value)
    }
  return undefined
}

/** A method of a class or of the bases that can be found. */
function methodOf(modules: Modules, file: ModuleFile, cls: ClassInfo, name: string, depth = 0): FunctionInfo | undefined {
  return cls.methods.get(name) ?? (depth < 5 ? baseMethod(modules, file, cls, name, depth + 1) : undefined)
}

function baseMethod(modules: Modules, file: ModuleFile, cls: ClassInfo, name: string, depth = 1): FunctionInfo | undefined {
  for (const base of cls.node.bases) {
    const found = classNamed(modules, file, base)
    const method = found && methodOf(modules, found.file, found.info, name, depth)
    if (method) return method
  }
  return undefined
}

/** The class of the project that a local name or an attribute of `self` was made of, where it is made once. */
function classOfValue(modules: Modules, { file, info }: Scope, object: Expression): FoundClass | undefined {
  const cls = classAround(info)
  const bodies: readonly Statement[] =
    object.kind === 'attribute' && object.object.kind === 'name' && isSelf(info, object.object.name) && cls
      ? [...cls.methods.values()].flatMap((method) => method.node.body)
      : object.kind === 'name'
        ? [
            ...(info?.node.body ?? []),
            ...file.syntax.body.filter((statement) => statement.kind === 'assign' || statement.kind === 'with'),
          ]
        : []
  let made: Expression | undefined
  for (const statement of bodies)
    walk(statement, (node) => {
      if (node.kind === 'assign' && node.value && node.targets.some((target) => sameName(target, object)))
        made ??= node.value.kind === 'call' ? node.value.callee : annotationOf(node.value, info, cls)
      return undefined
    })
  made ??= annotationOf(object, info, undefined) ?? fieldType(object, cls)
  return made && classNamed(modules, file, made)
}

/** The class that a parameter is said to be of: what is injected is known by nothing else. */
function annotationOf(value: Expression, info: FunctionInfo | undefined, cls: ClassInfo | undefined): Expression | undefined {
  if (value.kind !== 'name') return undefined
  const functions = [...(info ? [info] : []), ...(cls?.methods.values() ?? [])]
  for (const { node } of functions) {
    const annotation = node.parameters.find(({ name }) => name === value.name)?.annotation
    if (annotation) return annotation
  }
  return undefined
}

/** The dotted name of the type that a variable, parameter or field is declared with. */
export function declaredType(scope: Scope, object: Expression): string | undefined {
  const cls = classAround(scope.info)
  const annotation =
    object.kind === 'name'
      ? (annotationOf(object, scope.info, undefined) ?? localType(scope.info, object.name))
      : fieldType(object, cls)
  return annotation && dottedName(scope, annotation)
}

function localType(info: FunctionInfo | undefined, name: string): Expression | undefined {
  let found: Expression | undefined
  for (const statement of info?.node.body ?? [])
    walk(statement, (node) => {
      if (
        node.kind === 'assign' &&
        node.annotation &&
        node.targets.some((target) => target.kind === 'name' && target.name === name)
      )
        found ??= node.annotation
      return found === undefined
    })
  return found
}

/** The type of a field that something else sets. */
function fieldType(object: Expression, cls: ClassInfo | undefined): Expression | undefined {
  if (object.kind !== 'attribute' || !cls) return undefined
  const { name } = object
  for (const statement of cls.node.body)
    if (statement.kind === 'assign' && statement.targets.some((target) => target.kind === 'name' && target.name === name))
      return statement.annotation
  return undefined
}

function sameName(a: Expression, b: Expression): boolean {
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name
  return a.kind === 'attribute' && b.kind === 'attribute' && a.name === b.name && sameName(a.object, b.object)
}
