import { setImmediate } from 'node:timers/promises'
import type { Lake } from '#main/lake/lake.ts'
import { sessionClose, sessionDate, sessionOpen } from '#shared/calendar/sessions.ts'
import type { PremiumParity } from '#shared/contract/brackets.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import { averageTrueRange } from '#shared/kernels/true-range.ts'
import { type ChosenTrade, chooseTrade } from '#shared/options/choose-trade.ts'
import { listedExpiries, nearestExpiry, snapshotKnownAt } from '#shared/options/list-expiries.ts'
import { summarizePremium } from '#shared/options/parity.ts'
import { quotePosition } from '#shared/options/position.ts'
import { entryBar, type WalkedTrade, walkPremium } from '#shared/options/walk-trade.ts'
import type { BracketPlan, Signals } from './bracket-plan.ts'
import { wishOf } from './overlay.ts'
import { finestBars } from './overlay-replay.ts'
import type { Chain, Selection } from './overlay-request.ts'

/** Sessions whose chains are in memory at once: a month of a large underlying is some hundred megabytes. */
const sessionsAtOnce = 20

interface Trade extends ChosenTrade {
  session: number
  decisionTs: number
}

type Skip = 'no_atr' | 'no_chain' | 'no_expiry' | 'no_contract'

export interface PremiumQuestion {
  ticker: string
  path: PricePath
  brackets: BracketPlan
  selection: Selection
  signals: Signals
}

/**
 * Premium P&L of signals: each takes the contract that an overlay of its decision would take, long signals calls and short ones puts,
 * one of each, behind the policy's levels around the close of its decision. null where the lake has no chains of the ticker.
 */
export async function replayPremium(lake: Lake, question: PremiumQuestion): Promise<PremiumParity | null> {
  const { ticker, path, signals } = question
  const hasChain = (await lake.catalog()).some((each) => each.kind === 'chain' && each.ticker === ticker)
  if (!hasChain) return null
  const atr = atrOf(path, question.brackets.atrPeriod)
  const skipped: Record<Skip, number> = { no_atr: 0, no_chain: 0, no_expiry: 0, no_contract: 0 }
  const walked: { walk: WalkedTrade; halfSpread: number; legs: number }[] = []
  const order = Array.from(signals.bar.keys()).sort((a, b) => signals.bar[a]! - signals.bar[b]!)
  const sessionOf = (signal: number) => path.session[signals.bar[signal]!]!
  for (let from = 0; from < order.length; ) {
    const first = sessionOf(order[from]!)
    let to = from
    while (to < order.length && sessionOf(order[to]!) < first + sessionsAtOnce) to++
    const last = sessionOf(order[to - 1]!)
    const chain = await lake.chain(ticker, { startTs: sessionOpen[first]!, endTs: sessionClose[last]! })
    const trades: Trade[] = []
    for (const signal of order.slice(from, to)) {
      const chosen = tradeOf(question, chain, signal, atr)
      if (typeof chosen === 'string') skipped[chosen]++
      else trades.push(chosen)
    }
    walked.push(...(await walkAll(lake, ticker, trades)))
    from = to
  }
  const reasons = Object.entries(skipped).filter(([, count]) => count > 0)
  return {
    ...summarizePremium(walked),
    skipped: reasons.reduce((sum, [, count]) => sum + count, 0),
    skipped_for: Object.fromEntries(reasons),
  }
}

/** Wilder's ATR at the close of each bar, NaN while it settles. */
function atrOf({ bars, high, low, close }: PricePath, period: number): Float64Array {
  const atr = new Float64Array(bars)
  averageTrueRange(high, low, close, period, 'sma', atr)
  return atr
}

function tradeOf(
  { path, brackets, selection, signals }: PremiumQuestion,
  chain: Chain,
  signal: number,
  atr: Float64Array,
): Trade | Skip {
  const bar = signals.bar[signal]!
  const session = path.session[bar]!
  const decisionTs = path.ts[bar]!
  const close = path.close[bar]!
  if (!(atr[bar]! > 0)) return 'no_atr'
  const snapshot = snapshotKnownAt(chain, session, decisionTs)
  if (snapshot < 0) return 'no_chain'
  const listed = listedExpiries(chain, snapshot)
  const expiryTs = nearestExpiry(listed, sessionDate(session), selection.dte_target, selection.weekly_ok)
  if (!Number.isFinite(expiryTs) || expiryTs <= decisionTs) return 'no_expiry'
  const isBuy = signals.side[signal]! > 0
  const direction = isBuy ? 1 : -1
  const bracket = {
    isBuy,
    entry: close,
    stop: close - direction * brackets.stop * atr[bar]!,
    target: close + direction * brackets.target * atr[bar]!,
    timeStopMinutes: brackets.timeStopMinutes,
  }
  const of = { session, decisionTs, isCall: isBuy, bracket }
  const chosen = chooseTrade(chain, expiryTs, of, wishOf({}, selection))
  return typeof chosen === 'string' ? 'no_contract' : { ...chosen, session, decisionTs }
}

async function walkAll(lake: Lake, ticker: string, trades: readonly Trade[]) {
  if (trades.length === 0) return []
  const startTs = trades[0]!.decisionTs
  const bars = await finestBars(lake, ticker, startTs, Math.max(...trades.map(({ plan }) => plan.endTs)))
  const walked = []
  for (const { session, decisionTs, position, plan } of trades) {
    const entry = entryBar(bars, session, decisionTs, plan.isSameSession)
    const levels = { stop: plan.stopPremium, target: plan.targetPremium }
    const walk = walkPremium(bars, entry, plan.endTs, position, levels)
    walked.push({ walk, halfSpread: quotePosition(position.legs).halfSpread, legs: position.legs.length })
    // Each is some dozen to some hundred repricings: let other requests in between.
    await setImmediate()
  }
  return walked
}
