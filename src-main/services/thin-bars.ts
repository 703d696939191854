import type { BarSeries } from '#shared/jobs/build-matrix.ts'

type PlainBars = Pick<BarSeries, 'length' | 'openTs' | 'open' | 'high' | 'low' | 'close' | 'volume'>

export interface BarLists {
  ts: string[]
  open: (number | null)[]
  high: (number | null)[]
  low: (number | null)[]
  close: (number | null)[]
  volume: (number | null)[]
}

/**
 * Bars as lists for a chart, at most `maxPoints` of them. Where there are more, neighbours are merged into one bar with the first
 * open, the extremes, the last close and the summed volume, so no high or low is lost. `ts` is the start of the first of them.
 */
export function thinBars(bars: PlainBars, maxPoints: number): BarLists {
  const size = Math.max(1, Math.ceil(bars.length / maxPoints))
  const out: BarLists = { ts: [], open: [], high: [], low: [], close: [], volume: [] }
  for (let start = 0; start < bars.length; start += size) {
    const end = Math.min(start + size, bars.length)
    let high = Number.NaN
    let low = Number.NaN
    let volume = Number.NaN
    for (let i = start; i < end; i++) {
      // The comparisons are false for NaN on the right, and `!(… >= …)` takes the first number there is.
      if (!(high >= bars.high[i]!) && !Number.isNaN(bars.high[i]!)) high = bars.high[i]!
      if (!(low <= bars.low[i]!) && !Number.isNaN(bars.low[i]!)) low = bars.low[i]!
      if (!Number.isNaN(bars.volume[i]!)) volume = (Number.isNaN(volume) ? 0 : volume) + bars.volume[i]!
    }
    out.ts.push(new Date(bars.openTs[start]!).toISOString())
    out.open.push(orNull(bars.open[start]!))
    out.high.push(orNull(high))
    out.low.push(orNull(low))
    out.close.push(orNull(bars.close[end - 1]!))
    out.volume.push(orNull(volume))
  }
  return out
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
