import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { StoredSignal } from '#main/ledger/signals.ts'
import { dateOfDay, dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkDate, newYorkToUtc } from '#shared/calendar/new-york.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BarSeries } from '#shared/jobs/build-matrix.ts'
import { chooseContract } from '#shared/options/choose-contract.ts'
import { expiryKind, snapshotKnownAt, standardExpiries } from '#shared/options/list-expiries.ts'
import { summarizePremium, summarizeUnderlying } from '#shared/options/parity.ts'
import { planOverlay } from '#shared/options/plan-overlay.ts'
import { quotePosition } from '#shared/options/position.ts'
import { entryBar, walkPremium, walkUnderlying } from '#shared/options/walk-trade.ts'
import type { ServiceContext } from './context.ts'
import type { OptionService } from './index.ts'
import {
  type Chain,
  chooseExpiry,
  describeRefusals,
  requireChain,
  requireSession,
  requireSignals,
} from './overlay-request.ts'
import { type OverlayTrade, overlayRow, parityColumns } from './overlay-rows.ts'
import { shaOf } from './sha.ts'

/** Continuous rate that premiums are discounted at; what holding the underlying earns or costs is read off the chain. */
const DISCOUNT_RATE = 0.05
const DEFAULT_WEEKS = 12
const DEFAULT_LIMIT = 100

