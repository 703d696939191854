import type { StoredSignal } from '#main/ledger/signals.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { sessionOfDate } from '#shared/calendar/sessions.ts'
import type { Order } from '#shared/contract/explain-row.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { choosePosition, wishOf } from './overlay.ts'
import { chooseExpiry, requireChain, type Selection } from './overlay-request.ts'
import { overlayRow } from './overlay-rows.ts'

/** What of a decision the choice of a contract needs. */
export interface ContractQuestion {
  model: LoadedModel
  ticker: string
  ts: string
  date: string
  order: Order
  selection: Selection
  slippageBps: number
}

/** The option that an overlay of the decision would take, or why there is none. */
export async function decideContract(
  { lake }: Pick<ServiceContext, 'lake'>,
  { model, ticker, ts, date, order, selection, slippageBps }: ContractQuestion,
): Promise<NonNullable<Order['contract']> | string> {
  const decisionTs = Date.parse(ts)
  const session = sessionOfDate(date)
  try {
    const { chain, series } = await requireChain(lake, ticker, session, decisionTs)
    const expiryTs = chooseExpiry(chain, session, [decisionTs], {}, selection)
    const market = { chain, expiryTs, source: series.source, simulated: series.simulated }
    const wish = wishOf({}, selection)
    const setting = { session, sideOverride: undefined, wish, policySha: '' }
    const chosen = choosePosition(signalOf(model, ticker, ts, date, order), market, setting)
    if (typeof chosen === 'string') return chosen
    const row = overlayRow(chosen, slippageBps)
    const { occ_symbol, expiry, strike, type, delta, iv, mid, spread_pct, oi, volume, time_stop_ts } = row
    const { entry_premium_est, stop_premium, target_premium } = row
    return {
      ...{ occ_symbol, expiry, strike, type, delta, iv, mid, spread_pct, oi, volume },
      ...{ entry_premium_est, stop_premium, target_premium, time_stop_ts },
    }
  } catch (cause) {
    if (cause instanceof SigmaError && cause.code === 'NO_DATA') return cause.message
    throw cause
  }
}

/** The signal that the decision would be. */
function signalOf(model: LoadedModel, ticker: string, ts: string, date: string, order: Order): StoredSignal {
  const { side, score_total, size, size_r, entry_ref_px, stop_px, target_px, rr, time_stop_minutes } = order
  return {
    ...{ id: 0, ts, date, hour_et: null, model_id: model.modelId, pack_id: model.packId, ticker },
    ...{
      risk_profile: 'balanced',
      side,
      score_total,
      threshold: 0.5,
      size,
      size_r,
      entry_ref_px,
      stop_px,
      target_px,
    },
    ...{
      close: entry_ref_px,
      rr,
      time_stop_minutes,
      status: 'new',
      simulated: false,
      artifact: '',
      tag: null,
    },
    ...{ fill_px: null, slippage: null, pnl: null },
  }
}
