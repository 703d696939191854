import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Columns } from '#main/lake/columns.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { calendarVersion, sessionAt, sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { profileMatrixJob } from '#shared/jobs/profile-matrix.ts'
import type { ServiceContext } from './context.ts'
import { type CsvFile, describeFile, instantsOf, readAll, readTimes, requireOrder } from './csv-file.ts'
import { type CsvTarget, readTarget } from './csv-target.ts'
import { requireRowsWithin } from './row-quota.ts'
import { shaOf } from './sha.ts'

const prices = ['open', 'high', 'low', 'close', 'volume']
/** Raised when reading the same file gives other values. */
const csvVersion = 3

/**
 * Takes a ready training matrix from a CSV of the workspace and keeps it by the sha of its content, so that everything after it
 * is as for a built one. Trades earn its return column; without one results are in hit units.
 * @throws INVALID_PARAM naming the column or the line that cannot be used
 */
export async function adoptCsv(
  context: Pick<ServiceContext, 'root' | 'duck' | 'ledger' | 'matrixStore'>,
  model: LoadedModel,
  uri: string,
  target: string | undefined,
  job: Pick<JobRunContext, 'run'>,
): Promise<string> {
  const { ledger, matrixStore } = context
  const { matrix_sha, spec, content_sha, features, outcome, construct } = await readCsv(
    context,
    model,
    uri,
    target,
  )
  if (ledger.matrices.get(matrix_sha)) return matrix_sha
  const matrix = construct()
  const rows = matrix.rows
  const horizon = longestLife(matrix)
  const profile = await job.run(profileMatrixJob, { matrix, horizonBars: horizon }, { report: () => {} })
  await matrixStore.save(matrix_sha, matrix, noPath)
  // A CSV that was built here keeps its sources: simulated rows do not turn real on the way.
  const built = ledger.matrices.findByCsv(content_sha)
  const source = { id: `csv:${uri}`, simulated: built?.simulated ?? false, content_sha }
  ledger.matrices.put(
    {
      matrix_sha,
      model_id: model.modelId,
      pack_id: model.packId,
      ticker: model.ticker ?? 'CSV',
      cadence: matrix.hourEt.some((hour) => hour >= 0) ? 'hourly' : 'daily',
      rows,
      features,
      training_features: features,
      classes: outcome.classes,
      date_window: { start: sessionDate(matrix.session[0]!), end: sessionDate(matrix.session[rows - 1]!) },
      label: { id: 'csv', target: outcome.target, params: { horizon } },
      sources: [source, ...(built?.sources ?? [])],
      simulated: source.simulated,
      spec,
      csv_uri: uri,
      csv_sha: content_sha,
      columnar_uri: matrixStore.uriOf(matrix_sha, 'parquet'),
      fill: outcome.returns === null ? 'direction' : 'return_column',
    },
    profile,
  )
  return matrix_sha
}

/** What a CSV holds as it is now, with the sha that its matrix has. */
export async function readCsv(
  context: Pick<ServiceContext, 'root' | 'duck' | 'ledger'>,
  model: LoadedModel,
  uri: string,
  target: string | undefined,
) {
  const file = await describeFile(context, uri)
  const content_sha = createHash('sha256').update(readFileSync(file.path)).digest('hex')
  const columns = await readAll(context, file)
  const rows = lengthOf(columns)
  if (rows === 0) throw new SigmaError('NO_DATA', `csv ${uri} has no rows`)
  requireRowsWithin(context.ledger, rows)
  const ts = readTimes(columns, file)
  requireOrder(ts, uri)
  const outcome = readTarget(columns, file.names, target, uri)
  const features = featuresOf(file, model, outcome)
  const spec = {
    ...{ version: csvVersion, csv: content_sha, calendar: calendarVersion },
    ...{ target: outcome.target, features, returns: outcome.returns, ticker: model.ticker },
  }
  const construct = () => matrixOf(columns, rows, ts, features, outcome, file)
  return { matrix_sha: shaOf(spec), spec, content_sha, features, outcome, construct }
}

