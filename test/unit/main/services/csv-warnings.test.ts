import { expect, it } from 'vitest'
import { featureWarnings } from '#main/services/csv-warnings.ts'
import { tinyMatrix } from '#test/tiny-build.ts'
import { profileMatrix } from '#workers/jobs/profile-matrix.ts'

const context = { report: () => {}, cancelled: () => false }
const warningsOf = (columns: Record<string, number[]>) => {
  const matrix = tinyMatrix(columns)
  return featureWarnings(matrix, profileMatrix({ matrix, horizonBars: 1 }, context))
}
const column = (cell: (row: number) => number) => Array.from({ length: 20 }, (_, row) => cell(row))

it('names features that miss a tenth of their values or more, and those that never change', () => {
  const fine = column((row) => row)
  const hole = (rows: number) => column((row) => (row < rows ? Number.NaN : row))
  expect(warningsOf({ fine, a: hole(1), b: hole(2), c: hole(12) })).toEqual([
    'features with missing values: b (10.0 %), c (60.0 %)',
  ])
  expect(
    warningsOf({ fine, same: column(() => -2), some: column((row) => (row === 3 ? Number.NaN : 4)) }),
  ).toEqual(['features that never change, from which nothing can be learned: same (-2), some (4)'])
  expect(warningsOf({ fine, none: hole(20) })).toEqual([
    'features with missing values: none (100.0 %)',
    'features that never change, from which nothing can be learned: none (empty)',
  ])
})

it('lists ten names and counts the rest', () => {
  const columns = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`f${i}`, column(() => 1)]))
  expect(warningsOf(columns)[0]).toMatch(/: f0 \(1\), .*, f9 \(1\) and 3 more$/)
})
