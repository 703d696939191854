import type { FoldReport, RunMetrics } from '#shared/contract/metrics.ts'
import type { Reliability, Sensitivity } from '#shared/contract/tear-sheet.ts'
import type { PricePath } from './matrix-types.ts'
import type { FoldScores } from './scoring-types.ts'

/** Where a trade is filled; see engine.md 5. */
export type FillRule = 'next_open' | 'next_close' | 'close_to_open' | 'return_column' | 'direction'

export interface StrategyConfig {
  kind: 'thr' | 'top_pct'
  /** Candidate thresholds for `thr` (one is chosen per fold on inner predictions), one share for `top_pct`. */
  values: number[]
  /** Report each threshold on its own too (what /backtest does); those rows are a choice on test data and say so. */
  reportEach: boolean
  perHourThresholds: boolean
  selectBy: 'sharpe' | 'cum_ret' | 'trades'
  sizeByConf: boolean
  confCap: number
  momentumGate: boolean
  momentumMin: number
}

/** Scored rows and their place on the path. */
export interface ScoredRows {
  rows: number
  classes: string[]
  ts: Float64Array
  session: Int32Array
  hourEt: Int32Array
  /** Bar of the path at which the row is decided and at which its label ends (−1: never trades). */
  bar: Int32Array
  exitBar: Int32Array
  y: Int8Array
  retFwd: Float64Array
  t1: Float64Array
  /** Column for the momentum gate, null where no gate asks for one. */
  momentum: Float64Array | null
}

export interface EvaluateInput {
  /** null for a CSV without prices: then `fill` is return_column or direction. */
  path: PricePath | null
  rows: ScoredRows
  folds: FoldScores[]
  fill: FillRule
  horizonBars: number
  barsPerSession: number
  slippageBps: number
  configs: StrategyConfig[]
}

export interface ThresholdResult {
  thr: number
  cum_ret: number
  sharpe_hourly: number | null
  sharpe: number | null
  trades: number
  win_rate: number | null
  max_dd: number | null
}

export interface TradeColumns {
  entryTs: Float64Array
  exitTs: Float64Array
  side: Int8Array
  size: Float64Array
  entry: Float64Array
  exit: Float64Array
  ret: Float64Array
  fold: Int32Array
  row: Int32Array
}

/**
 * Paths of a combinatorial cross-validation (AFML 12): path j tests every row by the j-th of the splits that test it, so each is
 * one out-of-sample history of its own. Sessions are those of the result.
 */
export interface EvaluatedPaths {
  /** Per path; null where its returns do not vary. */
  sharpe: (number | null)[]
  /** Mean, standard deviation (ddof 1) and worst of the Sharpe ratios that are known. */
  mean: number | null
  std: number | null
  min: number | null
  /** Equity at the close of each session, from 1. */
  equity: Float64Array[]
}

export interface EvaluateResult {
  /** Without the figures that need the trial ledger (dsr, trials, …) and the score: the host adds them. */
  metrics: RunMetrics
  folds: FoldReport[]
  thresholdResults: ThresholdResult[]
  bestSharpeHourly: number | null
  bestCumRet: number | null
  /** One point a session: session number, equity at its close, daily net return, per-session absolute exposure. */
  session: Int32Array
  equity: Float64Array
  dailyReturn: Float64Array
  trades: TradeColumns
  /** null where no row is tested more than once. */
  paths: EvaluatedPaths | null
  hours: { hour: number; trades: number; win_rate: number | null; mean_ret: number | null }[]
  /** null where nothing was tested. */
  sensitivity: Sensitivity | null
  reliability: Reliability | null
  skewness: number | null
  kurtosis: number | null
  notes: string[]
}
