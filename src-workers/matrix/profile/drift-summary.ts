import { sessionDate } from '#shared/calendar/sessions.ts'
import type { Matrix, MatrixProfile } from '#shared/jobs/matrix-types.ts'
import { firstTailRow } from './tail.ts'

const PSI_BINS = 10
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
  return { column, psi: stabilityIndex(values, tail), mean_shift_in_std: shift }
}

/**
 * Population stability index Σ (q − p) ln(q / p) over deciles of the head; shares are floored at 0.0001. null where either
 * part has fewer than 20 values or the head is constant.
 */
export function stabilityIndex(values: Float64Array, tail: number): number | null {
  const head = values
    .slice(0, tail)
    .filter((v) => !Number.isNaN(v))
    .sort()
  const newest = values.slice(tail).filter((v) => !Number.isNaN(v))
  if (head.length < 20 || newest.length < 20 || head[0] === head[head.length - 1]) return null
  const edges: number[] = []
  for (let b = 1; b < PSI_BINS; b++) {
    const edge = head[Math.floor((b * head.length) / PSI_BINS)]!
    if (edge !== edges[edges.length - 1]) edges.push(edge)
  }
  const p = shares(head, edges)
  const q = shares(newest, edges)
  return p.reduce((sum, each, i) => sum + (q[i]! - each) * Math.log(q[i]! / each), 0)
}

function shares(values: Float64Array, edges: number[]): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0)
  for (const value of values) {
    let bin = 0
    while (bin < edges.length && value >= edges[bin]!) bin++
    counts[bin]!++
  }
  return counts.map((count) => Math.max(count / values.length, 1e-4))
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
