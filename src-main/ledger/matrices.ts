import type { Static } from 'typebox'
import type { MatrixMeta as MatrixMetaSchema } from '#shared/contract/matrices.ts'
import type { MatrixProfile } from '#shared/jobs/matrix-types.ts'
import { fromJson, toJson } from './json-column.ts'
import { type Clock, type Query, where } from './query.ts'

export type MatrixMeta = Static<typeof MatrixMetaSchema>
export interface StoredMatrix {
  meta: MatrixMeta
  profile: MatrixProfile
}

/** Built matrices by the sha of their inputs. */
export function createMatrices({ all, get, run }: Query, clock: Clock) {
  return {
    /** Keeps a matrix; one that is already known stays as it is, since equal shas mean equal bytes. */
    put(meta: Omit<MatrixMeta, 'created_at'>, profile: MatrixProfile): StoredMatrix {
      const created_at = clock()
      run(
        `INSERT INTO matrices (matrix_sha, model_id, pack_id, ticker, meta, profile, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (matrix_sha) DO NOTHING`,
        meta.matrix_sha,
        meta.model_id,
        meta.pack_id,
        meta.ticker,
        toJson({ ...meta, created_at }),
        toJson(profile),
        created_at,
      )
      return this.get(meta.matrix_sha) as StoredMatrix
    },
    get(matrix_sha: string): StoredMatrix | undefined {
      const row = get<{ meta: string; profile: string }>(
        'SELECT meta, profile FROM matrices WHERE matrix_sha = ?',
        matrix_sha,
      )
      return row && { meta: fromJson(row.meta), profile: fromJson(row.profile) }
    },
    /** The matrix whose CSV has these bytes: a file that went out may come back. */
    findByCsv(csv_sha: string): MatrixMeta | undefined {
      const row = get<{ meta: string }>(
        `SELECT meta FROM matrices WHERE json_extract(meta, '$.csv_sha') = ? ORDER BY id LIMIT 1`,
        csv_sha,
      )
      return row && fromJson(row.meta)
    },
    /** Rows of the largest one, 0 where there is none. */
    mostRows: (): number =>
      get<{ n: number | null }>(`SELECT max(json_extract(meta, '$.rows')) AS n FROM matrices`)?.n ?? 0,
    /** Newest first, without profiles. */
    list(filter: { model_id?: string | undefined; limit?: number; offset?: number } = {}): MatrixMeta[] {
      const { clause, values } = where({ 'model_id = ?': filter.model_id })
      return all<{ meta: string }>(
        `SELECT meta FROM matrices ${clause} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...values,
        filter.limit ?? 200,
        filter.offset ?? 0,
      ).map(({ meta }) => fromJson(meta))
    },
  }
}
