import type { Location } from '../../../../model/location.ts'
import type { Literal } from '../../../../model/value.ts'
import type { Call, Expression, Statement } from '../syntax.ts'
import type { ClientEscape, ClientEvent, ClientUse } from './events.ts'
import type { Flow, Writes } from './flow.ts'
import type { ModuleFile, Modules } from './modules.ts'
import type { Slices } from './relevance.ts'
import type { Slice } from './slice.ts'
import type { ModulePlace, SourceLanguage } from './source-language.ts'
import type { Layer } from './store.ts'
import type { ClassInfo, FunctionInfo } from './symbols.ts'
import type { Abstract, CallSite, ClientValue, HeapObject, ImportedValue, ParameterValue } from './value.ts'

export interface Loop {
  readonly base: Flow
  readonly breaks: Writes[]
  readonly continues: Writes[]
}

/** One body being evaluated: a module, a class body or a function. */
export interface Frame {
  readonly kind: 'module' | 'class' | 'function'
  readonly run: Run
  readonly module: ModuleFile
  readonly info?: FunctionInfo
  /** Names that are the function's own. */
  readonly locals: ReadonlySet<string>
  /** The frame around it in the text, for closures. */
  readonly parent?: Frame
  /** `self` or `cls`, in a method. */
  readonly self?: Abstract
  /** Calls from where evaluation began to here, outermost first. */
  readonly chain: readonly CallSite[]
  readonly base: Flow
  flow: Flow
  readonly returns: { readonly value: Abstract; readonly writes: Writes }[]
  readonly yields: Abstract[]
  readonly loops: Loop[]
  /** Functions defined in it, to be evaluated even if nothing is seen to call them. */
  readonly nested: { readonly info: FunctionInfo; readonly frame: Frame }[]
  /** Functions whose callers decide the branches that are open here. */
  depends: readonly FunctionInfo[]
  /** The statements that can matter; all where it is not set. */
  readonly slice?: Slice
}

/** One evaluation from an entry: a module, or a function whose parameters its callers decide. */
export interface Run {
  /** The function it starts from; none for a module. */
  readonly entry?: FunctionInfo
  readonly events: ClientEvent[]
  readonly uses: ClientUse[]
  readonly escapes: ClientEscape[]
  /** Functions that were evaluated in it. */
  readonly executed: Set<FunctionInfo>
  /** Functions being evaluated, innermost last. */
  readonly active: FunctionInfo[]
  /** Instances of project classes made in it, and the calls that led to each. */
  readonly instances: { readonly id: number; readonly info: ClassInfo; readonly chain: readonly CallSite[] }[]
  /** Dicts that stand for parameters, by function and name. */
  readonly parameters: Map<string, number>
  /** Objects that exist from the start, such as those for parameters. */
  readonly initial: Map<number, HeapObject>
  steps: number
  /** Steps after which a body is left as it is: what is not about clients is not followed for long. */
  limit: number
  /** Calls evaluated so far: expressions that go in each other hundreds deep come to more than can be followed. */
  calls: number
  /** Above zero while something is evaluated whose result hardly matters: functions of the project are not followed then. */
  shallow: number
  /** The expression that stands as a statement: nothing reads what it gives. */
  discarded?: Expression
}

/** One argument of a call, evaluated. */
export interface Argument {
  readonly name?: string
  readonly spread?: '*' | '**'
  readonly value: Abstract
  readonly location: Location
  /** Written in the call itself, so that nobody else holds it. */
  readonly fresh?: boolean
}

/** What knows the clients: called for every call of something outside the project. */
export interface ClientRecogniser {
  /** Makes a client value when `path` is a client's constructor. `instance` is the object whose class derives from it. */
  construct(
    m: Machine,
    frame: Frame,
    path: string,
    args: readonly Argument[],
    node: Call,
    alsoKnownAs?: readonly string[],
  ): Abstract | undefined
  /** True for the dotted path of a client's class. */
  isClient(path: string): boolean
  /** Methods that make clients of what has been made. */
  readonly makers: readonly string[]
  /** True for the bare name of a client's class. */
  isClientName(name: string): boolean
  /** True for a module that is a client library's, whatever folder of that name the project has: it is then the library's own repository. */
  isLibrary(module: string): boolean
  /** The public path of a client's class, when a class of the project is the library's own definition of it. */
  ownDefinition(path: string, name: string): string | undefined
  /** Names of clients that `from module import *` brings. */
  exportsOf(module: string): readonly string[]
  /** False for methods whose arguments are payload, their topic aside. */
  readsArguments(client: ClientValue, name: string): boolean
  /** A method called on a client. */
  method(m: Machine, frame: Frame, client: ClientValue, name: string, args: readonly Argument[], node: Expression): Abstract
}

