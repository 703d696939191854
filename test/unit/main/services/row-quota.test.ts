import { expect, it } from 'vitest'
import { requireRowsWithin, rowsOf } from '#main/services/row-quota.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import { temporaryLedger } from '#test/temp-ledger.ts'

const build = (hours: number[], hoursFilter: number[] | null) =>
  ({ firstRow: 1, endRow: hours.length, hourEt: Int32Array.from(hours), hoursFilter }) as BuildMatrixInput

it('counts the rows of the window, without the hours that are left out', () => {
  expect(rowsOf(build([9, 10, 11, 10], null))).toBe(3)
  expect(rowsOf(build([10, 10, 11, 10], [10, 12]))).toBe(2)
  expect(rowsOf(build([-1, -1, -1], [10]))).toBe(2)
})

it('refuses a build over the limit with the limit and the use', () => {
  const ledger = temporaryLedger()
  requireRowsWithin(ledger, 1_000_000)
  ledger.quotas.set('max_rows_per_build', 100)
  requireRowsWithin(ledger, 100)
  expect(() => requireRowsWithin(ledger, 101)).toThrow(
    expect.objectContaining({
      code: 'QUOTA_EXCEEDED',
      details: { quota: 'max_rows_per_build', limit: 100, use: 101 },
    }),
  )
})
