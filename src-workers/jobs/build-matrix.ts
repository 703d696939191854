import { labels } from '#shared/catalog/labels/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { BuildMatrixInput, buildMatrixJob } from '#shared/jobs/build-matrix.ts'
import type { JobHandler } from '#shared/jobs/define.ts'
import type { LeakageFlag, Matrix, PricePath } from '#shared/jobs/matrix-types.ts'
import { assembleInput } from '#workers/matrix/assemble-input.ts'
import { computeFeatures } from '#workers/matrix/compute-features.ts'
import type { FeatureColumn } from '#workers/matrix/feature-column.ts'
import { foldIntoDays } from '#workers/matrix/flow-columns.ts'
import { labelBars } from '#workers/matrix/label-bars.ts'
import { scanFutureCorrelation, scanLabelEnds, scanTruncation } from '#workers/matrix/leakage-scan.ts'
import { profileMatrix } from '#workers/matrix/profile/profile-matrix.ts'

/** Features, labels, fills, diagnostics: the whole of a training matrix from the series that the host loaded. */
export const buildMatrix: JobHandler<typeof buildMatrixJob> = (given, { report, cancelled }) => {
  const build = withDailyFlow(given)
  const stop = () => {
    if (cancelled()) throw new SigmaError('CANCELED', 'the build was canceled')
  }
  report({ done: 0, total: 10, note: 'features' })
  const input = assembleInput(build)
  const rows = selectRows(build)
  if (rows.length === 0)
    throw new SigmaError('NO_DATA', 'no row of the window is left after the hours filter')
  const features: FeatureColumn[] = []
  for (const { name, data } of computeFeatures(build, input)) {
    features.push({ name, data: rows.length === data.length ? data : pickRows(data, rows) })
    stop()
  }
  report({ done: 4, total: 10, note: 'labels' })
  const label = labelBars(build)
  const path = pricePath(build)
  const matrix = gather(build, features, label, rows)
  report({ done: 5, total: 10, note: 'leakage scan' })
  const flags = scanTruncation(build, input, matrix, (done, total) => {
    stop()
    report({ done: 5 + (4 * done) / total, total: 10, note: 'leakage scan' })
  })
  flags.push(...scanRows(build, matrix, rows))
  report({ done: 9, total: 10, note: 'profile' })
  return { matrix, path, profile: profileMatrix(matrix, flags) }
}

/** Flow comes by the clock hour; a daily row has the sums of its session so far. */
function withDailyFlow(build: BuildMatrixInput): BuildMatrixInput {
  const { flow, cadence, bars } = build
  return flow && cadence === 'daily' ? { ...build, flow: foldIntoDays(flow, bars.session, bars.ts) } : build
}

function selectRows({ firstRow, endRow, hoursFilter, hourEt }: BuildMatrixInput): Int32Array {
  const rows: number[] = []
  for (let row = firstRow; row < endRow; row++) {
    if (hoursFilter === null || hourEt[row]! < 0 || hoursFilter.includes(hourEt[row]!)) rows.push(row)
  }
  return Int32Array.from(rows)
}

/** The whole window's bars: trades are filled on them whatever hours the rows keep. */
function pricePath({ trueBars, cadence, barsPerSession, firstRow, endRow }: BuildMatrixInput): PricePath {
  const cut = <T extends Float64Array | Int32Array>(values: T) => values.slice(firstRow, endRow) as T
  return {
    bars: endRow - firstRow,
    cadence,
    barsPerSession,
    openTs: cut(trueBars.openTs),
    ts: cut(trueBars.ts),
    session: cut(trueBars.session),
    open: cut(trueBars.open),
    high: cut(trueBars.high),
    low: cut(trueBars.low),
    close: cut(trueBars.close),
    volume: cut(trueBars.volume),
  }
}

function gather(
  build: BuildMatrixInput,
  features: readonly FeatureColumn[],
  label: ReturnType<typeof labelBars>,
  rows: Int32Array,
): Matrix {
  // What is known at the decision: where that is before the close, today's close, range and volume are not.
  const { bars, hourEt, firstRow, endRow } = build
  const pick = (values: Float64Array) => pickRows(values, rows)
  // A label that ends beyond the window could not be checked or traded inside it.
  const isLabelled = (row: number) => label.y[row]! >= 0 && label.exit[row]! < endRow
  return {
    rows: rows.length,
    cadence: build.cadence,
    ts: pick(bars.ts),
    session: Int32Array.from(rows, (row) => bars.session[row]!),
    hourEt: Int32Array.from(rows, (row) => hourEt[row]!),
    open: pick(bars.open),
    high: pick(bars.high),
    low: pick(bars.low),
    close: pick(bars.close),
    volume: pick(bars.volume),
    features: features.map(({ name }) => name),
    columns: features.map(({ data }) => data),
    classes: label.classes,
    y: Int8Array.from(rows, (row) => (isLabelled(row) ? label.y[row]! : -1)),
    retFwd: Float64Array.from(rows, (row) => (isLabelled(row) ? label.ret[row]! : Number.NaN)),
    t1: Float64Array.from(rows, (row) => (isLabelled(row) ? label.t1[row]! : Number.NaN)),
    bar: Int32Array.from(rows, (row) => row - firstRow),
    exitBar: Int32Array.from(rows, (row) => (isLabelled(row) ? label.exit[row]! - firstRow : -1)),
    contractFilled: null,
  }
}

/** The values of some rows, in memory of their own. */
function pickRows(values: Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!
  return picked
}

function scanRows(build: BuildMatrixInput, matrix: Matrix, rows: Int32Array): LeakageFlag[] {
  const definition = labels.get(build.label.id)!
  const horizon = Math.max(1, definition.horizonBars(build.label.params))
  const past = Float64Array.from(rows, (row) => {
    const before = row - horizon
    return before < 0 ? Number.NaN : build.bars.close[row]! / build.bars.close[before]! - 1
  })
  const flags = scanFutureCorrelation(matrix, past, horizon)
  // The label of a night ends after its session by design.
  if (build.cadence === 'daily' || definition.entry === 'close_to_open') return flags
  const sessionEnd = Float64Array.from(rows, (row) => build.sessionClose[row]!)
  return [...flags, ...scanLabelEnds(matrix.t1, sessionEnd)]
}