const none = () => new Float64Array(0)
/** A CSV has no bars to fill trades on. */
export const noPath = {
  bars: 0,
  cadence: 'hourly' as const,
  barsPerSession: 7,
  openTs: none(),
  ts: none(),
  session: new Int32Array(0),
  open: none(),
  high: none(),
  low: none(),
  close: none(),
  volume: none(),
}

/** Numeric columns that are not the outcome, a time, an id or a price; prices only where the model lists them. */
function featuresOf({ names, isNumeric, uri }: CsvFile, model: LoadedModel, outcome: CsvTarget): string[] {
  const isReserved = (name: string) =>
    /^(ts|t1|date|time|datetime|timestamp|ret_.*|y.*|id|.*_id|session|bar|exit_bar)$/i.test(name) ||
    name === outcome.target ||
    name.startsWith('contract_')
  const features = names.filter(
    (name) =>
      isNumeric.get(name) &&
      !isReserved(name) &&
      (!prices.includes(name) || (model.features ?? []).includes(name)),
  )
  if (features.length > 0) return features
  throw new SigmaError('INVALID_PARAM', `csv ${uri} has no numeric feature column`)
}

function matrixOf(
  columns: Columns,
  rows: number,
  ts: Float64Array,
  features: string[],
  { classes, y, retFwd, returns }: CsvTarget,
  file: CsvFile,
): Matrix {
  const { uri } = file
  const double = (name: string) => {
    const column = columns[name]
    return column && !('kind' in column) ? Float64Array.from(column) : new Float64Array(rows).fill(Number.NaN)
  }
  const session = Int32Array.from(ts, (each, row) => {
    const found = sessionAt(each)
    if (found >= 0) return found
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri} line ${row + 2}: its time lies outside the NYSE's regular sessions`,
    )
  })
  const hasHours = columns['hour_et'] !== undefined && !('kind' in columns['hour_et'])
  const given = instantsOf(double('t1'), 't1', file)
  // Without t1 a label is known at the next row, or as many rows later as its return's name says.
  const ahead = Number(/^ret_fwd_([1-9]\d*)d$/.exec(returns ?? '')?.[1] ?? 1)
  const t1 = Float64Array.from(ts, (_, row) => {
    if (y[row]! < 0) return Number.NaN
    if (Number.isNaN(given[row]!)) return ts[row + ahead] ?? Number.NaN
    if (given[row]! > ts[row]!) return given[row]!
    throw new SigmaError(
      'INVALID_PARAM',
      `csv ${uri} line ${row + 2}: t1 is not after the time of its decision`,
    )
  })
  const labelled = Int8Array.from(y, (each, row) => (Number.isNaN(t1[row]!) ? -1 : each))
  return {
    rows,
    cadence: hasHours ? 'hourly' : 'daily',
    ts,
    session,
    hourEt: hasHours ? Int32Array.from(double('hour_et')) : new Int32Array(rows).fill(-1),
    open: double('open'),
    high: double('high'),
    low: double('low'),
    close: double('close'),
    volume: double('volume'),
    features,
    columns: features.map(double),
    classes,
    y: labelled,
    // A row without a label never trades, whatever its return would have been.
    retFwd: retFwd.map((ret, row) => (labelled[row]! < 0 ? Number.NaN : ret)),
    t1,
    bar: Int32Array.from(ts, (_, row) => row),
    exitBar: Int32Array.from(ts, (_, row) => (labelled[row]! < 0 ? -1 : lastKnown(ts, row, t1[row]!))),
    contractFilled: null,
  }
}

/**
 * Rows that the longest-lived label spans: so many trades may be open at once, and each holds that share of the capital. Were a
 * five-day return booked in full on each of five days, the run would be on five times the money.
 */
function longestLife({ rows, exitBar }: Matrix): number {
  let longest = 1
  for (let row = 0; row < rows; row++) longest = Math.max(longest, exitBar[row]! - row)
  return longest
}

/** Last row at or before a label's end, at least the next one. */
function lastKnown(ts: Float64Array, row: number, end: number): number {
  let last = row + 1
  while (last + 1 < ts.length && ts[last + 1]! <= end) last++
  return Math.min(last, ts.length - 1)
}

function lengthOf(columns: Columns): number {
  const first = Object.values(columns)[0]
  return first === undefined ? 0 : 'kind' in first ? first.codes.length : first.length
}
