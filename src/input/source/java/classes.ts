import type { SyntaxNode } from '@lezer/common'
import { withPrelude } from '../program/prelude.ts'
import type { ClassDef, Expression, Keyword, Statement } from '../program/syntax.ts'
import { operands } from './expressions.ts'
import { functionDef } from './functions.ts'
import { type ClassScope, childrenOf, isType, type Lifting, nameNode, spanOf, textOf, typeName } from './lifting.ts'

const BODIES = ['ClassBody', 'InterfaceBody', 'EnumBody', 'RecordBody']

/** A class, interface, enum or record: its constructor is `__init__`, where its fields are set; static members are the class's own. */
export function classDef(l: Lifting, node: SyntaxNode): ClassDef {
  const span = spanOf(node)
  const definition = node.getChild('Definition')
  const name = definition ? textOf(l, definition) : 'class'
  const members = BODIES.flatMap((kind) => node.getChildren(kind)).flatMap((body) => membersOf(body))
  const bases = basesOf(l, node)
  const cls: ClassScope = { ...scopeOf(l, name, members, bases.length > 0), ...(l.cls ? { parent: l.cls } : {}) }
  const around = l.cls
  l.cls = cls
  const body: Statement[] = []
  const fields: (() => readonly Statement[])[] = []
  let maker: SyntaxNode | undefined
  for (const member of members) {
    switch (member.name) {
      case 'FieldDeclaration':
      case 'ConstantDeclaration':
        field(l, member, body, fields)
        break
      case 'MethodDeclaration': {
        const called = member.getChild('Definition')
        if (!called || !member.getChild('Block')) break
        const isStatic = hasModifier(member, 'static')
        const decorators = [...annotationsOf(l, member), ...(isStatic ? [nameNode('classmethod', spanOf(called))] : [])]
        body.push(...l.prelude.splice(0), functionDef(l, member, textOf(l, called), { self: true, decorators }))
        break
      }
      case 'ConstructorDeclaration':
        // of several the one that takes most is the one that the others call
        if (!maker || parametersIn(member) > parametersIn(maker)) maker = member
        break
      case 'EnumConstant': {
        const constant = member.getChild('Definition')
        if (constant)
          body.push({
            kind: 'assign',
            targets: [nameNode(textOf(l, constant), spanOf(constant))],
            value: { kind: 'string', value: textOf(l, constant), ...spanOf(constant) },
            ...spanOf(member),
          })
        break
      }
      case 'ClassDeclaration':
      case 'InterfaceDeclaration':
      case 'EnumDeclaration':
      case 'RecordDeclaration':
        body.push(classDef(l, member))
        break
      case 'StaticInitializer':
        body.push(...l.statements(l, childrenOf(member.getChild('Block') ?? member)))
        break
    }
  }
  const first = () => fields.flatMap((one) => one())
  if (maker) body.unshift(functionDef(l, maker, '__init__', { self: true, decorators: annotationsOf(l, maker), first }))
  else if (fields.length > 0)
    body.unshift({
      kind: 'function',
      name: '__init__',
      nameSpan: definition ? spanOf(definition) : span,
      async: false,
      decorators: [],
      parameters: [{ name: 'this', type: 'normal', start: 0, end: 0 }],
      body: first(),
      ...span,
    })
  if (around) l.cls = around
  else delete l.cls
  return {
    kind: 'class',
    name,
    nameSpan: definition ? spanOf(definition) : span,
    decorators: annotationsOf(l, node),
    bases,
    keywords: [],
    body,
    ...span,
  }
}

function membersOf(body: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(body).flatMap((child) => (child.name === 'EnumBodyDeclarations' ? childrenOf(child) : [child]))
}

function basesOf(l: Lifting, node: SyntaxNode): readonly Expression[] {
  const types = [
    ...node.getChildren('Superclass'),
    ...node.getChildren('SuperInterfaces'),
    ...node.getChildren('ExtendsInterfaces'),
  ].flatMap((part) => childrenOf(part).flatMap((child) => (isType(child) ? [child] : childrenOf(child).filter(isType))))
  return types.map((type) => nameNode(typeName(l, type), spanOf(type)))
}

function scopeOf(l: Lifting, name: string, members: readonly SyntaxNode[], derives: boolean): ClassScope {
  const fields = new Map<string, boolean>()
  const methods = new Map<string, boolean>()
  for (const member of members) {
    const isStatic = hasModifier(member, 'static') || member.name === 'EnumConstant' || member.name === 'ConstantDeclaration'
    if (member.name === 'FieldDeclaration' || member.name === 'ConstantDeclaration')
      for (const one of member.getChildren('VariableDeclarator')) {
        const definition = one.getChild('Definition')
        if (definition) fields.set(textOf(l, definition), isStatic)
      }
    const definition = member.getChild('Definition')
    if (definition && member.name === 'MethodDeclaration') methods.set(textOf(l, definition), isStatic)
    if (definition && (member.name === 'EnumConstant' || /^(?:Class|Interface|Enum|Record)Declaration$/.test(member.name)))
      fields.set(textOf(l, definition), true)
  }
  return { name, fields, methods, derives }
}

