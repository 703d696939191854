import { bytesOfDoubles, doublesOfBytes } from './double-column.ts'
import { type Query, where } from './query.ts'

/** A row that a trained model decided on. */
export interface LiveRow {
  ts: string
  /** New York date. */
  date: string
  /** Directional probability, NaN where the row has none. */
  score: number
  /** In the order of the artifact's features. */
  features: Float64Array
}

export interface LiveRowsKey {
  model_id: string
  risk_profile: string
}

type Stored = { artifact_id: number; score: number | null; features: Uint8Array }

/** The rows that trained models decided on, with or without a signal. */
export function createLiveRows({ all, run, transaction }: Query) {
  return {
    /** Stores or renews rows, all or nothing. */
    put(key: LiveRowsKey & { ticker: string; artifact_id: number }, rows: readonly LiveRow[]): void {
      transaction(() => {
        for (const { ts, date, score, features } of rows) {
          run(
            `INSERT INTO live_rows (model_id, risk_profile, ticker, ts, date, artifact_id, score, features)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (model_id, risk_profile, ticker, ts) DO UPDATE SET
             date = excluded.date, artifact_id = excluded.artifact_id, score = excluded.score, features = excluded.features`,
            ...[key.model_id, key.risk_profile, key.ticker, ts, date, key.artifact_id],
            Number.isNaN(score) ? null : score,
            bytesOfDoubles(features),
          )
        }
      })
    },
    /** In time order. */
    list(
      key: LiveRowsKey & { start?: string | undefined; end?: string | undefined },
    ): (Pick<LiveRow, 'score' | 'features'> & { artifact_id: number })[] {
      const { clause, values } = where({
        'model_id = ?': key.model_id,
        'risk_profile = ?': key.risk_profile,
        'date >= ?': key.start,
        'date <= ?': key.end,
      })
      return all<Stored>(
        `SELECT artifact_id, score, features FROM live_rows ${clause} ORDER BY ts, ticker`,
        ...values,
      ).map(({ artifact_id, score, features }) => ({
        artifact_id,
        score: score ?? Number.NaN,
        features: doublesOfBytes(features),
      }))
    },
  }
}
