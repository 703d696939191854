import type { Cadence, ChainSeries, SideSeries } from '#shared/catalog/indicators/define.ts'
import { defineJob } from './define.ts'
import type { Matrix, MatrixProfile, PricePath } from './matrix-types.ts'

/** Bars of one instrument, known at `ts`. */
export type BarSeries = Omit<SideSeries, 'asOf'> & { openTs: Float64Array }

/** Daily closes of the index levels, by session, ascending. */
export interface IndexSeries {
  length: number
  session: Int32Array
  vix: Float64Array
  vix9d: Float64Array
  vix3m: Float64Array
  vix6m: Float64Array
}

/**
 * Option volume by clock hour and distance. Group g holds 2 × distanceMax + 1 cells from g × width, k from −distanceMax up;
 * 0 where the contract is listed and did not trade, NaN where no such strike is listed.
 */
export interface FlowSeries {
  groups: number
  distanceMax: number
  session: Int32Array
  hourEt: Int32Array
  previousClose: Float64Array
  callsSold: Float64Array
  putsSold: Float64Array
  callsPremium: Float64Array
  putsPremium: Float64Array
}

/** Which option-flow columns a model wants (engine.md 2). */
export interface FlowBlock {
  per_distance: boolean
  totals: boolean
  ratios: boolean
  atm: boolean
  distance_max: number
}

export interface BuildMatrixInput {
  cadence: Cadence
  barsPerSession: number
  /** Bars that features read, history included. For close_to_open models they end before the close. */
  bars: BarSeries
  hourEt: Int32Array
  /** The bars that labels and fills read: same length and order as `bars`. */
  trueBars: BarSeries
  /** Close of each bar's session and open of the next one, epoch ms UTC. */
  sessionClose: Float64Array
  nextSessionOpen: Float64Array
  /** Wanted rows: bars firstRow … endRow − 1. */
  firstRow: number
  endRow: number
  daily: BarSeries
  intraday: BarSeries | null
  index: IndexSeries | null
  flow: FlowSeries | null
  chain: Omit<ChainSeries, 'asOf'> | null
  flowBlock: FlowBlock | null
  /** Quotes of the contract that the model would trade, as columns. */
  contractColumns: boolean
  /** Canonical spellings, duplicates removed. */
  indicators: string[]
  label: { id: string; params: Record<string, unknown> }
  hoursFilter: number[] | null
}

export interface BuildMatrixResult {
  matrix: Matrix
  path: PricePath
  profile: MatrixProfile
}

export const buildMatrixJob = defineJob<BuildMatrixInput, BuildMatrixResult>('build-matrix', 'Build matrix')
