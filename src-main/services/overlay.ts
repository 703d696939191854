import { join } from 'node:path'
import type { StoredSignal } from '#main/ledger/signals.ts'
import { newYorkDate } from '#shared/calendar/new-york.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ContractWish } from '#shared/options/choose-contract.ts'
import { chooseTrade } from '#shared/options/choose-trade.ts'
import type { ServiceContext } from './context.ts'
import { replayTrades } from './overlay-replay.ts'
import {
  type Chain,
  chooseExpiry,
  requireChain,
  requireSession,
  requireSignals,
  type Selection,
} from './overlay-request.ts'
import { type OverlayTrade, overlayRow, parityColumns } from './overlay-rows.ts'
import { shaOf } from './sha.ts'

type OverlayBody = InputOf<'createOptionsOverlay'>['body']

const DEFAULT_LIMIT = 100

/** The options of one ticker on the date of an overlay. */
export interface Market {
  chain: Chain
  expiryTs: number
  source: string
  simulated: boolean
}

/** What every signal of an overlay shares. */
export interface OverlaySetting {
  session: number
  sideOverride: OverlayBody['side_override']
  wish: Omit<ContractWish, 'isCall'>
  policySha: string
}

type OverlayContext = Pick<
  ServiceContext,
  'ledger' | 'packStore' | 'lake' | 'duck' | 'root' | 'clock' | 'announce'
>

/** Chooses an option position for each signal of a date, replays it, and stores it. Throws NO_DATA saying what is missing. */
export async function overlaySignals(
  context: OverlayContext,
  body: OverlayBody,
): Promise<ReplyOf<'createOptionsOverlay'>> {
  const { ledger, packStore, lake, duck, root, clock } = context
  const model = packStore.model(body.model_id, body.pack_id)
  const { policy, effective } = packStore.policy(model)
  const { selection } = effective.options
  const date = body.date ?? newYorkDate(Date.parse(clock()))
  const session = requireSession(date)
  const all = requireSignals(ledger, model, body.risk_profile ?? 'balanced', date)
  const signals = all.slice(0, body.limit ?? DEFAULT_LIMIT)
  const later = all.length - signals.length
  const setting: OverlaySetting = {
    session,
    sideOverride: body.side_override,
    wish: wishOf(body, selection),
    policySha: shaOf(policy),
  }
  const markets = new Map<string, Market>()
  for (const ticker of new Set(signals.map((signal) => signal.ticker))) {
    const decisions = signals.filter((each) => each.ticker === ticker).map(({ ts }) => Date.parse(ts))
    const { chain, series } = await requireChain(lake, ticker, session, Math.max(...decisions))
    const expiryTs = chooseExpiry(chain, session, decisions, body, selection)
    markets.set(ticker, { chain, expiryTs, source: series.source, simulated: series.simulated })
  }
  const trades: OverlayTrade[] = []
  const skipped: { signal_id: number; reason: string }[] = []
  for (const signal of signals) {
    const chosen = choosePosition(signal, markets.get(signal.ticker)!, setting)
    if (typeof chosen === 'string') {
      skipped.push({ signal_id: signal.id, reason: chosen })
      continue
    }
    const lineage = ledger.artifacts.at(signal.artifact)?.meta['lineage'] as object | undefined
    trades.push({ ...chosen, lineage: { ...lineage, ...chosen.lineage } })
  }
  if (trades.length === 0) {
    const others = skipped.length > 1 ? ` at the first of ${skipped.length} signals` : ''
    throw new SigmaError(
      'NO_DATA',
      `no option fits a signal of ${model.modelId} on ${date}${others}: ${skipped[0]!.reason}`,
      { details: { skipped } },
    )
  }
  const slippageBps = effective.slippage_bps
  const parities = await replayTrades(lake, trades, {
    session,
    wantsUnderlying: body.include_underlying_parity ?? true,
    wantsPremium: body.include_premium_parity ?? true,
    slippageBps,
  })
  const rows = ledger.optionSignals.put(trades.map((trade) => overlayRow(trade, slippageBps)))
  const expiry = trades[0]!.expiry
  const parity_csv = body.write_parity_csv === true ? `reports/options_parity_${date}_${expiry}.csv` : null
  if (parity_csv !== null) await duck.writeColumns(parityColumns(rows), join(root, parity_csv), 'csv')
  context.announce('result', { kind: 'option_signals', model_id: model.modelId, count: rows.length })
  return {
    ...{ count: rows.length, written: rows.length, date, expiry },
    ...parities,
    ...{ parity_csv, rows, skipped },
    warnings:
      later > 0 ? [`${later} later signals of ${date} are beyond the limit of ${signals.length}`] : [],
  }
}

/** What the request asks of a contract; the policy says the rest. */
export function wishOf(body: Partial<OverlayBody>, selection: Selection): OverlaySetting['wish'] {
  return {
    targetDelta: body.target_delta ?? selection.target_delta,
    minOpenInterest: body.min_oi ?? selection.min_oi,
    minVolume: body.min_vol ?? selection.min_vol ?? 0,
    maxSpread: body.max_spread ?? selection.max_spread ?? Number.POSITIVE_INFINITY,
    spreadWidth: body.option_mode === 'vertical' ? (body.spread_width ?? selection.spread_width) : null,
  }
}

/** The position for one signal from what was known when it was given, or why there is none. */
export function choosePosition(
  signal: StoredSignal,
  { chain, expiryTs, source, simulated }: Market,
  { session, sideOverride, wish, policySha }: OverlaySetting,
): OverlayTrade | string {
  const isBuy = signal.side === 'buy'
  const isCall = sideOverride === undefined ? isBuy : sideOverride === 'call'
  const bracket = {
    isBuy,
    entry: signal.entry_ref_px,
    stop: signal.stop_px,
    target: signal.target_px,
    timeStopMinutes: signal.time_stop_minutes,
  }
  const decisionTs = Date.parse(signal.ts)
  const chosen = chooseTrade(chain, expiryTs, { session, decisionTs, isCall, bracket }, wish)
  if (typeof chosen === 'string') return chosen
  const { position, plan, snapshot } = chosen
  return {
    ...{ signal, position, plan, expiry: newYorkDate(expiryTs) },
    snapshotTs: chain.ts[snapshot]!,
    spot: chain.spot[snapshot]!,
    underlying: null,
    premium: null,
    simulated: simulated || signal.simulated,
    lineage: {
      artifact: signal.artifact,
      overlay_policy_sha: policySha,
      chain_source: source,
      discount_rate: position.rate,
      dividend_yield: position.dividendYield,
      selection: {
        side: isCall ? 'call' : 'put',
        target_delta: wish.targetDelta,
        min_oi: wish.minOpenInterest,
        min_vol: wish.minVolume,
        max_spread: Number.isFinite(wish.maxSpread) ? wish.maxSpread : null,
        spread_width: wish.spreadWidth,
      },
    },
  }
}
