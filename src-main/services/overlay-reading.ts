import type { OptionSignalRow } from '#main/ledger/option-signals.ts'
import { sessionClose, sessionOfDate } from '#shared/calendar/sessions.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { summarizePremium, summarizeUnderlying } from '#shared/options/parity.ts'
import { payoffCurve } from '#shared/options/payoff.ts'
import { legGreeks, type OptionPosition } from '#shared/options/position.ts'
import type { TradeOutcome, WalkedTrade } from '#shared/options/walk-trade.ts'
import { isoTime } from './matrix-store.ts'

// What can be said of positions that the ledger holds, without the lake.

type WalkRow = NonNullable<OptionSignalRow['parity']['underlying']>

/** Both parities of stored positions; null where none of them was replayed. */
export function storedParities(
  rows: readonly OptionSignalRow[],
): Pick<ReplyOf<'getOptionParity'>, 'parity' | 'parity_premium'> {
  const underlying = rows.flatMap(({ parity, type, underlying_stop_px: stop }) => {
    if (!parity.underlying) return []
    const netReturn = parity.underlying.result ?? Number.NaN
    return [{ walk: walkOf(parity.underlying), isLong: type === 'call', stop, netReturn }]
  })
  const premium = rows.flatMap(({ parity, half_spread: halfSpread, legs }) =>
    parity.premium ? [{ walk: walkOf(parity.premium), halfSpread, legs: legs.length }] : [],
  )
  const onUnderlying = summarizeUnderlying(underlying)
  const onPremium = summarizePremium(premium)
  return {
    parity: underlying.length > 0 ? { ok: onUnderlying.trades > 0, ...onUnderlying } : null,
    parity_premium: premium.length > 0 ? { ok: onPremium.trades > 0, ...onPremium } : null,
  }
}

function walkOf(walk: WalkRow): WalkedTrade {
  return {
    outcome: walk.outcome as TradeOutcome,
    entryTs: instantOf(walk.entry_ts),
    exitTs: instantOf(walk.exit_ts),
    entryPx: walk.entry_px ?? Number.NaN,
    exitPx: walk.exit_px ?? Number.NaN,
  }
}

const instantOf = (text: string | null): number => (text === null ? Number.NaN : Date.parse(text))

/** A stored position leg by leg and along the price of its underlying, priced as when it was chosen. */
export function describePayoff(row: OptionSignalRow): ReplyOf<'getOptionPayoff'> {
  const position = positionOf(row)
  const ts = Date.parse(row.snapshot_ts)
  const marks = [row.break_even, row.underlying_stop_px, row.underlying_target_px]
  const curve = payoffCurve(position, row.underlying_px, ts, marks)
  return {
    row,
    expires_at: isoTime(position.expiryTs),
    rate: position.rate,
    dividend_yield: position.dividendYield,
    volatility: position.legs[0]!.iv,
    legs: legGreeks(position, row.underlying_px, ts).map((leg, i) => ({
      occ_symbol: row.legs[i]!.occ_symbol,
      ...leg,
    })),
    curve: {
      price: [...curve.price],
      at_expiry: [...curve.atExpiry],
      at_snapshot: [...curve.atSnapshot],
      probability_below: [...curve.probabilityBelow],
    },
  }
}

function positionOf({ legs, expiry, lineage }: OptionSignalRow): OptionPosition {
  return {
    legs: legs.map(({ action, type, strike, bid, ask, iv, delta, oi, volume }) => ({
      isBought: action === 'buy',
      isCall: type === 'call',
      openInterest: oi ?? Number.NaN,
      volume: volume ?? Number.NaN,
      ...{ strike, bid, ask, iv, delta },
    })),
    // Options of the lake expire at the close of their last session.
    expiryTs: sessionClose[sessionOfDate(expiry)]!,
    rate: Number(lineage['discount_rate']),
    dividendYield: Number(lineage['dividend_yield']),
  }
}
