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
  }
}

export function initial(start: number, messages: number): State {
  const zeros = new Array<number>(messages).fill(0)
  return { committed: 0, instances: [fresh(start, 0)], done: zeros, outputs: zeros, processed: zeros, marks: zeros }
}

/** What of a state can still make a difference in a program. */
export interface Relevant {
  /** The effects that count when they are done again. */
  readonly done: number
  /** A message may be skipped as seen: then it matters whether anything was done for it. */
  readonly skips: boolean
  readonly marks: boolean
  readonly stored: boolean
  /** What the broker has stays there, once. */
  readonly safe: boolean
}

/** Stands for any effect, above the bits of those that count and of work that was handed on. */
const SOMETHING = 1 << 31

/** Equal for states that behave alike: each number as one character, what makes no difference left out. */
export function keyOf({ committed, done, outputs, processed, marks, instances }: State, relevant: Relevant): string {
  const codes: number[] = [committed]
  let earliest = committed
  for (const { position, from, hand, work } of instances) {
    if (work !== 0) earliest = 0
    earliest = Math.min(earliest, from, position, hand < 0 ? position : hand)
  }
  for (let m = 0; m < done.length; m++) {
    // nobody comes to it again
    const gone = m < earliest
    const all = gone ? 0 : (done[m] as number)
    const bits = (all & relevant.done) | (relevant.skips && all !== 0 ? SOMETHING : 0)
    const output = outputs[m] as number
    const mark = relevant.marks && !gone ? (marks[m] as number) : 0
    codes.push(
      bits & 0xffff,
      bits >>> 16,
      (gone && output === 2 && relevant.safe ? 0 : output) | ((processed[m] as number) << 2) | (mark << 3),
    )
  }
  for (const i of instances)
    codes.push(
      i.at,
      i.position |
        ((i.hand + 1) << 3) |
        (i.from << 6) |
        ((relevant.stored ? i.stored : 0) << 9) |
        ((i.failed ? 1 : 0) << 12) |
        ((i.zombie ? 1 : 0) << 13),
      (i.flight + 1) | ((i.transaction + 2) << 4) | (i.work << 8),
    )
  return String.fromCharCode.apply(undefined, codes)
}

export const set = (values: readonly number[], at: number, value: number): readonly number[] => {
  if (values[at] === value) return values
  const changed = values.slice()
  changed[at] = value
  return changed
}

/** Whether an instance has the message: in hand, in the rest of its batch, in work that it handed on, or in its buffer. */
export function holds(state: State, message: number): boolean {
  return state.instances.some(
    ({ hand, from, position, work }) =>
      hand === message || (message >= from && message < position && message > hand) || (work & (1 << message)) !== 0,
  )
}
