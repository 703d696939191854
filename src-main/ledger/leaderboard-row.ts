import type { Static } from 'typebox'
import type { LeaderboardRow as LeaderboardRowSchema } from '#shared/contract/backtests.ts'
import { fromJson, toJson } from './json-column.ts'

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

/** A row as the JSON of a reply: its stored parts are put in as they are, since reading and writing them is most of the work. */
export function leaderboardRowText(row: StoredLeaderboardRow): string {
  const plain = (name: keyof StoredLeaderboardRow) => `"${name}":${toJson(row[name])}`
  const stored = (name: 'metrics' | 'config' | 'lineage' | 'checks' | 'spark') => `"${name}":${row[name]}`
  const fields = [
    `"id":"${row.id}"`,
    plain('started_at'),
    plain('created_at'),
    plain('model_id'),
    plain('pack_id'),
    `"sweep_id":${row.sweep_id === null ? null : `"${row.sweep_id}"`}`,
    plain('ticker'),
    `"simulated":${row.simulated === 1}`,
    stored('metrics'),
    stored('config'),
    stored('lineage'),
    `"gate":{"pass":${row.gate_pass === 1},"reasons":${row.gate_reasons}}`,
    stored('checks'),
    plain('best_sharpe_hourly'),
    plain('best_cum_ret'),
    stored('spark'),
    plain('tag'),
  ]
  return `{${fields.join(',')}}`
}

export const leaderboardRow = (row: StoredLeaderboardRow): LeaderboardRow => fromJson(leaderboardRowText(row))
