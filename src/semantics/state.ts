/** One process that reads the partition. */
export interface Instance {
  /** Place in the program. */
  readonly at: number
  /** The next message it would be handed. */
  readonly position: number
  /** The message in hand, or −1; of a batch those from `from` to `position` are in hand too. */
  readonly hand: number
  readonly from: number
  /** What a commit of stored offsets would commit. */
  readonly stored: number
  /** An asynchronous commit under way, or −1. */
  readonly flight: number
  /** Something failed in this turn and was not made up for. */
  readonly failed: boolean
  /** It has lost the partition and does not know: nothing it commits counts. */
  readonly zombie: boolean
  /** Messages whose work was handed to something else and has not run, as bits. */
  readonly work: number
  /** Offsets that a transaction under way will commit, or −1; −2 outside of one. */
  readonly transaction: number
  /** Marks and effects of a database transaction under way, as bits of messages; −1 outside of one. */
  readonly together: number
}

/** What can be told apart of the world while two messages of one partition are processed. */
export interface State {
  readonly committed: number
  readonly instances: readonly Instance[]
  /** Effects done, by message, as bits of the steps that do them. */
  readonly done: readonly number[]
  /** Outputs by message: 0 none, 1 in a buffer, 2 with the broker, 3 in a transaction under way. */
  readonly outputs: readonly number[]
  /** 1 where everything that was to be done for the message was. */
  readonly processed: readonly number[]
  /** 1 where a dedupe mark is there. */
  readonly marks: readonly number[]
  readonly faults: number
}

export function fresh(start: number, position: number): Instance {
  return {
    at: start,
    position,
    hand: -1,
    from: position,
    stored: position,
    flight: -1,
    failed: false,
    zombie: false,
    work: 0,
    transaction: -2,
    together: -1,
  }
}

export function initial(start: number, messages: number, faults: number): State {
  const zeros = new Array<number>(messages).fill(0)
  return { committed: 0, instances: [fresh(start, 0)], done: zeros, outputs: zeros, processed: zeros, marks: zeros, faults }
}

/** Equal for states that behave alike. */
export function keyOf(state: State): string {
  let key = `${state.committed}|${state.faults}|${state.done}|${state.outputs}|${state.processed}|${state.marks}`
  for (const i of state.instances)
    key += `|${i.at},${i.position},${i.hand},${i.from},${i.stored},${i.flight},${i.failed ? 1 : 0}${i.zombie ? 1 : 0},${i.work},${i.transaction},${i.together}`
  return key
}

export const set = (values: readonly number[], at: number, value: number): readonly number[] =>
  values[at] === value ? values : values.map((one, i) => (i === at ? value : one))

/** Whether an instance has the message: in hand, in the rest of its batch, in work that it handed on, or in its buffer. */
export function holds(state: State, message: number): boolean {
  return state.instances.some(
    ({ hand, from, position, work }) =>
      hand === message || (message >= from && message < position && message > hand) || (work & (1 << message)) !== 0,
  )
}
