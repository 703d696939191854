import type { IndicatorInput } from '#shared/catalog/indicators/define.ts'
import { truncateInput } from '#shared/catalog/indicators/truncate.ts'
import type { BuildMatrixInput } from '#shared/jobs/build-matrix.ts'
import type { LeakageFlag, Matrix } from '#shared/jobs/matrix-types.ts'
import { spearman, spearmanWith } from '#shared/kernels/statistics.ts'
import { computeFeatures } from './compute-features.ts'
import { firstTailRow } from './profile/tail.ts'

const CUTS = 5
const TOLERANCE = 1e-9
const RED = 0.3
const YELLOW = 0.15
/** A correlation this high is red however few independent observations stand behind it. */
const PLAIN = 0.9

/**
 * Check (a): every feature recomputed on data cut at 5 points must equal its value in the rows of the matrix before the cut. A feature that changes when
 * the future is cut off has seen the future.
 */
export function scanTruncation(
  build: BuildMatrixInput,
  input: IndicatorInput,
  { columns, bar }: Pick<Matrix, 'columns' | 'bar'>,
  onCut: (done: number, total: number) => void,
): LeakageFlag[] {
  const flags = new Map<string, LeakageFlag>()
  const span = build.endRow - build.firstRow
  for (let cut = 1; cut <= CUTS; cut++) {
    const bars = Math.max(1, Math.floor((span * cut) / (CUTS + 1)))
    let c = 0
    for (const { name, data } of computeFeatures(build, truncateInput(input, build.firstRow + bars))) {
      const changed = firstDifference(columns[c++]!, data.subarray(build.firstRow), bar, bars)
      if (changed < 0 || flags.has(name)) continue
      flags.set(name, {
        column: name,
        level: 'red',
        check: 'truncation',
        reason: `its value at row ${changed} changes when later data is cut off`,
        value: null,
      })
    }
    onCut(cut, CUTS)
  }
  return [...flags.values()]
}

/** First bar of the window before `bars` at which a column of the matrix is not what it is on cut data; −1 if there is none. */
function firstDifference(whole: Float64Array, cut: Float64Array, bar: Int32Array, bars: number): number {
  for (let row = 0; row < bar.length && bar[row]! < bars; row++) {
    const a = whole[row]!
    const b = cut[bar[row]!]!
    if (a === b) continue
    if (Number.isNaN(a) && Number.isNaN(b)) continue
    if (!(Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a)))) return bar[row]!
  }
  return -1
}

/**
 * Check (b), on the last tenth of the rows: |rank correlation| with the future return, red from 0.30 and yellow from 0.15, each
 * also above 4 standard errors and more than twice the correlation with the past return. Labels of `horizonBars` overlap, so
 * the standard error counts every horizon-th row as independent.
 */
export function scanFutureCorrelation(
  matrix: Pick<Matrix, 'rows' | 'features' | 'columns' | 'retFwd'>,
  pastReturn: Float64Array | null,
  horizonBars: number,
): LeakageFlag[] {
  const from = firstTailRow(matrix.rows)
  const future = matrix.retFwd.subarray(from)
  const past = pastReturn?.subarray(from)
  const independent = Math.max(1, (matrix.rows - from) / Math.max(1, horizonBars))
  const noise = Math.min(PLAIN, 4 / Math.sqrt(independent))
  const withFuture = spearmanWith(future)
  const flags: LeakageFlag[] = []
  for (let c = 0; c < matrix.features.length; c++) {
    const values = matrix.columns[c]!.subarray(from)
    const rho = withFuture(values)
    if (!Number.isFinite(rho) || Math.abs(rho) < YELLOW || Math.abs(rho) < noise) continue
    const backward = past ? spearman(values, past) : 0
    if (Math.abs(rho) <= 2 * Math.abs(Number.isFinite(backward) ? backward : 0)) continue
    flags.push({
      column: matrix.features[c]!,
      level: Math.abs(rho) >= RED ? 'red' : 'yellow',
      check: 'future_correlation',
      reason: `rank correlation ${rho.toFixed(2)} with the future return on the last tenth of the rows`,
      value: rho,
    })
  }
  return flags
}

/** Check (c): a same-day label must be known by its session's close. */
export function scanLabelEnds(t1: Float64Array, lastKnown: Float64Array): LeakageFlag[] {
  let late = 0
  for (let row = 0; row < t1.length; row++) if (t1[row]! > lastKnown[row]!) late++
  if (late === 0) return []
  return [
    {
      column: 'y',
      level: 'red',
      check: 'label_end',
      reason: `${late} labels end after their session's close`,
      value: late,
    },
  ]
}
