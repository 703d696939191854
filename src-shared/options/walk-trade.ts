import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { type OptionPosition, positionValue } from './position.ts'

/** `void`: the entry was already past a level, so there was no trade. `open`: the bars end before the trade does. */
export type TradeOutcome = 'target' | 'stop' | 'timeout' | 'void' | 'open'

export interface WalkedTrade {
  outcome: TradeOutcome
  /** Epoch ms UTC; NaN where there was no entry or no exit. */
  entryTs: number
  exitTs: number
  entryPx: number
  exitPx: number
}

export interface TradeLevels {
  isLong: boolean
  stop: number
  target: number
}

/** A premium that cannot fall to its stop while it is worth a cent has none. */
const leastOrder = 0.01

/**
 * Replays a trade on the underlying's bars: in at the open of bar `entry`, out at a level or at the close of the last bar that
 * begins before `endTs`. A bar that opens past a level fills at its open; one that touches both is a stop.
 */
export function walkUnderlying(
  bars: BarSeries,
  entry: number,
  endTs: number,
  levels: TradeLevels,
): WalkedTrade {
  const sign = levels.isLong ? 1 : -1
  const stop = sign * levels.stop
  const target = sign * levels.target
  const { high, low } = bars
  const worst = levels.isLong ? low : high
  const best = levels.isLong ? high : low
  return walk(bars, entry, endTs, {
    stop,
    target,
    sign,
    atOpen: (b) => sign * bars.open[b]!,
    atWorst: (b) => sign * worst[b]!,
    atBest: (b) => sign * best[b]!,
    atClose: (b) => sign * bars.close[b]!,
  })
}

/**
 * Replays the same trade on the option's premium, every price by full repricing of the position at the bar's underlying and
 * time. Extremes of a bar are priced at its end, when the option has decayed most.
 * @param levels premiums, before half the spread; the position gains when they rise, whatever way the underlying goes
 */
export function walkPremium(
  bars: BarSeries,
  entry: number,
  endTs: number,
  position: OptionPosition,
  levels: { stop: number; target: number },
): WalkedTrade {
  const { isCall } = position.legs[0]!
  const worst = isCall ? bars.low : bars.high
  const best = isCall ? bars.high : bars.low
  return walk(bars, entry, Math.min(endTs, position.expiryTs), {
    stop: levels.stop >= leastOrder ? levels.stop : Number.NEGATIVE_INFINITY,
    target: levels.target,
    sign: 1,
    atOpen: (b) => positionValue(position, bars.open[b]!, bars.openTs[b]!),
    atWorst: (b) => positionValue(position, worst[b]!, bars.ts[b]!),
    atBest: (b) => positionValue(position, best[b]!, bars.ts[b]!),
    atClose: (b) => positionValue(position, bars.close[b]!, bars.ts[b]!),
  })
}

/** Prices along the bars, turned so that more is better for the trade. */
interface Path {
  stop: number
  target: number
  /** Turns a price back. */
  sign: number
  atOpen: (bar: number) => number
  atWorst: (bar: number) => number
  atBest: (bar: number) => number
  atClose: (bar: number) => number
}

function walk(bars: BarSeries, entry: number, endTs: number, path: Path): WalkedTrade {
  const { stop, target, sign } = path
  const trade: WalkedTrade = {
    outcome: 'open',
    entryTs: Number.NaN,
    exitTs: Number.NaN,
    entryPx: Number.NaN,
    exitPx: Number.NaN,
  }
  if (entry < 0 || entry >= bars.length || bars.openTs[entry]! >= endTs) return trade
  const first = path.atOpen(entry)
  trade.entryTs = bars.openTs[entry]!
  trade.entryPx = sign * first
  if (first <= stop || first >= target) return { ...trade, outcome: 'void' }
  const leave = (outcome: TradeOutcome, price: number, ts: number): WalkedTrade => ({
    ...trade,
    outcome,
    exitPx: sign * price,
    exitTs: ts,
  })
  let b = entry
  for (; b < bars.length && bars.openTs[b]! < endTs; b++) {
    const open = b === entry ? first : path.atOpen(b)
    if (open <= stop) return leave('stop', open, bars.openTs[b]!)
    if (open >= target) return leave('target', open, bars.openTs[b]!)
    if (path.atWorst(b) <= stop) return leave('stop', stop, bars.ts[b]!)
    if (path.atBest(b) >= target) return leave('target', target, bars.ts[b]!)
  }
  // Bars that end before the trade's time leave it open: its end is not known yet.
  const isOver = b < bars.length || bars.ts[b - 1]! >= endTs
  return isOver ? leave('timeout', path.atClose(b - 1), bars.ts[b - 1]!) : trade
}

/** First bar at which a trade can be entered: the next one of the same session, or the first of the next session; −1 if none. */
export function entryBar(bars: BarSeries, session: number, ts: number, isSameSession: boolean): number {
  const wanted = isSameSession ? session : session + 1
  for (let b = 0; b < bars.length; b++) {
    if (bars.session[b] === wanted && bars.openTs[b]! >= ts) return b
  }
  return -1
}
