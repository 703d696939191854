import { bytesOfDoubles, doublesOfBytes } from './double-column.ts'
import type { Clock, Query } from './query.ts'

export interface NewTrial {
  model_id: string
  matrix_sha: string
  /** Identity of the configuration on its matrix; the profile is no part of it. */
  config_key: string
  /** Net returns per session. */
  daily_returns: Float64Array
  /** mean / standard deviation of them, not annualised; NaN where it is not defined. */
  sharpe_daily: number
}

export interface ModelTrials {
  count: number
  /** One a trial, in the order they were first made; NaN where not defined. */
  sharpes: Float64Array
  series: Float64Array[]
  /** Matrix that each was made on: only series of one matrix lie on the same days. */
  matrices: string[]
}

/** Every configuration ever evaluated, once each: what the deflated Sharpe ratio has to know. */
export function createTrials({ all, get, run }: Query, clock: Clock) {
  return {
    /** True if the configuration had not been tried before. */
    add(trial: NewTrial): boolean {
      const { changes } = run(
        `INSERT INTO trials (model_id, matrix_sha, config_key, sharpe_daily, daily_returns, created_at)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (model_id, matrix_sha, config_key) DO NOTHING`,
        trial.model_id,
        trial.matrix_sha,
        trial.config_key,
        Number.isFinite(trial.sharpe_daily) ? trial.sharpe_daily : null,
        bytesOfDoubles(trial.daily_returns),
        clock(),
      )
      return changes === 1
    },
    /** Configurations that were tried on a matrix. */
    keysOn(model_id: string, matrix_sha: string): Set<string> {
      const rows = all<{ config_key: string }>(
        'SELECT config_key FROM trials WHERE model_id = ? AND matrix_sha = ?',
        model_id,
        matrix_sha,
      )
      return new Set(rows.map(({ config_key }) => config_key))
    },
    count: (model_id: string): number =>
      get<{ n: number }>('SELECT count(*) AS n FROM trials WHERE model_id = ?', model_id)?.n ?? 0,
    forModel(model_id: string): ModelTrials {
      const rows = all<{ matrix_sha: string; sharpe_daily: number | null; daily_returns: Uint8Array }>(
        'SELECT matrix_sha, sharpe_daily, daily_returns FROM trials WHERE model_id = ? ORDER BY id',
        model_id,
      )
      return {
        count: rows.length,
        sharpes: Float64Array.from(rows, (row) => row.sharpe_daily ?? Number.NaN),
        matrices: rows.map(({ matrix_sha }) => matrix_sha),
        series: rows.map(({ daily_returns }) => doublesOfBytes(daily_returns)),
      }
    },
  }
}
export type Trials = ReturnType<typeof createTrials>
