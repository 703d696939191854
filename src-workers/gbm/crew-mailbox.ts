/** One helper's place in the memory that it shares with the thread that it helps. */
export interface Mailbox {
  /** By the constants below. */
  words: Int32Array
  /** Arguments of the call, then what it returned. */
  numbers: Float64Array
}

/** Turns 1 when the helper has begun to wait for calls. */
export const READY = 0
/** Number of calls made, and of calls done. */
export const CALLED = 1
export const DONE = 2
/** Which function is called, by the order of the module's exports; −1 sends the helper home. */
export const FUNCTION = 3
/** Turns 1 when a call has failed. */
export const FAILED = 4
export const MOST_ARGUMENTS = 15

const WORDS = 16

/** Times to look before sleeping: a few dozen microseconds, longer than most calls follow each other. */
const LOOKS = 20_000

/** What a helper thread is started with. */
export interface SeatData {
  module: WebAssembly.Module
  memory: WebAssembly.Memory
  mailbox: SharedArrayBuffer
}

export function createMailbox(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * WORDS + 8 * (MOST_ARGUMENTS + 1))
}

export function openMailbox(buffer: SharedArrayBuffer): Mailbox {
  return { words: new Int32Array(buffer, 0, WORDS), numbers: new Float64Array(buffer, 4 * WORDS) }
}

/** Waits until a word is no longer `old`, at most `patienceMs`; whether it came to that. */
export function awaitChange(words: Int32Array, at: number, old: number, patienceMs?: number): boolean {
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, at) !== old) return true
  return Atomics.wait(words, at, old, patienceMs) !== 'timed-out'
}
