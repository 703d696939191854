import { sessionDate } from '#shared/calendar/sessions.ts'
import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'
import {
  countGroups,
  groupByEdges,
  leastForIndex,
  stabilityIndex,
  tenthEdges,
} from '#shared/kernels/stability-index.ts'
import { firstTailRow } from './tail.ts'

const ROLLING_POINTS = 60

/** Target and features in the last 10 % of rows against the rest. */
export function summariseDrift(matrix: Matrix): MatrixProfile['drift_summary'] {
  const tail = firstTailRow(matrix.rows)
  const head = moments(matrix.retFwd, 0, tail)
  const newest = moments(matrix.retFwd, tail, matrix.rows)
  return {
    target: { mean_head: head.mean, mean_tail: newest.mean, std_head: head.std, std_tail: newest.std },
    columns: matrix.features.map((column, i) => describeColumn(column, matrix.columns[i]!, tail)),
    rolling: rollTarget(matrix),
  }
}

function describeColumn(column: string, values: Float64Array, tail: number) {
  const head = moments(values, 0, tail)
  const newest = moments(values, tail, values.length)
  const shift =
    head.mean === null || newest.mean === null || !head.std ? null : (newest.mean - head.mean) / head.std
  return { column, psi: indexOfTail(values, tail), mean_shift_in_std: shift }
}

/**
 * Population stability index of the tail over tenths of the head, missing values left out. null where either part has fewer than 20
 * values or the head is constant.
 */
export function indexOfTail(values: Float64Array, tail: number): number | null {
  const edges = tenthEdges(values.subarray(0, tail))
  if (edges.length === 0) return null
  const groups = edges.length + 2
  const [head, newest] = [values.subarray(0, tail), values.subarray(tail)].map((part) => {
    const counts = countGroups(groupByEdges(part, edges), groups)
    counts[groups - 1] = 0
    return counts
  }) as [Float64Array, Float64Array]
  const isFew = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0) < leastForIndex
  return isFew(head) || isFew(newest) ? null : stabilityIndex(head, newest)
}

function rollTarget(matrix: Matrix) {
  const window = Math.max(20, Math.floor(matrix.rows / 10))
  const step = Math.max(1, Math.floor(matrix.rows / ROLLING_POINTS))
  const points = []
  for (let end = window; end <= matrix.rows; end += step) {
    const { mean, std } = moments(matrix.retFwd, end - window, end)
    points.push({ date: sessionDate(matrix.session[end - 1]!), target_mean: mean, target_std: std })
  }
  return points
}

/** Mean and sample standard deviation of the values present in [from, to). */
function moments(
  values: Float64Array,
  from: number,
  to: number,
): { mean: number | null; std: number | null } {
  let n = 0
  let mean = 0
  let squares = 0
  for (let i = from; i < to; i++) {
    const value = values[i]!
    if (Number.isNaN(value)) continue
    n++
    const delta = value - mean
    mean += delta / n
    squares += delta * (value - mean)
  }
  return { mean: n ? mean : null, std: n > 1 ? Math.sqrt(squares / (n - 1)) : null }
}
