import type { SignalRow } from '#renderer/api/types.ts'

const MINUTE_MS = 60_000
const SESSION_MINUTES = 390

/** Bars as the chart draws them; starts are ISO 8601 UTC. */
export interface WalkedBars {
  cadence: string
  ts: readonly string[]
  open: readonly (number | null)[]
  high: readonly (number | null)[]
  low: readonly (number | null)[]
  close: readonly (number | null)[]
}

type Levels = Pick<SignalRow, 'ts' | 'side' | 'stop_px' | 'target_px' | 'time_stop_ts'>

/** `open`: the bars end before the bracket does. */
export type BracketEnd = 'stop' | 'target' | 'time' | 'open'

export interface WalkedBracket {
  /** Bar at whose close the signal was decided. */
  from: number
  /** Bar where it ended, the last one where it is still open. */
  to: number
  end: BracketEnd
  price: number | null
}

/**
 * Follows a signal's stop and target along bars, from the bar after the decision until its time is up. As in the backtest a bar that
 * opens past a level leaves at its open, and one that touches both is a stop. null where the decision is on none of the bars.
 * @param starts epoch ms of each bar
 */
export function walkBracket(
  bars: WalkedBars,
  starts: readonly number[],
  signal: Levels,
): WalkedBracket | null {
  const decided = Date.parse(signal.ts)
  const from = starts.findLastIndex((start) => start < decided)
  const first = starts[0]
  if (from < 0 || first === undefined) return null
  const ends = signal.time_stop_ts === null ? Number.POSITIVE_INFINITY : Date.parse(signal.time_stop_ts)
  const sign = signal.side === 'buy' ? 1 : -1
  const stop = sign * signal.stop_px
  const target = sign * signal.target_px
  const worst = sign > 0 ? bars.low : bars.high
  const best = sign > 0 ? bars.high : bars.low
  const at = (prices: readonly (number | null)[], bar: number) => sign * (prices[bar] ?? Number.NaN)
  let bar = from + 1
  for (; bar < starts.length && starts[bar]! < ends; bar++) {
    const open = at(bars.open, bar)
    if (open <= stop) return { from, to: bar, end: 'stop', price: sign * open }
    if (open >= target) return { from, to: bar, end: 'target', price: sign * open }
    if (at(worst, bar) <= stop) return { from, to: bar, end: 'stop', price: signal.stop_px }
    if (at(best, bar) >= target) return { from, to: bar, end: 'target', price: signal.target_px }
  }
  const isOver = bar < starts.length || endOf(bars.cadence, starts[bar - 1]!) >= ends
  return {
    from,
    to: bar - 1,
    end: isOver ? 'time' : 'open',
    price: isOver ? (bars.close[bar - 1] ?? null) : null,
  }
}

/** When a bar is over, epoch ms; the bar of an hour ends with the hour, the first one of a session too. */
function endOf(cadence: string, start: number): number {
  if (cadence === 'daily') return start + SESSION_MINUTES * MINUTE_MS
  const minutes = cadence === 'hourly' ? 60 : 5
  return (Math.floor(start / (minutes * MINUTE_MS)) + 1) * minutes * MINUTE_MS
}
