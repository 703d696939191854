import { setImmediate } from 'node:timers/promises'
import type { Lake } from '#main/lake/lake.ts'
import type { ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { summarizePremium, summarizeUnderlying, underlyingReturn } from '#shared/options/parity.ts'
import { quotePosition } from '#shared/options/position.ts'
import { entryBar, walkPremium, walkUnderlying } from '#shared/options/walk-trade.ts'
import type { OverlayTrade } from './overlay-rows.ts'

export interface ReplayOptions {
  /** Of the signals. */
  session: number
  wantsUnderlying: boolean
  wantsPremium: boolean
  slippageBps: number
}

/** Walks each trade on the finest bars that the lake has of its underlying, and notes in it how each walk ended. */
export async function replayTrades(
  lake: Lake,
  trades: readonly OverlayTrade[],
  { session, wantsUnderlying, wantsPremium, slippageBps }: ReplayOptions,
): Promise<Pick<ReplyOf<'createOptionsOverlay'>, 'parity' | 'parity_premium'>> {
  const endTs = Math.max(...trades.map(({ plan }) => plan.endTs))
  const startTs = Math.min(...trades.map(({ signal }) => Date.parse(signal.ts)))
  const bars = new Map<string, BarSeries>()
  for (const { signal } of trades) {
    if (!bars.has(signal.ticker))
      bars.set(signal.ticker, await finestBars(lake, signal.ticker, startTs, endTs))
  }
  for (const trade of trades) {
    const { signal, plan, position } = trade
    const series = bars.get(signal.ticker)!
    const entry = entryBar(series, session, Date.parse(signal.ts), plan.isSameSession)
    if (wantsUnderlying) trade.underlying = walkUnderlying(series, entry, plan.endTs, plan.levels)
    if (wantsPremium) {
      const levels = { stop: plan.stopPremium, target: plan.targetPremium }
      trade.premium = walkPremium(series, entry, plan.endTs, position, levels)
      // A month of 5-minute bars is thousands of repricings: let other requests in between.
      await setImmediate()
    }
  }
  const underlying = summarizeUnderlying(
    trades.flatMap(({ underlying: walk, plan: { levels } }) => {
      if (!walk) return []
      const { isLong, stop } = levels
      return [{ walk, isLong, stop, netReturn: underlyingReturn(walk, isLong, slippageBps) }]
    }),
  )
  const premium = summarizePremium(
    trades.flatMap(({ premium: walk, position: { legs } }) =>
      walk ? [{ walk, halfSpread: quotePosition(legs).halfSpread, legs: legs.length }] : [],
    ),
  )
  return {
    parity: wantsUnderlying ? { ok: underlying.trades > 0, ...underlying } : null,
    parity_premium: wantsPremium ? { ok: premium.trades > 0, ...premium } : null,
  }
}

/** The finest bars that the lake has of a ticker. Throws NO_DATA where it has none. */
export async function finestBars(
  lake: Lake,
  ticker: string,
  startTs: number,
  endTs: number,
): Promise<BarSeries> {
  const series = (await lake.catalog()).filter((each) => each.kind === 'bars' && each.ticker === ticker)
  const cadence = (['5m', '15m', 'hourly', 'daily'] as const).find((each) =>
    series.some((one) => one.cadence === each),
  )
  if (cadence === undefined)
    throw new SigmaError('NO_DATA', `the lake has no bars of ${ticker} to replay its signals on`)
  return lake.bars(ticker, cadence, { startTs, endTs })
}
