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

export interface StoredTrial extends Pick<NewTrial, 'matrix_sha' | 'daily_returns' | 'sharpe_daily'> {
  id: number
}

interface StoredReturns {
  sharpe_daily: number | null
  daily_returns: Uint8Array
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
    /** In the order they were first made, from behind the one with the given id. */
    after(model_id: string, id: number, limit: number): StoredTrial[] {
      const rows = all<Omit<StoredTrial, 'sharpe_daily' | 'daily_returns'> & StoredReturns>(
        `SELECT id, matrix_sha, sharpe_daily, daily_returns FROM trials WHERE model_id = ? AND id > ? ORDER BY id LIMIT ?`,
        model_id,
        id,
        limit,
      )
      return rows.map(({ sharpe_daily, daily_returns, ...row }) => ({
        ...row,
        sharpe_daily: sharpe_daily ?? Number.NaN,
        daily_returns: doublesOfBytes(daily_returns),
      }))
    },
  }
}
export type Trials = ReturnType<typeof createTrials>
