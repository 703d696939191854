import type { BarColumns } from '#shared/catalog/indicators/define.ts'
import { plainAverage, taLib, taLine, taWindow } from '#test/ta-lib.ts'
import { change, neutralAt, size, zip } from './columns.ts'

/* TA-Lib's figures, with a plain second definition in the rows in which we differ from it on purpose. */

/** Highest high less lowest low of the last bars. */
export const range = (high: Float64Array, low: Float64Array, window: number): Float64Array =>
  zip((top, bottom) => top - bottom, taLine('MAX', [high], window), taLine('MIN', [low], window))

export function stochasticK({ high, low, close }: BarColumns, window: number): Float64Array {
  const [k] = taLib('STOCHF', [high, low, close], [window, 1, plainAverage], 2)
  return neutralAt(range(high, low, window), 50, k!)
}

/** Middle, upper and lower band. */
export function bollinger(x: Float64Array, window: number, deviations: number): Float64Array[] {
  const middle = taWindow('SMA', x, window)
  const [upper, , lower] = taLib('BBANDS', [x], [window, deviations, deviations, plainAverage], 3)
  const at = (side: Float64Array, sign: number) =>
    side.map((given, i) => {
      const deviation = plainDeviation(x, window, i)
      return deviation > 1e-4 * x[i]! ? given : middle[i]! + sign * deviations * deviation
    })
  return [middle, at(upper!, 1), at(lower!, -1)]
}

/** Deviation of the population in two passes. */
function plainDeviation(x: Float64Array, window: number, row: number): number {
  if (row < window - 1) return Number.NaN
  const moves = [...x.subarray(row - window + 1, row + 1)].map((value) => value - x[row]!)
  const mean = moves.reduce((sum, move) => sum + move, 0) / window
  return Math.sqrt(moves.reduce((sum, move) => sum + (move - mean) ** 2, 0) / window)
}

/** Kaufman's average: TA-Lib's up to the first window that stands still, from there on by hand. */
export function kaufman(x: Float64Array, period: number): Float64Array {
  const out = taLine('KAMA', [x], period)
  const still = range(x, x, period + 1).indexOf(0)
  if (still < 0) return out
  for (let i = still; i < x.length; i++) {
    const steps = [...size(change(x.subarray(i - period, i + 1)))].slice(1)
    const path = steps.reduce((sum, step) => sum + step, 0)
    const ratio = path === 0 ? 0 : Math.abs(x[i]! - x[i - period]!) / path
    const before = i === period ? x[period - 1]! : out[i - 1]!
    out[i] = before + (ratio * (2 / 3 - 2 / 31) + 2 / 31) ** 2 * (x[i]! - before)
  }
  return out
}

export function moneyFlow({ high, low, close, volume }: BarColumns, period: number): Float64Array {
  const given = taLine('MFI', [high, low, close, volume], period)
  const price = taLine('TYPPRICE', [high, low, close])
  const flows = price.map((p, i) => (i === 0 ? 0 : Math.sign(p - price[i - 1]!) * p * volume[i]!))
  return given.map((value, i) => {
    if (Number.isNaN(value)) return value
    const window = [...flows.subarray(i - period + 1, i + 1)]
    const total = window.reduce((sum, flow) => sum + Math.abs(flow), 0)
    if (total >= 1) return value
    const inflow = window.reduce((sum, flow) => sum + Math.max(0, flow), 0)
    return total === 0 ? 50 : (100 * inflow) / total
  })
}

export function ultimate(bars: BarColumns, short: number, mid: number, long: number): Float64Array {
  const { high, low, close } = bars
  const ranges = taLine('TRANGE', [high, low, close])
  const pressures = close.map((c, i) => (i === 0 ? Number.NaN : c - Math.min(low[i]!, close[i - 1]!)))
  const given = taLine('ULTOSC', [high, low, close], short, mid, long)
  const share = (window: number, row: number) => {
    const sum = (x: Float64Array) => x.subarray(row - window + 1, row + 1).reduce((a, b) => a + b, 0)
    return sum(ranges) === 0 ? 0.5 : sum(pressures) / sum(ranges)
  }
  const hasRange = (window: number, row: number) =>
    ranges.subarray(row - window + 1, row + 1).some((each) => each > 0)
  return given.map((value, i) =>
    Number.isNaN(value) || [short, mid, long].every((window) => hasRange(window, i))
      ? value
      : (100 * (4 * share(short, i) + 2 * share(mid, i) + share(long, i))) / 7,
  )
}
