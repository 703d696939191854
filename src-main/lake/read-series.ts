import type { ChainSeries } from '#shared/catalog/indicators/define.ts'
import type { BarSeries, IndexSeries } from '#shared/jobs/build-matrix.ts'
import type { OptionMinutes } from '#shared/jobs/market-types.ts'
import type { Columns } from './columns.ts'

/** Number columns by name; the lake wrote them, so their types are known. */
function double(columns: Columns, name: string): Float64Array {
  return columns[name] as Float64Array
}

export function barsOf(columns: Columns): BarSeries {
  const ts = double(columns, 'ts')
  return {
    length: ts.length,
    ts,
    openTs: double(columns, 'open_ts'),
    session: columns['session'] as Int32Array,
    open: double(columns, 'open'),
    high: double(columns, 'high'),
    low: double(columns, 'low'),
    close: double(columns, 'close'),
    volume: double(columns, 'volume'),
    vwap: double(columns, 'vwap'),
  }
}

export function indexOf(columns: Columns): IndexSeries {
  const session = columns['session'] as Int32Array
  return {
    length: session.length,
    session,
    vix: double(columns, 'vix'),
    vix9d: double(columns, 'vix9d'),
    vix3m: double(columns, 'vix3m'),
    vix6m: double(columns, 'vix6m'),
  }
}

export function optionMinutesOf(columns: Columns): OptionMinutes {
  const ts = double(columns, 'ts')
  return {
    rows: ts.length,
    ts,
    session: columns['session'] as Int32Array,
    strike: double(columns, 'strike'),
    isCall: columns['is_call'] as Uint8Array,
    volume: columns['volume'] as Int32Array,
    vwap: double(columns, 'vwap'),
    transactions: columns['transactions'] as Int32Array,
  }
}

/** Gathers rows of quotes into snapshots: a new one wherever the time changes. */
export function chainOf(columns: Columns): Omit<ChainSeries, 'asOf'> {
  const rowTs = double(columns, 'ts')
  const rowSession = columns['session'] as Int32Array
  const rowSpot = double(columns, 'spot')
  const starts: number[] = []
  for (let row = 0; row < rowTs.length; row++) {
    if (row === 0 || rowTs[row] !== rowTs[row - 1]) starts.push(row)
  }
  return {
    snapshots: starts.length,
    ts: Float64Array.from(starts, (row) => rowTs[row]!),
    session: Int32Array.from(starts, (row) => rowSession[row]!),
    spot: Float64Array.from(starts, (row) => rowSpot[row]!),
    offset: Int32Array.from([...starts, rowTs.length]),
    strike: double(columns, 'strike'),
    expiry: double(columns, 'expiry'),
    isCall: columns['is_call'] as Uint8Array,
    bid: double(columns, 'bid'),
    ask: double(columns, 'ask'),
    volume: double(columns, 'volume'),
    openInterest: double(columns, 'open_interest'),
    iv: double(columns, 'iv'),
    delta: double(columns, 'delta'),
    gamma: double(columns, 'gamma'),
  }
}