/** Option contracts for signals, and what the lake lists of them. */
export function createOptionService(
  context: Pick<ServiceContext, 'ledger' | 'packStore' | 'lake' | 'duck' | 'root' | 'clock' | 'announce'>,
): OptionService {
  const { ledger, packStore, lake, duck, root, clock } = context
  const today = () => newYorkDate(Date.parse(clock()))

  return {
    async expirations(query) {
      const ticker = query.ticker.toUpperCase()
      const { start = today(), weeks = DEFAULT_WEEKS } = query
      const first = dayOfDate(start)
      const end = dateOfDay(first + 7 * weeks)
      const { expiry, contracts } = await lake.listedExpiries(ticker, {
        startTs: newYorkToUtc(first, 0),
        endTs: newYorkToUtc(first + 7 * weeks + 1, 0) - 1,
      })
      if (expiry.length === 0) {
        const series = (await lake.catalog()).find((each) => each.kind === 'chain' && each.ticker === ticker)
        throw new SigmaError(
          'NO_DATA',
          `the option chains of ${ticker} list no expiry from ${start} to ${end}; they were taken from ${series?.first} to ${series?.last}`,
        )
      }
      const counts = new Map(standardExpiries(start, end).map((date) => [date, 0]))
      for (let i = 0; i < expiry.length; i++) counts.set(newYorkDate(expiry[i]!), contracts[i]!)
      const expirations = [...counts.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([date, count]) => ({ date, kind: expiryKind(date), has_chain: count > 0, count }))
      return { ticker, start, weeks, expirations }
    },

    async list({ limit = 200, offset = 0, tickers, ...filter }) {
      const wanted = tickers?.split(',').map((ticker) => ticker.trim().toUpperCase())
      const { rows, total } = ledger.optionSignals.list({ ...filter, tickers: wanted, limit, offset })
      return { rows, count: rows.length, total, limit, offset, next_offset: offset + rows.length }
    },

    async overlay(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const { policy, effective } = packStore.policy(model)
      const { selection } = effective.options
      const date = body.date ?? today()
      const session = requireSession(date)
      const profile = body.risk_profile ?? 'balanced'
      const all = requireSignals(ledger, model, profile, date)
      const signals = all.slice(0, body.limit ?? DEFAULT_LIMIT)
      const warnings =
        signals.length < all.length
          ? [`${all.length - signals.length} later signals are beyond the limit`]
          : []
      const isVertical = body.option_mode === 'vertical'
      const wish = {
        targetDelta: body.target_delta ?? selection.target_delta,
        minOpenInterest: body.min_oi ?? selection.min_oi,
        minVolume: body.min_vol ?? selection.min_vol ?? 0,
        maxSpread: body.max_spread ?? selection.max_spread ?? Number.POSITIVE_INFINITY,
        spreadWidth: isVertical ? (body.spread_width ?? selection.spread_width) : null,
      }
      const policySha = shaOf(policy)
      const markets = new Map<
        string,
        { chain: Chain; expiryTs: number; source: string; simulated: boolean }
      >()
      const trades: OverlayTrade[] = []
      const skipped: { signal_id: number; reason: string }[] = []
      for (const ticker of new Set(signals.map((signal) => signal.ticker))) {
        await openMarket(ticker)
      }
      for (const signal of signals) {
        const outcome = choose(signal)
        if (typeof outcome === 'string') skipped.push({ signal_id: signal.id, reason: outcome })
        else trades.push(outcome)
      }
      if (trades.length === 0) {
        const reasons = [...new Set(skipped.map(({ reason }) => reason))].join('; ')
        throw new SigmaError(
          'NO_DATA',
          `no option fits any signal of ${model.modelId} on ${date}: ${reasons}`,
          {
            details: { skipped },
          },
        )
      }
      const { parity, parity_premium } = await replay()
      const rows = ledger.optionSignals.put(trades.map((trade) => overlayRow(trade, effective.slippage_bps)))
      const expiry = trades[0]!.expiry
      const parity_csv =
        body.write_parity_csv === true ? `reports/options_parity_${date}_${expiry}.csv` : null
      if (parity_csv !== null) await duck.writeColumns(parityColumns(rows), join(root, parity_csv), 'csv')
      context.announce('result', { kind: 'option_signals', model_id: model.modelId, count: rows.length })
      const count = rows.length
      return {
        ...{ count, written: count, date, expiry, parity, parity_premium, parity_csv },
        ...{ rows, skipped, warnings },
      }

      async function openMarket(ticker: string): Promise<void> {
        const decisions = signals.filter((each) => each.ticker === ticker).map(({ ts }) => Date.parse(ts))
        const chain = await requireChain(lake, ticker, session, Math.max(...decisions))
        const expiryTs = chooseExpiry(chain, session, decisions, body, selection)
        const series = (await lake.catalog()).find((each) => each.kind === 'chain' && each.ticker === ticker)!
        markets.set(ticker, { chain, expiryTs, source: series.source, simulated: series.simulated })
      }

      function choose(signal: StoredSignal): OverlayTrade | string {
        const { chain, expiryTs, source, simulated } = markets.get(signal.ticker)!
        const decisionTs = Date.parse(signal.ts)
        const snapshot = snapshotKnownAt(chain, session, decisionTs)
        if (snapshot < 0) return `no option chain of ${date} was known at ${signal.ts}`
        const expiry = newYorkDate(expiryTs)
        if (expiryTs <= decisionTs) return `options of ${expiry} had expired at ${signal.ts}`
        const isBuy = signal.side === 'buy'
        const isCall = body.side_override === undefined ? isBuy : body.side_override === 'call'
        const { position, refusals } = chooseContract(
          chain,
          snapshot,
          expiryTs,
          { ...wish, isCall },
          DISCOUNT_RATE,
        )
        if (!position) return `${describeRefusals(isCall, refusals)} (expiry ${expiry})`
        const bracket = {
          isBuy,
          entry: signal.entry_ref_px,
          stop: signal.stop_px,
          target: signal.target_px,
          timeStopMinutes: signal.time_stop_minutes,
        }
        const plan = planOverlay(position, bracket, session, decisionTs, sessionOfDate(expiry))
        if (!(plan.targetPremium > plan.entryPremium)) {
          return `decay eats the gain: worth ${plan.targetPremium.toFixed(2)} at the target when the time stop falls, costs ${plan.entryPremium.toFixed(2)} (strike ${position.legs[0]!.strike}, expiry ${expiry})`
        }
        const artifact = ledger.artifacts.at(signal.artifact)
        const lineage = {
          ...(artifact?.meta['lineage'] as object | undefined),
          artifact: signal.artifact,
          overlay_policy_sha: policySha,
          chain_source: source,
          discount_rate: position.rate,
          dividend_yield: position.dividendYield,
          selection: {
            ...wish,
            maxSpread: body.max_spread ?? selection.max_spread,
            side: isCall ? 'call' : 'put',
          },
        }
        return {
          ...{ signal, position, plan, expiry, lineage },
          snapshotTs: chain.ts[snapshot]!,
          spot: chain.spot[snapshot]!,
          underlying: null,
          premium: null,
          simulated: simulated || signal.simulated,
        }
      }

      /** Walks each trade on the finest bars that the lake has of its underlying. */
      async function replay() {
        const wantsUnderlying = body.include_underlying_parity ?? true
        const wantsPremium = body.include_premium_parity ?? true
        const endTs = Math.max(...trades.map(({ plan }) => plan.endTs))
        const startTs = Math.min(...trades.map(({ signal }) => Date.parse(signal.ts)))
        const bars = new Map<string, BarSeries>()
        for (const ticker of markets.keys()) bars.set(ticker, await finestBars(ticker, startTs, endTs))
        for (const trade of trades) {
          const { signal, plan, position } = trade
          const series = bars.get(signal.ticker)!
          const entry = entryBar(series, session, Date.parse(signal.ts), plan.isSameSession)
          if (wantsUnderlying) trade.underlying = walkUnderlying(series, entry, plan.endTs, plan.levels)
          if (wantsPremium) {
            const levels = { stop: plan.stopPremium, target: plan.targetPremium }
            trade.premium = walkPremium(series, entry, plan.endTs, position, levels)
            // A month of 5-minute bars is a thousand repricings: let other requests in between.
            await setImmediate()
          }
        }
        const underlying = summarizeUnderlying(
          trades.flatMap(({ underlying: walk, plan: { levels } }) =>
            walk ? [{ walk, isLong: levels.isLong, stop: levels.stop }] : [],
          ),
          effective.slippage_bps,
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
    },
  }

  async function finestBars(ticker: string, startTs: number, endTs: number): Promise<BarSeries> {
    const series = (await lake.catalog()).filter((each) => each.kind === 'bars' && each.ticker === ticker)
    const cadence = (['5m', '15m', 'hourly', 'daily'] as const).find((each) =>
      series.some((one) => one.cadence === each),
    )
    if (cadence === undefined)
      throw new SigmaError('NO_DATA', `the lake has no bars of ${ticker} to replay its signals on`)
    return lake.bars(ticker, cadence, { startTs, endTs })
  }
}
