import { limitsOf } from '#main/jobs/quota-limits.ts'
import type { Ledger } from '#main/ledger/ledger.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'

/** Rows that a build will have: the bars of its window, less the hours that it leaves out. */
export function rowsOf({ firstRow, endRow, hoursFilter, hourEt }: BuildMatrixInput): number {
  if (hoursFilter === null) return endRow - firstRow
  return hourEt.subarray(firstRow, endRow).filter((hour) => hour < 0 || hoursFilter.includes(hour)).length
}

/** QUOTA_EXCEEDED for a matrix with more rows than a build may have. */
export function requireRowsWithin(ledger: Pick<Ledger, 'quotas'>, use: number): void {
  const limit = limitsOf(ledger).max_rows_per_build
  if (use <= limit) return
  const message = `the matrix would have ${use} rows and ${limit} are allowed: take a shorter window, or ask an admin for more`
  throw new SigmaError('QUOTA_EXCEEDED', message, { details: { quota: 'max_rows_per_build', limit, use } })
}