function hasModifier(node: SyntaxNode, name: string): boolean {
  return node.getChild('Modifiers')?.getChild(name) != null
}

function parametersIn(node: SyntaxNode): number {
  const list = node.getChild('FormalParameters')
  return list ? childrenOf(list).length : 0
}

/** A field: of the class where it is static, else set where an object is made. One that something else sets is told by its type. */
function field(l: Lifting, member: SyntaxNode, body: Statement[], fields: (() => readonly Statement[])[]): void {
  const type = childrenOf(member).find(isType)
  const isStatic = hasModifier(member, 'static') || member.name === 'ConstantDeclaration'
  const annotation = type ? { annotation: nameNode(typeName(l, type), spanOf(type)) } : {}
  for (const one of member.getChildren('VariableDeclarator')) {
    const definition = one.getChild('Definition')
    if (!definition) continue
    const name = textOf(l, definition)
    const at = spanOf(definition)
    const value = operands(one)
      .filter((part) => part.name !== 'Definition')
      .at(-1)
    const span = { start: member.from, end: one.to }
    if (!value) {
      const given = injected(l, member) ?? (type ? madeElsewhere(l, type) : undefined)
      if (given)
        fields.push(() => [
          { kind: 'assign', targets: [{ kind: 'attribute', object: nameNode('this', at), name, ...at }], value: given, ...span },
        ])
      else body.push({ kind: 'assign', targets: [nameNode(name, at)], ...annotation, ...span })
    } else if (isStatic)
      body.push(
        ...withPrelude(l, (): readonly Statement[] => [
          { kind: 'assign', targets: [nameNode(name, at)], ...annotation, value: l.expression(l, value), ...span },
        ]),
      )
    else {
      body.push({ kind: 'assign', targets: [nameNode(name, at)], ...annotation, ...span })
      fields.push(() =>
        withPrelude(l, (): readonly Statement[] => [
          {
            kind: 'assign',
            targets: [{ kind: 'attribute', object: nameNode('this', at), name, ...at }],
            value: l.expression(l, value),
            ...span,
          },
        ]),
      )
    }
  }
}

/** What a container hands out ready made: whoever has a field of the type has one. */
const HANDED_OUT = new Set(['KafkaTemplate'])

function madeElsewhere(l: Lifting, type: SyntaxNode): Expression | undefined {
  const name = typeName(l, type)
  const span = spanOf(type)
  return HANDED_OUT.has(name) ? { kind: 'call', callee: nameNode(name, span), positional: [], keywords: [], ...span } : undefined
}

/** What `@Value("${a.b:c}")` gives: a call that the language knows. */
function injected(l: Lifting, member: SyntaxNode): Expression | undefined {
  return annotationsOf(l, member).find((one) => one.kind === 'call' && one.callee.kind === 'name' && one.callee.name === 'Value')
}

/** `@KafkaListener(topics = "t")` as a call with its elements by name. */
export function annotationsOf(l: Lifting, node: SyntaxNode): readonly Expression[] {
  const modifiers = node.getChild('Modifiers')
  if (!modifiers) return []
  return [...modifiers.getChildren('Annotation'), ...modifiers.getChildren('MarkerAnnotation')].map((one): Expression => {
    const span = spanOf(one)
    const [called] = childrenOf(one)
    const name = called ? (textOf(l, called).split('.').at(-1) as string) : ''
    const callee = nameNode(name, called ? spanOf(called) : span)
    if (one.name === 'MarkerAnnotation') return callee
    const list = one.getChild('AnnotationArgumentList')
    const positional: Expression[] = []
    const keywords: Keyword[] = []
    for (const argument of list ? childrenOf(list) : []) {
      if (argument.name !== 'ElementValuePair') {
        positional.push(element(l, argument))
        continue
      }
      const [key, value] = childrenOf(argument).filter((part) => part.name !== 'AssignOp')
      if (key && value) keywords.push({ name: textOf(l, key), value: element(l, value), ...spanOf(argument) })
    }
    return { kind: 'call', callee, positional, keywords, ...span }
  })
}

function element(l: Lifting, node: SyntaxNode): Expression {
  if (node.name === 'ElementValueArrayInitializer')
    return { kind: 'list', items: childrenOf(node).map((item) => element(l, item)), ...spanOf(node) }
  return l.expression(l, node)
}
