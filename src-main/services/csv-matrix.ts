import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Columns } from '#main/lake/columns.ts'
import { quoteName, quoteText } from '#main/lake/duck.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import { sessionAt, sessionClose, sessionDate, sessionOfDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Matrix } from '#shared/jobs/matrix-types.ts'
import { profileMatrixJob } from '#shared/jobs/profile-matrix.ts'
import type { ServiceContext } from './context.ts'
import { type CsvTarget, readTarget } from './csv-target.ts'
import { shaOf } from './sha.ts'

const prices = ['open', 'high', 'low', 'close', 'volume']
const numeric =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/

interface CsvFile {
  path: string
  uri: string
  names: string[]
  isNumeric: Map<string, boolean>
}

/**
 * Takes a ready training matrix from a CSV of the workspace and keeps it by the sha of its content, so that everything after it
 * is as for a built one. Trades earn its return column; without one results are in hit units.
 * @throws INVALID_PARAM naming the column or the line that cannot be used
 */
export async function adoptCsv(
  context: ServiceContext,
  model: LoadedModel,
  uri: string,
  target: string | undefined,
  job: Pick<JobRunContext, 'run'>,
): Promise<string> {
  const { ledger, matrixStore } = context
  const file = await describeFile(context, uri)
  const content_sha = createHash('sha256').update(readFileSync(file.path)).digest('hex')
  const columns = await readAll(context, file)
  const rows = lengthOf(columns)
  if (rows === 0) throw new SigmaError('NO_DATA', `csv ${uri} has no rows`)
  const ts = readTimes(columns, file)
  requireOrder(ts, uri)
  const outcome = readTarget(columns, file.names, target, uri)
  const features = featuresOf(file, model, outcome)
  const spec = { csv: content_sha, target: outcome.target, features, returns: outcome.returns }
  const matrix_sha = shaOf(spec)
  if (ledger.matrices.get(matrix_sha)) return matrix_sha
  const matrix = matrixOf(columns, rows, ts, features, outcome, uri)
  const profile = await job.run(profileMatrixJob, { matrix, horizonBars: 1 }, { report: () => {} })
  await matrixStore.save(matrix_sha, matrix, noPath)
  const source = { id: `csv:${uri}`, simulated: false, content_sha }
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
      label: { id: 'csv', target: outcome.target, params: {} },
      sources: [source],
      simulated: false,
      spec,
      csv_uri: uri,
      columnar_uri: matrixStore.uriOf(matrix_sha, 'parquet'),
      fill: outcome.returns === null ? 'direction' : 'return_column',
    },
    profile,
  )
  return matrix_sha
}

const none = () => new Float64Array(0)
const noPath = {
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

async function describeFile({ duck, root }: ServiceContext, uri: string): Promise<CsvFile> {
  const path = resolveInside(root, uri, { parameter: 'csv', mustExist: true })
  let described: Columns
  try {
    described = await duck.readColumns(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${sourceOf(path)})`,
    )
  } catch (cause) {
    throw new SigmaError('INVALID_PARAM', `csv ${uri} cannot be read: ${firstLine(cause)}`, { cause })
  }
  const names = textsOf(described, 'column_name')
  const types = textsOf(described, 'column_type')
  return { path, uri, names, isNumeric: new Map(names.map((name, i) => [name, numeric.test(types[i]!)])) }
}

const sourceOf = (path: string) => `read_csv(${quoteText(path)}, header = true, sample_size = -1)`

async function readAll({ duck }: ServiceContext, file: CsvFile): Promise<Columns> {
  const parts = file.names.map((name) => {
    const column = quoteName(name)
    if (file.isNumeric.get(name)) return `${column}::DOUBLE AS ${column}`
    // Times come out as epoch ms where the text is one, and as text beside it.
    if (name === 'ts' || name === 't1')
      return `epoch_ms(try_cast(${column} AS TIMESTAMP))::DOUBLE AS ${column}`
    return `coalesce(${column}::VARCHAR, '') AS ${column}`
  })
  return duck.readColumns(`SELECT ${parts.join(', ')} FROM ${sourceOf(file.path)}`)
}

/** Decision times: `ts` (ISO or epoch ms), else `date` with `hour_et`, else the close of `date`. */
function readTimes(columns: Columns, { uri }: CsvFile): Float64Array {
  const ts = columns['ts']
  if (ts && !('kind' in ts)) return Float64Array.from(ts)
  const date = columns['date']
  if (!date || !('kind' in date))
    throw new SigmaError('INVALID_PARAM', `csv ${uri} has neither a column ts nor a column date`)
  const hour = columns['hour_et']
  return Float64Array.from(date.codes, (code, row) => {
    const text = date.dictionary[code]!.slice(0, 10)
    const session = sessionOfDate(text)
    if (session < 0)
      throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2}: ${text} is not an NYSE session`)
    if (!hour || 'kind' in hour) return sessionClose[session]!
    // The close of a clock-hour bar, in steps back from the end of the hour that ends at 16:00.
    return sessionClose[session]! - (15 - hour[row]!) * 3_600_000
  })
}

function requireOrder(ts: Float64Array, uri: string): void {
  for (let row = 0; row < ts.length; row++) {
    if (Number.isNaN(ts[row]!))
      throw new SigmaError('INVALID_PARAM', `csv ${uri} line ${row + 2} has no readable time`)
    if (row > 0 && ts[row]! <= ts[row - 1]!) {
      const fault =
        ts[row] === ts[row - 1] ? 'repeats the time of the line before' : 'is earlier than the line before'
      throw new SigmaError(
        'INVALID_PARAM',
        `csv ${uri} line ${row + 2} ${fault}: rows must be in time order, one a time`,
      )
    }
  }
}

/** Numeric columns that are not the outcome, a time, an id or a price; prices only where the model lists them. */
function featuresOf({ names, isNumeric, uri }: CsvFile, model: LoadedModel, outcome: CsvTarget): string[] {
  const isReserved = (name: string) =>
    /^(ts|t1|date|ret_.*|y.*|id|.*_id)$/i.test(name) ||
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
  { classes, y, retFwd }: CsvTarget,
  uri: string,
): Matrix {
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
  const given = double('t1')
  // Without t1 a label is known at the next row.
  const t1 = Float64Array.from(ts, (_, row) => {
    if (y[row]! < 0) return Number.NaN
    return Number.isNaN(given[row]!) ? (ts[row + 1] ?? Number.NaN) : given[row]!
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
    retFwd,
    t1,
    bar: Int32Array.from(ts, (_, row) => row),
    exitBar: Int32Array.from(ts, (_, row) => (labelled[row]! < 0 ? -1 : lastKnown(ts, row, t1[row]!))),
    contractFilled: null,
  }
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

function textsOf(columns: Columns, name: string): string[] {
  const column = columns[name]
  if (!column || !('kind' in column)) throw new Error(`expected the text column ${name}`)
  return Array.from(column.codes, (code) => column.dictionary[code]!)
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.slice(0, 200)
}