/** The state of a module of the project, evaluated once. */
export interface ModuleState {
  readonly file: ModuleFile
  readonly frame: Frame
  /** Modules of `from x import *`, in order. */
  readonly stars: ImportedValue[]
  /** Where each name was last assigned. */
  readonly definitions: Map<string, Location>
  done: boolean
}

/** The parts of the evaluation, joined so that they can call each other. */
export interface Machine {
  readonly language: Language
  readonly modules: Modules
  readonly clients: ClientRecogniser
  /** Objects of modules that have been evaluated. */
  readonly world: Layer<number, HeapObject>
  newId(): number
  /** Orders what happens to dicts. */
  tick(): number
  evaluate(frame: Frame, node: Expression): Abstract
  /** The same for what is only handed on: it may be put off until something asks for it. */
  evaluateLazily(frame: Frame, node: Expression): Abstract
  execute(frame: Frame, statements: readonly Statement[]): void
  callValue(frame: Frame, callee: Abstract, args: readonly Argument[], node: Call): Abstract
  /** A module evaluated at least as far as the name wants it. */
  stateOf(path: string, wanted?: string): ModuleState | undefined
  readonly slices: Slices
  /** Evaluates a function from outside, its parameters open; once. Undefined while it is being evaluated. */
  summaryOf(info: FunctionInfo): Summary | undefined
  /** The same, only if it was evaluated before: what is begun on the way may lack what is not done yet. */
  knownSummary(info: FunctionInfo): Summary | undefined
  /** What a class's body left: attributes and bases; undefined until it was evaluated. */
  bodyOf(info: ClassInfo): ClassBody | undefined
  setBody(info: ClassInfo, body: ClassBody): void
  /** The lineage of a class whose bases are all evaluated, kept. */
  readonly lineages: Map<ClassInfo, unknown>
  /** Evaluates what hardly matters: the condition of a branch, a payload. */
  glance(frame: Frame, node: Expression): Abstract
  /** Guards a question that may lead back to itself: undefined when it does. */
  once<T>(key: string, question: () => T): T | undefined
}

export interface ClassBody {
  readonly attributes: Map<string, Abstract>
  readonly bases: readonly Abstract[]
  readonly definitions: Map<string, Location>
  readonly decorators: readonly Abstract[]
}

/** What is left after a function was evaluated from outside. */
export interface Summary {
  readonly run: Run
  readonly self?: number
  readonly value: Abstract
  readonly flow: Flow
}

/** What evaluation must know of a language: what its names, objects and built-in functions mean. */
export interface Language extends SourceLanguage {
  /** A call of such a name; undefined when it is treated as any other. */
  builtinCall(m: Machine, frame: Frame, name: string, args: readonly Argument[], node: Call): Abstract | undefined
  /** A call of something outside the project that the language or a common package defines; undefined for all else. */
  knownCall(m: Machine, frame: Frame, path: string, args: readonly Argument[], node: Call): Abstract | undefined
  /** True for a function whose arguments are worth evaluating. */
  readsArguments(path: string): boolean
  /** True for a function that changes nothing of what it is given. */
  isHarmless(path: string): boolean
  /** An attribute of something outside the project that means something; undefined for all else. */
  knownAttribute(m: Machine, frame: Frame, path: string, name: string): Abstract | undefined
  /** A name that a module does not define under that name, yet offers. */
  offered?(m: Machine, frame: Frame, place: ModulePlace, name: string): Abstract | undefined
  /** A method of a dict that is an object with methods; absent where the keys of a dict are its methods. */
  dictMethod?(
    m: Machine,
    frame: Frame,
    target: number | ParameterValue,
    name: string,
    args: readonly Argument[],
    node: Call,
  ): Abstract
  /** A method of a list or of a text; undefined where it is not known. */
  listMethod(m: Machine, frame: Frame, id: number, name: string, args: readonly Argument[], node: Call): Abstract
  textMethod(m: Machine, frame: Frame, object: Abstract, name: string, args: readonly Argument[], node: Call): Abstract
  /** How a value that is no text reads in one; as in Python where it is not set. */
  readonly spell?: (literal: Literal) => string
}
