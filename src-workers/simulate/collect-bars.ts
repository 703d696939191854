import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import type { MinutePath } from './minute-path.ts'

const barMinutes = 5
const minuteMs = 60_000

/** Columns for the 5-minute bars of `sessions` sessions, filled by `appendBars`, cut by `finishBars`. */
export function createBars(sessions: number): BarSeries {
  const capacity = sessions * 78
  const column = () => new Float64Array(capacity)
  return {
    length: 0,
    ts: column(),
    openTs: column(),
    session: new Int32Array(capacity),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
    vwap: column(),
  }
}

/** Adds one session's bars, prices rounded to cents and average prices to hundredths of a cent. */
export function appendBars(bars: BarSeries, path: MinutePath, session: number, openTs: number): void {
  for (let from = 0; from < path.minutes; from += barMinutes) {
    const to = from + barMinutes
    let high = Number.NEGATIVE_INFINITY
    let low = Number.POSITIVE_INFINITY
    let volume = 0
    let value = 0
    for (let m = from; m < to; m++) {
      high = Math.max(high, path.high[m]!)
      low = Math.min(low, path.low[m]!)
      const middle = (path.open[m]! + path.high[m]! + path.low[m]! + 2 * path.close[m]!) / 5
      volume += path.volume[m]!
      value += path.volume[m]! * Math.exp(middle)
    }
    const b = bars.length++
    bars.session[b] = session
    bars.openTs[b] = openTs + from * minuteMs
    bars.ts[b] = openTs + to * minuteMs
    bars.open[b] = cents(path.open[from]!)
    bars.high[b] = cents(high)
    bars.low[b] = cents(low)
    bars.close[b] = cents(path.close[to - 1]!)
    bars.volume[b] = volume
    bars.vwap[b] = Math.min(Math.max(Math.round((value / volume) * 1e4) / 1e4, bars.low[b]!), bars.high[b]!)
  }
}

/** The filled part of the columns. */
export function finishBars(bars: BarSeries): BarSeries {
  const { length } = bars
  const cut = (column: Float64Array) => column.slice(0, length)
  return {
    length,
    ts: cut(bars.ts),
    openTs: cut(bars.openTs),
    session: bars.session.slice(0, length),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
    vwap: cut(bars.vwap),
  }
}

/** A log price as dollars and cents. */
export function cents(logPrice: number): number {
  return Math.round(Math.exp(logPrice) * 100) / 100
}
