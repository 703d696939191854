import type { Static, TObject, TProperties } from 'typebox'

export type Cadence = '5m' | '15m' | 'hourly' | 'daily'

/** Columns an indicator may ask for by name. Lengths equal `rows`; NaN where a value is missing. */
export interface BarColumns {
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  /** Volume-weighted price of the bar where the source has it, else NaN. */
  vwap: Float64Array
}

/** A finer or coarser series of the same instrument beside the rows. */
export interface SideSeries extends BarColumns {
  length: number
  /** Close time of each bar, epoch ms UTC, ascending. */
  ts: Float64Array
  /** Session number of each bar (see `calendar/`). */
  session: Int32Array
  /** Per row: how many bars of this series are known at the row's decision time. Bars 0 … asOf−1 may be read. */
  asOf: Int32Array
}

/** Index levels per row, as known at its decision time: intraday rows see the previous session's close. */
export interface IndexLevels {
  vix: Float64Array
  vix9d: Float64Array
  vix3m: Float64Array
  vix6m: Float64Array
}

/** Option volume and premium per row, summed over the row's hour (engine.md 2). */
export interface FlowTotals {
  callsSold: Float64Array
  putsSold: Float64Array
  callsPremium: Float64Array
  putsPremium: Float64Array
}

/**
 * Option chain snapshots, columnar. Snapshot s owns quotes offset[s] … offset[s+1]−1. Within a snapshot quotes are ordered by
 * expiry, then strike, then puts before calls.
 */
export interface ChainSeries {
  snapshots: number
  /** Time each snapshot was taken, epoch ms UTC, ascending. */
  ts: Float64Array
  session: Int32Array
  /** Underlying price at the snapshot. */
  spot: Float64Array
  offset: Int32Array
  strike: Float64Array
  /** Expiry instant, epoch ms UTC. */
  expiry: Float64Array
  isCall: Uint8Array
  bid: Float64Array
  ask: Float64Array
  volume: Float64Array
  openInterest: Float64Array
  iv: Float64Array
  delta: Float64Array
  gamma: Float64Array
  /** Per row: how many snapshots are known at the row's decision time. */
  asOf: Int32Array
}

/** Everything a matrix row may know, by column. All series hold history before the first wanted row. */
export interface IndicatorInput extends BarColumns {
  rows: number
  cadence: Cadence
  /** Decision time of each row (the close of its bar), epoch ms UTC, ascending. */
  ts: Float64Array
  /** Session number of each row. */
  session: Int32Array
  /** Clock hour in New York in which the bar starts; on daily rows −1. */
  hourEt: Int32Array
  /** Daily bars; `asOf` ends at the session before the row's, so a daily value never contains its own day. */
  daily: SideSeries
  /** 5-minute bars where the lake has them. */
  intraday: SideSeries | null
  index: IndexLevels | null
  flow: FlowTotals | null
  chain: ChainSeries | null
}

export type IndicatorNeed = 'intraday' | 'index' | 'flow' | 'chain'

/** What an indicator reads: columns of the row's bars, the times of rows, series beside them. */
export type IndicatorInputName = keyof BarColumns | 'time' | 'daily' | IndicatorNeed

/** What a warm-up or a lag counts. */
export type WarmupUnit = 'rows' | 'sessions'

export interface Indicator<P extends TProperties = TProperties> {
  readonly id: string
  readonly title: string
  /** One sentence a trader understands. */
  readonly doc: string
  readonly category: string
  readonly subcategory: string
  /** Paper, book or site that states the formula. */
  readonly source: string
  readonly params: TObject<P>
  /** Other names under which packs and users know this indicator. */
  readonly aliases?: readonly string[]
  /** Other spellings of parameters: `{ mult: 'multiplier' }`. */
  readonly paramAliases?: Readonly<Record<string, string>>
  /** Series beyond the row's own bars. A missing one is NO_DATA at build time, not a column of zeros. */
  readonly needs?: readonly IndicatorNeed[]
  /** Everything it reads, also what only stands in for a missing value. */
  readonly inputs: (params: Static<TObject<P>>) => IndicatorInputName[]
  /** Sessions between the newest data it reads and an intraday row; 0, if left out: the row's own bar, known at its close. */
  readonly lag?: (params: Static<TObject<P>>) => number
  /** Column names, parameters included, in the order of `outs`. */
  readonly outputs: (params: Static<TObject<P>>) => string[]
  /** Leading NaN per output: one number for all, or one each. Counted in `warmupUnit`. */
  readonly warmup: (params: Static<TObject<P>>) => number | number[]
  readonly warmupUnit?: WarmupUnit
  /** Depends on all of the past (EMA-like), so values settle only some time after the warm-up. */
  readonly recursive?: boolean
  /** Values may be NaN after the warm-up too (a quote is missing, an hour does not apply). */
  readonly sparse?: boolean
  /** Raised when a change alters values: it is part of every matrix sha. */
  readonly version?: number
  /** Fills each of `outs` (length `input.rows`). Reads nothing beyond a row's decision time. */
  readonly compute: (input: IndicatorInput, params: Static<TObject<P>>, outs: Float64Array[]) => void
}

/** Types an entry of the catalogue and widens it for the registry. */
export function defineIndicator<P extends TProperties>(indicator: Indicator<P>): Indicator {
  return indicator as unknown as Indicator
}
