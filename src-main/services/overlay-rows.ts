import type { WritableColumns } from '#main/lake/columns.ts'
import type { NewOptionSignal, OptionSignalRow } from '#main/ledger/option-signals.ts'
import type { StoredSignal } from '#main/ledger/signals.ts'
import { occSymbol } from '#shared/options/occ-symbol.ts'
import { premiumResult, underlyingReturn } from '#shared/options/parity.ts'
import type { OverlayPlan } from '#shared/options/plan-overlay.ts'
import {
  describePosition,
  type OptionLeg,
  type OptionPosition,
  quotePosition,
} from '#shared/options/position.ts'
import type { WalkedTrade } from '#shared/options/walk-trade.ts'
import { isoTime } from './matrix-store.ts'

/** A position chosen for a signal, and its replays where they were asked for. */
export interface OverlayTrade {
  signal: StoredSignal
  position: OptionPosition
  plan: OverlayPlan
  /** YYYY-MM-DD. */
  expiry: string
  snapshotTs: number
  spot: number
  underlying: WalkedTrade | null
  premium: WalkedTrade | null
  lineage: Record<string, unknown>
  simulated: boolean
}

type WalkRow = NonNullable<OptionSignalRow['parity']['underlying']>
type ParityRow = OptionSignalRow['parity']

/** The trade as the ledger keeps it and replies show it. */
export function overlayRow(trade: OverlayTrade, slippageBps: number): NewOptionSignal {
  const { signal, position, plan, expiry, snapshotTs, spot, lineage, simulated } = trade
  const bought = position.legs[0]!
  const sold = position.legs[1]
  const { mid, halfSpread } = quotePosition(position.legs)
  const figures = describePosition(position, spot, snapshotTs)
  const symbolOf = ({ isCall, strike }: OptionLeg) => occSymbol(signal.ticker, expiry, isCall, strike)
  return {
    signal_id: signal.id,
    occ_symbol: symbolOf(bought),
    expiry,
    strike: bought.strike,
    type: bought.isCall ? 'call' : 'put',
    mode: sold ? 'vertical' : 'single',
    spread_width: sold ? Math.abs(sold.strike - bought.strike) : null,
    legs: position.legs.map((leg) => ({
      action: leg.isBought ? 'buy' : 'sell',
      occ_symbol: symbolOf(leg),
      type: leg.isCall ? 'call' : 'put',
      strike: leg.strike,
      bid: leg.bid,
      ask: leg.ask,
      iv: leg.iv,
      delta: leg.delta,
      oi: known(leg.openInterest),
      volume: known(leg.volume),
    })),
    entry_premium_est: plan.entryPremium,
    stop_premium: plan.stopPremium,
    target_premium: plan.targetPremium,
    mid,
    half_spread: halfSpread,
    spread_pct: (2 * halfSpread) / mid,
    delta: bought.delta,
    iv: bought.iv,
    oi: known(bought.openInterest),
    volume: known(bought.volume),
    greeks: { delta: figures.delta, gamma: figures.gamma, vega: figures.vega, theta: figures.theta },
    break_even: figures.breakEven,
    max_loss: figures.maxLoss,
    max_profit: figures.maxProfit,
    profit_probability: figures.profitProbability,
    snapshot_ts: isoTime(snapshotTs),
    underlying_px: spot,
    underlying_stop_px: plan.levels.stop,
    underlying_target_px: plan.levels.target,
    entry_mode: plan.isSameSession ? 'next_bar_open' : 'next_session_open',
    time_stop_ts: isoTime(plan.endTs),
    parity: parityRow(trade, slippageBps),
    simulated,
    lineage,
  }
}

function parityRow({ underlying, premium, position, plan }: OverlayTrade, slippageBps: number): ParityRow {
  const { halfSpread } = quotePosition(position.legs)
  return {
    underlying:
      underlying && walkRow(underlying, (walk) => underlyingReturn(walk, plan.levels.isLong, slippageBps)),
    premium:
      premium && walkRow(premium, (walk) => 100 * premiumResult(walk, halfSpread, position.legs.length).pnl),
  }
}

function walkRow(walk: WalkedTrade, resultOf: (walk: WalkedTrade) => number): WalkRow {
  return {
    outcome: walk.outcome,
    entry_ts: timeOrNull(walk.entryTs),
    exit_ts: timeOrNull(walk.exitTs),
    entry_px: known(walk.entryPx),
    exit_px: known(walk.exitPx),
    result: Number.isNaN(walk.exitPx) ? null : resultOf(walk),
  }
}

const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
const timeOrNull = (ts: number): string | null => (Number.isNaN(ts) ? null : isoTime(ts))

/** Columns of the parity file: a line a signal. */
export function parityColumns(rows: readonly OptionSignalRow[]): WritableColumns {
  type Pick = (row: OptionSignalRow) => string | number | null | undefined
  const text = (pick: Pick) => {
    const values = rows.map((row) => String(pick(row) ?? ''))
    const dictionary = [...new Set(values)]
    const codeOf = new Map(dictionary.map((value, code) => [value, code]))
    return {
      kind: 'text' as const,
      codes: Uint32Array.from(values, (value) => codeOf.get(value)!),
      dictionary,
    }
  }
  const figure = (pick: Pick) => Float64Array.from(rows, (row) => Number(pick(row) ?? Number.NaN))
  return {
    signal_id: Int32Array.from(rows, ({ signal_id }) => signal_id),
    model_id: text(({ model_id }) => model_id),
    risk_profile: text(({ risk_profile }) => risk_profile),
    ticker: text(({ ticker }) => ticker),
    ts: text(({ ts }) => ts),
    signal_side: text(({ signal_side }) => signal_side),
    occ_symbol: text(({ occ_symbol }) => occ_symbol),
    sold_symbol: text(({ legs }) => legs[1]?.occ_symbol),
    entry_premium_est: figure(({ entry_premium_est }) => entry_premium_est),
    stop_premium: figure(({ stop_premium }) => stop_premium),
    target_premium: figure(({ target_premium }) => target_premium),
    underlying_outcome: text(({ parity }) => parity.underlying?.outcome),
    underlying_entry_px: figure(({ parity }) => parity.underlying?.entry_px),
    underlying_exit_px: figure(({ parity }) => parity.underlying?.exit_px),
    underlying_return: figure(({ parity }) => parity.underlying?.result),
    premium_outcome: text(({ parity }) => parity.premium?.outcome),
    premium_entry_ts: text(({ parity }) => parity.premium?.entry_ts),
    premium_exit_ts: text(({ parity }) => parity.premium?.exit_ts),
    premium_entry_px: figure(({ parity }) => parity.premium?.entry_px),
    premium_exit_px: figure(({ parity }) => parity.premium?.exit_px),
    premium_pnl_usd: figure(({ parity }) => parity.premium?.result),
    simulated: text(({ simulated }) => String(simulated)),
  }
}
