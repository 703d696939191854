import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'

const MAX_COLUMNS = 60

/** Pearson correlation of the features over rows where both are present; of wide matrices the first 60 columns. */
export function correlate({ features, columns }: Matrix): MatrixProfile['correlation'] {
  const names = features.slice(0, MAX_COLUMNS)
  const values = names.map(() => new Array<number | null>(names.length).fill(null))
  for (let i = 0; i < names.length; i++) {
    for (let j = i; j < names.length; j++) {
      const r = pearson(columns[i]!, columns[j]!)
      values[i]![j] = r
      values[j]![i] = r
    }
  }
  return { columns: names, values }
}

function pearson(a: Float64Array, b: Float64Array): number | null {
  let n = 0
  let meanA = 0
  let meanB = 0
  let sumAA = 0
  let sumBB = 0
  let sumAB = 0
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!
    const y = b[i]!
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    const dx = x - meanA
    const dy = y - meanB
    meanA += dx / n
    meanB += dy / n
    sumAA += dx * (x - meanA)
    sumBB += dy * (y - meanB)
    sumAB += dx * (y - meanB)
  }
  if (n < 3 || sumAA <= 0 || sumBB <= 0) return null
  return Math.max(-1, Math.min(1, sumAB / Math.sqrt(sumAA * sumBB)))
}
