import { sessionDate } from '#shared/calendar/sessions.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { isoTime } from './matrix-store.ts'

/** The first rows of a matrix as the screen and the API show them: missing values are null. */
export function firstRows(matrix: Matrix, count: number): { columns: string[]; values: unknown[][] } {
  const rows = Math.min(count, matrix.rows)
  const isIntraday = matrix.cadence !== 'daily'
  const number = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
  const columns = [
    'date',
    ...(isIntraday ? ['hour_et'] : []),
    'ts',
    'close',
    ...matrix.features,
    'ret_fwd',
    'y',
  ]
  const values = Array.from({ length: rows }, (_, row) => [
    sessionDate(matrix.session[row]!),
    ...(isIntraday ? [matrix.hourEt[row]!] : []),
    isoTime(matrix.ts[row]!),
    number(matrix.close[row]),
    ...matrix.columns.map((column) => number(column[row])),
    number(matrix.retFwd[row]),
    matrix.y[row]! < 0 ? null : matrix.classes[matrix.y[row]!]!,
  ])
  return { columns, values }
}
