import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRunContext } from '#main/jobs/job-types.ts'
import type { Duck } from '#main/lake/duck.ts'
import type { Lake } from '#main/lake/lake.ts'
import { quoteName, quoteText } from '#main/lake/sql-text.ts'
import { temporaryPath } from '#main/workspace/atomic-file.ts'
import { type ColumnMapping, importKinds } from '#shared/contract/import-kinds.ts'
import { SigmaError } from '#shared/errors.ts'
import { mapColumns } from './column-mapping.ts'
import { readLines } from './csv-lines.ts'
import { detectDecimal, detectDialect } from './detect-dialect.ts'
import type { ImportRequest } from './import-request.ts'
import type { ImportKind, ScanCounts } from './kinds/define-kind.ts'
import { kinds } from './kinds/index.ts'
import type { Positions } from './line-reader.ts'
import { openSource, type SourceFile } from './open-source.ts'
import { uploadFolder } from './receive-upload.ts'
import { createRowTable, type RowTable } from './row-table.ts'
import type { Pause } from './rows.ts'
import { createScanner, emptyCounts } from './scan-lines.ts'
import { clockOf } from './time-zone.ts'

type Job = Pick<JobRunContext, 'report' | 'checkpoint' | 'signal'>

export interface Scanned {
  source: SourceFile
  sha: string
  columns: string[]
  mapping: ColumnMapping
  separator: string
  decimal: '.' | ','
  table: RowTable
  counts: ScanCounts
}

/** A file's lines as a CSV that the scanner can read. */
interface CsvTable {
  path: string
  bytes: number
  separator: string
  decimal: '.' | ','
  columns: string[]
  mapping: ColumnMapping
  at: Positions
}

/** Reads a file once, in bounded memory, into rows. Throws INVALID_PARAM for a file that is none, CANCELED. */
export async function scanFile(
  { root, duck, lake }: { root: string; duck: Duck; lake: Lake },
  request: ImportRequest,
  job: Job,
  pause: Pause,
): Promise<Scanned> {
  const toInstant = clockOf(request.timeZone)
  const source = await openSource(root, request.path)
  const kind = kinds[request.kind]
  const hash = createHash('sha256')
  const isParquet = source.format === 'parquet'
  const folder = join(root, uploadFolder)
  await mkdir(folder, { recursive: true })
  const converted = temporaryPath(join(folder, 'convert'))
  const counts = emptyCounts()
  const { columns: names, key } = kind
  const spillPath = temporaryPath(join(folder, 'spill'))
  const table = createRowTable({
    ...{ columns: names, key, keepsLast: request.overwrites, repeats: counts, spillPath, pause },
  })
  try {
    if (isParquet) await hashFile(source.path, (piece) => hash.update(piece), job)
    const csv = isParquet
      ? await convertParquet(duck, source, request, converted, job)
      : describeCsv(source, request)
    const take = createScanner(counts, {
      ...{ kind, table, toInstant, at: csv.at, decimal: csv.decimal },
      ...{ ticker: request.ticker, cadence: request.cadence, barTime: request.barTime },
      timeFormat: request.timeFormat,
      spotAt: kind.needsSpot(csv.at) ? await spotOf(lake, request.ticker) : () => Number.NaN,
    })
    let isHeader = true
    let done = 0
    await readLines(
      csv.path,
      source.uri,
      csv.separator,
      (line) => {
        if (!isHeader) take(line)
        isHeader = false
      },
      async (piece) => {
        job.checkpoint()
        await table.makeRoom()
        if (!isParquet) hash.update(piece)
        done += piece.length
        const note = `reading ${request.fileName}`
        job.report({ done: Math.min(done, csv.bytes), total: csv.bytes, note })
      },
    )
    await table.finish()
    const { columns, mapping, separator, decimal } = csv
    return { source, sha: hash.digest('hex'), columns, mapping, separator, decimal, table, counts }
  } catch (error) {
    await table.close()
    throw error
  } finally {
    await rm(converted, { force: true })
  }
}

/** Closes of 5-minute bars by the instant at which they are known. */
async function spotOf(lake: Lake, ticker: string): Promise<(ts: number) => number> {
  const bars = await lake.bars(ticker, '5m')
  const closes = new Map(Array.from(bars.ts, (ts, i) => [ts, bars.close[i]!]))
  return (ts) => closes.get(ts) ?? Number.NaN
}

function describeCsv(source: SourceFile, request: ImportRequest): CsvTable {
  const kind = kinds[request.kind]
  const { separator, columns } = detectDialect(source.head)
  const { mapping, at } = mapColumns(columns, request.mapping, source.uri, kind, request)
  const shown = kind.numeric.map((field) => at[field]).filter((position) => position >= 0)
  const decimal = request.decimal ?? detectDecimal(source.head, separator, shown)
  if (decimal === separator) {
    throw new SigmaError('INVALID_PARAM', `decimal: ${source.uri} separates its fields by commas`)
  }
  return { path: source.path, bytes: source.bytes, separator, decimal, columns, mapping, at }
}

/** Parquet is read as the CSV that DuckDB makes of its mapped columns: numbers keep every digit, instants are in UTC. */
async function convertParquet(
  duck: Duck,
  source: SourceFile,
  request: ImportRequest,
  path: string,
  job: Job,
): Promise<CsvTable> {
  const from = `read_parquet(${quoteText(source.path)})`
  const columns = await parquetColumns(duck, from, source.uri)
  const kind = kinds[request.kind]
  const { mapping } = mapColumns(columns, request.mapping, source.uri, kind, request)
  const wanted = [...new Set(Object.values(mapping))]
  job.report({ done: 0, total: 1, note: `unpacking ${request.fileName}` })
  await duck
    .exportCsv(`SELECT ${wanted.map(quoteName).join(', ')} FROM ${from}`, path, job.signal)
    .catch((cause) => {
      job.checkpoint()
      throw cause instanceof SigmaError ? cause : unreadable(source.uri, cause)
    })
  const { at } = mapColumns(wanted, withoutOthers(mapping, kind), source.uri, kind, request)
  return { path, bytes: source.bytes, separator: ',', decimal: '.', columns, mapping, at }
}

async function parquetColumns(duck: Duck, from: string, uri: string): Promise<string[]> {
  const described = await duck
    .readColumns(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${from})`)
    .catch((cause) => {
      throw unreadable(uri, cause)
    })
  const names = described['column_name']
  if (names === undefined || !('kind' in names)) throw new Error('DESCRIBE gives column names')
  return Array.from(names.codes, (code) => names.dictionary[code]!)
}

/** A mapping that leaves nothing to be found by its name. */
function withoutOthers(mapping: ColumnMapping, kind: ImportKind): ColumnMapping {
  const none = importKinds[kind.id].fields.map((field) => [field, ''])
  return { ...(Object.fromEntries(none) as ColumnMapping), ...mapping }
}

function unreadable(uri: string, cause: unknown): SigmaError {
  const [first = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
  // DuckDB names the full path of this machine, which is nobody's business.
  const why = first.replaceAll(/['"]?\/[^'"\s]*['"]?/g, uri).slice(0, 200)
  return new SigmaError('INVALID_PARAM', `${uri} cannot be read as Parquet: ${why}`, { cause })
}

async function hashFile(path: string, update: (piece: Buffer) => void, job: Job): Promise<void> {
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    job.checkpoint()
    update(piece)
  }
}
