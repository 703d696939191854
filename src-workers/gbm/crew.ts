import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { SigmaError } from '#shared/errors.ts'
import {
  awaitChange,
  CALLED,
  createMailbox,
  DONE,
  FAILED,
  FUNCTION,
  type Mailbox,
  openMailbox,
  READY,
  type SeatData,
} from './crew-mailbox.ts'
import type { WasmExports } from './wasm-exports.ts'

/** A function of the kernel with its arguments. */
export type Call = {
  [Name in keyof WasmExports]: readonly [Name, ...Parameters<WasmExports[Name]>]
}[keyof WasmExports]

/**
 * Threads that run functions of one compiled kernel on the same memory. A helper that has not arrived yet takes no part, so
 * nobody waits for a thread to start; results must not depend on how many there are.
 */
export interface Crew {
  /** Threads at work now, the caller's own among them. */
  readonly size: number
  /** How many may work from now on; helpers that are missing are sent for. */
  resize: (threads: number) => void
  /** Makes every call, side by side as far as there are threads, and returns what they returned. */
  run: (calls: readonly Call[]) => number[]
  close: () => void
}

/** Beside this file in the sources and, under the same name, in the program. */
const program = new URL(`./crew-seat${extname(import.meta.url)}`, import.meta.url)

/** A call takes milliseconds; a helper that is silent for so long is gone. */
const goneMs = 60_000

/** Waiting longer than twice the own share and this is a sign that the machine has no core for the helper. */
const lateMs = 0.5
/** So many late helpers among so many rounds, and all is done alone for a while, each time twice as long. */
const MOST_LATE = 4
const WATCHED_ROUNDS = 64
const LEAST_ALONE = 500
const MOST_ALONE = 64_000

export function createCrew(module: WebAssembly.Module, memory: WebAssembly.Memory, own: WasmExports): Crew {
  const places = new Map(Object.keys(own).map((name, place) => [name, place]))
  const seats: Mailbox[] = []
  let wanted = 1
  /** Helpers that have arrived; they do so in no order, so those behind a missing one wait for it. */
  let arrived = 0

  const seat = (): Mailbox => {
    const mailbox = createMailbox()
    const worker = new Worker(program, { workerData: { module, memory, mailbox } satisfies SeatData })
    worker.unref()
    return openMailbox(mailbox)
  }
  const size = (): number => {
    while (arrived < seats.length && Atomics.load(seats[arrived]!.words, READY) === 1) arrived++
    return Math.min(wanted, arrived + 1)
  }
  const tell = ({ words, numbers }: Mailbox, [name, ...args]: Call): void => {
    numbers.set(args)
    words[FUNCTION] = places.get(name)!
    Atomics.add(words, CALLED, 1)
    Atomics.notify(words, CALLED)
  }
  const call = ([name, ...args]: Call): number =>
    (own[name] as (...numbers: readonly number[]) => number)(...args)
  const finish = (each: Mailbox): number => {
    const { words, numbers } = each
    const called = words[CALLED]!
    while (Atomics.load(words, DONE) !== called) {
      if (!awaitChange(words, DONE, called - 1, goneMs))
        throw new SigmaError('INTERNAL', 'a helper of the trainer is gone')
    }
    if (words[FAILED] === 1) throw new SigmaError('INTERNAL', 'a helper of the trainer has failed')
    return numbers[numbers.length - 1]!
  }

  /** Rounds that are still done alone, and how many it will be next time. */
  let alone = 0
  let nextAlone = LEAST_ALONE
  let rounds = 0
  let late = 0
  const watch = (ownMs: number, waitedMs: number): void => {
    rounds++
    if (waitedMs > 2 * ownMs + lateMs) late++
    if (late < MOST_LATE && rounds < WATCHED_ROUNDS) return
    if (late >= MOST_LATE) alone = nextAlone
    nextAlone = Math.min(MOST_ALONE, Math.max(LEAST_ALONE, late >= MOST_LATE ? nextAlone * 2 : nextAlone / 2))
    rounds = 0
    late = 0
  }

  return {
    get size() {
      return size()
    },
    resize(threads) {
      wanted = threads
      while (seats.length < threads - 1) seats.push(seat())
    },
    run(calls) {
      const helpers = Math.min(size(), calls.length) - 1
      if (helpers < 1) return calls.map(call)
      if (alone > 0) {
        alone--
        return calls.map(call)
      }
      for (let k = 0; k < helpers; k++) tell(seats[k]!, calls[k]!)
      const began = performance.now()
      const own = calls.slice(helpers).map(call)
      const done = performance.now()
      const results = seats.slice(0, helpers).map(finish)
      watch(done - began, performance.now() - done)
      return results.concat(own)
    },
    close() {
      for (const { words } of seats) {
        words[FUNCTION] = -1
        Atomics.add(words, CALLED, 1)
        Atomics.notify(words, CALLED)
      }
      seats.length = 0
      arrived = 0
    },
  }
}
