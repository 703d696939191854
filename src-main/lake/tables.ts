import type { BarSeries, IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { ChainTable, OptionMinutes } from '#shared/jobs/market-types.ts'
import type { WritableColumns } from './columns.ts'
import type { SeriesKind } from './manifest.ts'
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

const barColumns = ['ts', 'open_ts', 'session', 'open', 'high', 'low', 'close', 'volume', 'vwap'] as const
/** Columns of each table in the order of its files; those that are not floating are typed here. */
export const tableColumns = {
  bars: barColumns,
  extended_bars: barColumns,
  index: ['session', 'vix', 'vix9d', 'vix3m', 'vix6m'],
  option_minutes: ['ts', 'session', 'hour_et', 'strike', 'is_call', 'volume', 'vwap', 'transactions'],
  chain: [
    ...['ts', 'session', 'spot', 'expiry', 'strike', 'is_call', 'bid', 'ask', 'volume', 'open_interest'],
    ...['iv', 'delta', 'gamma', 'vega', 'theta'],
  ],
} as const satisfies Record<SeriesKind, readonly string[]>
const bytes = new Set(['is_call', 'hour_et'])
const words = new Set(['session', 'option_minutes volume', 'option_minutes transactions'])

/** Numbers by name as a table of a kind. */
export function rowsOfTable(kind: SeriesKind, values: Readonly<Record<string, Float64Array>>): RowColumns {
  return Object.fromEntries(
    tableColumns[kind].map((name) => {
      const column = values[name]!
      if (bytes.has(name)) return [name, Uint8Array.from(column)]
      return [name, words.has(name) || words.has(`${kind} ${name}`) ? Int32Array.from(column) : column]
    }),
  )
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

/** How a floating column is kept: whole, to so many decimal places, in single precision, or as it is. */
function precisionOf(kind: SeriesKind, name: string): 'integer' | 'single' | 'double' | number {
  if (integers.has(name) || (kind === 'chain' && name === 'volume')) return 'integer'
  if (kind === 'option_minutes' && name === 'vwap') return 4
  if (kind === 'bars' || kind === 'extended_bars') return 'double'
  return decimalPlaces[name] ?? (singles.has(name) ? 'single' : 'double')
}

/** The columns as they are stored: times and counts as integers, quotes as decimals, Greeks in single precision. */
export function storedColumns(rows: RowColumns, kind: SeriesKind): WritableColumns {
  const stored: Record<string, WritableColumns[string]> = {}
  for (const [name, values] of Object.entries(rows)) {
    const precision = precisionOf(kind, name)
    if (!(values instanceof Float64Array) || precision === 'double') stored[name] = values
    else if (precision === 'integer') stored[name] = { kind: 'integer', values }
    else if (precision === 'single') stored[name] = Float32Array.from(values)
    else stored[name] = { kind: 'decimal', values, scale: precision }
  }
  return stored
}

/** Changes numbers to what reading them back from the lake would give. */
export function roundAsStored(kind: SeriesKind, name: string, values: Float64Array): void {
  const precision = precisionOf(kind, name)
  if (precision === 'single') for (let i = 0; i < values.length; i++) values[i] = Math.fround(values[i]!)
  if (typeof precision !== 'number') return
  const factor = 10 ** precision
  for (let i = 0; i < values.length; i++) values[i] = Math.round(values[i]! * factor) / factor
}
