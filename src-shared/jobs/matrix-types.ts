import type { Cadence } from '#shared/catalog/indicators/define.ts'

/** Bars of the model's cadence over the whole window, no hour left out: what trades are filled on. */
export interface PricePath {
  bars: number
  cadence: Cadence
  barsPerSession: number
  /** Bar open and close, epoch ms UTC. */
  openTs: Float64Array
  ts: Float64Array
  session: Int32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
}

/** A built training matrix: one row a decision, features by column. */
export interface Matrix {
  rows: number
  cadence: Cadence
  /** Decision time, epoch ms UTC. */
  ts: Float64Array
  session: Int32Array
  /** −1 on daily rows. */
  hourEt: Int32Array
  open: Float64Array
  high: Float64Array
  low: Float64Array
  close: Float64Array
  volume: Float64Array
  features: string[]
  /** One column per feature, in the order of `features`. */
  columns: Float64Array[]
  classes: string[]
  /** Index into `classes`, −1 without a label. */
  y: Int8Array
  retFwd: Float64Array
  /** Label end, epoch ms UTC, NaN without a label. */
  t1: Float64Array
  /** Bar of the path at which the row is decided, and at which its label ends (−1 without). */
  bar: Int32Array
  exitBar: Int32Array
  /**
   * Whether the contract at each row traded within 5 minutes of the decision: 1, 0 or NaN. Known only afterwards, so it is no
   * feature: it feeds the fill rate.
   */
  contractFilled: Float64Array | null
}

export interface QaReport {
  monotonic_time: { ok: boolean; violations: number }
  non_negative_vol: { ok: boolean; neg_pct: number; checked: number }
  session_alignment: { ok: boolean; off_pct: number }
  iv_sanity: { ok: boolean; out_of_range_pct: number; checked: number }
  nan: { warn: string[]; fail: string[] }
}

export interface LeakageFlag {
  column: string
  level: 'red' | 'yellow'
  check: 'truncation' | 'future_correlation' | 'label_end'
  reason: string
  value: number | null
}

/** Diagnostics stored with each matrix; the shapes the profile endpoint and the Matrix screen show. */
export interface MatrixProfile {
  rows: number
  features: number
  label_balance: Record<string, number>
  nan_pct: number
  nan_stats: { column: string; nan_pct: number }[]
  qa: QaReport
  coverage_by_hour: { hour: number; rows: number; labelled: number }[]
  coverage_by_day: { date: string; rows: number }[]
  correlation: { columns: string[]; values: (number | null)[][] }
  missing_map: { bins: string[]; columns: string[]; share: number[][] }
  drift_summary: {
    target: {
      mean_head: number | null
      mean_tail: number | null
      std_head: number | null
      std_tail: number | null
    }
    columns: { column: string; psi: number | null; mean_shift_in_std: number | null }[]
    rolling: { date: string; target_mean: number | null; target_std: number | null }[]
  }
  leakage_flags: LeakageFlag[]
}
