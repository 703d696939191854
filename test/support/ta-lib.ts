import { init } from 'talib-web'
import { vi } from 'vitest'

/* TA-Lib itself: the C library compiled to WebAssembly, called without the package's wrapper, which reads one value too many. */

interface Wasm {
  HEAPF64: Float64Array
  HEAP32: Int32Array
  _malloc: (bytes: number) => number
  _free: (at: number) => void
  [taFunction: `_TA_${string}`]: (...args: number[]) => number
}

// Where `fetch` exists the loader takes itself for a page and asks it for a file.
vi.stubGlobal('fetch', undefined)
const wasm = (await init()) as Wasm
vi.unstubAllGlobals()

/** TA-Lib's numbers for its kinds of moving average. */
export const [plainAverage, exponentialAverage] = [0, 1]

/**
 * Calls a function of TA-Lib: `taLib('RSI', [close], [14])`. Columns are as long as the inputs and NaN where TA-Lib has no value
 * yet; leading NaN of inputs are skipped, so that functions can be chained.
 */
export function taLib(
  name: string,
  inputs: Float64Array[],
  options: number[] = [],
  outputs = 1,
): Float64Array[] {
  const rows = inputs[0]!.length
  const columns = Array.from({ length: outputs }, () => new Float64Array(rows).fill(Number.NaN))
  const known = inputs.map((x) => x.findIndex((value) => !Number.isNaN(value)))
  if (known.includes(-1)) return columns
  const skipped = Math.max(...known)
  const count = rows - skipped
  const at = Array.from({ length: inputs.length + outputs }, () => wasm._malloc(8 * count))
  const range = wasm._malloc(8)
  for (const [k, x] of inputs.entries()) wasm.HEAPF64.set(x.subarray(skipped), at[k]! / 8)
  const [from, to] = [at.slice(0, inputs.length), at.slice(inputs.length)]
  const code = wasm[`_TA_${name}`]!(0, count - 1, ...from, ...options, range, range + 4, ...to)
  if (code !== 0) throw new Error(`TA_${name} with ${options.join(', ')} returned ${code}`)
  const begin = wasm.HEAP32[range / 4]!
  const length = wasm.HEAP32[range / 4 + 1]!
  for (const [k, column] of columns.entries()) {
    const start = to[k]! / 8
    column.set(wasm.HEAPF64.subarray(start, start + length), skipped + begin)
  }
  for (const each of [...at, range]) wasm._free(each)
  return columns
}

/** A function of TA-Lib with one output. */
export const taLine = (name: string, inputs: Float64Array[], ...options: number[]): Float64Array =>
  taLib(name, inputs, options)[0]!

/**
 * The same for a function of the last `window` values alone, begun anew every 200 rows: TA-Lib adds and takes off its running
 * sums for as long as the series is, and their rounding piles up.
 */
export function taWindow(name: string, x: Float64Array, window: number, ...options: number[]): Float64Array {
  const out = new Float64Array(x.length).fill(Number.NaN)
  const first = x.findIndex((value) => !Number.isNaN(value))
  for (let from = Math.max(0, first); from + window <= x.length; from += 200) {
    const part = x.subarray(from, from + 200 + window - 1)
    out.set(taLine(name, [part], window, ...options).subarray(window - 1), from + window - 1)
  }
  return out
}
