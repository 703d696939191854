import type { BarSeries, IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'
import type { WritableColumns } from './columns.ts'
import { hourEtAt } from './session-hours.ts'

/** Columns of a table of the lake, row beside row, with `session` ascending: what is merged, split by month and written. */
export type RowColumns = Record<string, Float64Array | Int32Array | Uint8Array>

const minuteMs = 60_000

export function barRows(bars: BarSeries): RowColumns {
  const { ts, openTs: open_ts, session, open, high, low, close, volume, vwap } = bars
  return { ts, open_ts, session, open, high, low, close, volume, vwap }
}

export function indexRows({ session, vix, vix9d, vix3m, vix6m }: IndexSeries): RowColumns {
  return { session, vix, vix9d, vix3m, vix6m }
}

/** One row a quote; what belongs to the snapshot is repeated. */
export function chainRows(chain: ChainTable): RowColumns {
  const quotes = chain.offset[chain.snapshots]!
  const ts = new Float64Array(quotes)
  const session = new Int32Array(quotes)
  const spot = new Float64Array(quotes)
  for (let s = 0; s < chain.snapshots; s++) {
    const from = chain.offset[s]!
    const to = chain.offset[s + 1]!
    ts.fill(chain.ts[s]!, from, to)
    session.fill(chain.session[s]!, from, to)
    spot.fill(chain.spot[s]!, from, to)
  }
  const { expiry, strike, isCall: is_call, bid, ask, volume, openInterest: open_interest } = chain
  const { iv, delta, gamma, vega, theta } = chain
  return {
    ts,
    session,
    spot,
    expiry,
    strike,
    is_call,
    bid,
    ask,
    volume,
    open_interest,
    iv,
    delta,
    gamma,
    vega,
    theta,
  }
}

export function optionMinuteRows(minutes: OptionMinutes): RowColumns {
  const { ts, session, strike, isCall: is_call, volume, vwap, transactions } = minutes
  const hour_et = new Uint8Array(minutes.rows)
  for (let row = 0; row < minutes.rows; row++) hour_et[row] = hourEtAt(session[row]!, ts[row]! - minuteMs)
  return { ts, session, hour_et, strike, is_call, volume, vwap, transactions }
}

/** Decimal places kept on disk; other floating columns are stored as they are. */
const decimalPlaces: Record<string, number> = {
  spot: 4,
  strike: 4,
  bid: 4,
  ask: 4,
  iv: 6,
  delta: 6,
}
const integers = new Set(['ts', 'open_ts', 'expiry', 'open_interest'])
const singles = new Set(['gamma', 'vega', 'theta'])

/** The columns as they are stored: times and counts as integers, quotes as decimals, Greeks in single precision. */
export function storedColumns(rows: RowColumns, kind: string): WritableColumns {
  const stored: Record<string, WritableColumns[string]> = {}
  for (const [name, values] of Object.entries(rows)) {
    const scale = kind === 'option_minutes' && name === 'vwap' ? 4 : decimalPlaces[name]
    if (!(values instanceof Float64Array)) stored[name] = values
    else if (integers.has(name) || (kind === 'chain' && name === 'volume'))
      stored[name] = { kind: 'integer', values }
    else if (kind !== 'bars' && scale !== undefined) stored[name] = { kind: 'decimal', values, scale }
    else if (singles.has(name)) stored[name] = Float32Array.from(values)
    else stored[name] = values
  }
  return stored
}
