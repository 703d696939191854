import type { WalkedTrade } from './walk-trade.ts'

/** Slippage and commission of one contract and side, dollars per share: a cent, and 0.65 a contract of 100. */
const contractSlippage = 0.01
const contractCommission = 0.65 / 100

interface UnderlyingParity {
  trades: number
  hit_rate: number | null
  stop_rate: number | null
  timeouts: number
  /** Mean of the gain in units of the risk from entry to stop. */
  avg_rr: number | null
  avg_return: number | null
  not_entered: number
  open: number
}

interface PremiumParity {
  trades: number
  hit_rate_target: number | null
  hit_rate_stop: number | null
  timeouts: number
  /** Net, fraction of what was paid. */
  avg_return: number | null
  win_rate: number | null
  /** Net, dollars of one contract (or one vertical) a signal. */
  avg_pnl: number | null
  total_pnl: number
  costs: number
  not_entered: number
  open: number
}

const isClosed = ({ outcome }: WalkedTrade) => outcome !== 'void' && outcome !== 'open'

/** Return of a closed trade on the underlying, net of slippage on both sides. */
export function underlyingReturn(trade: WalkedTrade, isLong: boolean, slippageBps: number): number {
  const sign = isLong ? 1 : -1
  return sign * (trade.exitPx / trade.entryPx - 1) - (2 * slippageBps) / 10_000
}

/** What a closed premium trade paid, brought and cost, dollars per share. */
export function premiumResult(
  trade: WalkedTrade,
  halfSpread: number,
  legs: number,
): { paid: number; pnl: number; costs: number } {
  const fee = halfSpread + legs * (contractSlippage + contractCommission)
  const paid = trade.entryPx + fee
  // What would cost more to sell than it brings is left to expire.
  const received = Math.max(0, trade.exitPx - fee)
  return { paid, pnl: received - paid, costs: fee + trade.exitPx - received }
}

/** Rates of the trades that ended; null where none did. */
export function summarizeUnderlying(
  trades: readonly { walk: WalkedTrade; isLong: boolean; stop: number; netReturn: number }[],
): UnderlyingParity {
  const closed = trades.filter(({ walk }) => isClosed(walk))
  return {
    trades: closed.length,
    hit_rate: rateOf(closed, ({ walk }) => walk.outcome === 'target'),
    stop_rate: rateOf(closed, ({ walk }) => walk.outcome === 'stop'),
    timeouts: closed.filter(({ walk }) => walk.outcome === 'timeout').length,
    avg_rr: meanOf(
      closed.map(
        ({ walk, isLong, stop }) =>
          ((isLong ? 1 : -1) * (walk.exitPx - walk.entryPx)) / Math.abs(walk.entryPx - stop),
      ),
    ),
    avg_return: meanOf(closed.map(({ netReturn }) => netReturn)),
    ...unfinished(trades.map(({ walk }) => walk)),
  }
}

/** Rates and money of the premium trades that ended. */
export function summarizePremium(
  trades: readonly { walk: WalkedTrade; halfSpread: number; legs: number }[],
): PremiumParity {
  const closed = trades.filter(({ walk }) => isClosed(walk))
  const results = closed.map(({ walk, halfSpread, legs }) => premiumResult(walk, halfSpread, legs))
  return {
    trades: closed.length,
    hit_rate_target: rateOf(closed, ({ walk }) => walk.outcome === 'target'),
    hit_rate_stop: rateOf(closed, ({ walk }) => walk.outcome === 'stop'),
    timeouts: closed.filter(({ walk }) => walk.outcome === 'timeout').length,
    avg_return: meanOf(results.map(({ pnl, paid }) => pnl / paid)),
    win_rate: rateOf(results, ({ pnl }) => pnl > 0),
    avg_pnl: meanOf(results.map(({ pnl }) => 100 * pnl)),
    total_pnl: results.reduce((sum, { pnl }) => sum + 100 * pnl, 0),
    costs: results.reduce((sum, { costs }) => sum + 100 * costs, 0),
    ...unfinished(trades.map(({ walk }) => walk)),
  }
}

function unfinished(walks: readonly WalkedTrade[]): { not_entered: number; open: number } {
  return {
    not_entered: walks.filter(({ outcome }) => outcome === 'void').length,
    open: walks.filter(({ outcome }) => outcome === 'open').length,
  }
}

function rateOf<T>(items: readonly T[], isOne: (item: T) => boolean): number | null {
  return items.length === 0 ? null : items.filter(isOne).length / items.length
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
