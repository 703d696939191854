import type { Static } from 'typebox'
import type { LeaderboardRow as LeaderboardRowSchema } from '#shared/contract/backtests.ts'
import { fromJson } from './json-column.ts'

export type LeaderboardRow = Static<typeof LeaderboardRowSchema>

/** Columns of backtest_runs that a leaderboard row is made of; `r` is the table. */
export const leaderboardColumns = `r.id, r.started_at, r.created_at, r.model_id, r.pack_id, r.sweep_id, r.ticker, r.simulated,
  r.metrics, r.config, r.lineage, r.gate_pass, r.gate_reasons, r.checks, r.best_sharpe_hourly, r.best_cum_ret, r.spark, r.tag`

export interface StoredLeaderboardRow {
  id: number
  started_at: string
  created_at: string
  model_id: string
  pack_id: string
  sweep_id: number | null
  ticker: string | null
  simulated: number
  metrics: string
  config: string
  lineage: string
  gate_pass: number
  gate_reasons: string
  checks: string
  best_sharpe_hourly: number | null
  best_cum_ret: number | null
  spark: string
  tag: string | null
}

export function leaderboardRow(row: StoredLeaderboardRow): LeaderboardRow {
  return {
    id: String(row.id),
    started_at: row.started_at,
    created_at: row.created_at,
    model_id: row.model_id,
    pack_id: row.pack_id,
    sweep_id: row.sweep_id === null ? null : String(row.sweep_id),
    ticker: row.ticker,
    simulated: row.simulated === 1,
    metrics: fromJson(row.metrics),
    config: fromJson(row.config),
    lineage: fromJson(row.lineage),
    gate: { pass: row.gate_pass === 1, reasons: fromJson(row.gate_reasons) },
    checks: fromJson(row.checks),
    best_sharpe_hourly: row.best_sharpe_hourly,
    best_cum_ret: row.best_cum_ret,
    spark: fromJson(row.spark),
    tag: row.tag,
  }
}
