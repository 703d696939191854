import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRunContext } from '#main/jobs/job-types.ts'
import { type Duck, quoteName, quoteText } from '#main/lake/duck.ts'
import { temporaryPath } from '#main/workspace/atomic-file.ts'
import type { ColumnMapping } from '#shared/contract/data.ts'
import { SigmaError } from '#shared/errors.ts'
import { type BarGrid, createGrid } from './bar-grid.ts'
import { mapColumns, type Positions } from './column-mapping.ts'
import { readLines } from './csv-lines.ts'
import { detectDecimal, detectDialect } from './detect-dialect.ts'
import type { ImportRequest } from './import-request.ts'
import { openSource, type SourceFile } from './open-source.ts'
import { uploadFolder } from './receive-upload.ts'
import { createScanner, type ScanCounts } from './scan-bars.ts'
import { clockOf } from './time-zone.ts'

type Job = Pick<JobRunContext, 'report' | 'checkpoint' | 'signal'>

export interface Scanned {
  source: SourceFile
  sha: string
  columns: string[]
  mapping: ColumnMapping
  separator: string
  decimal: '.' | ','
  grid: BarGrid
  counts: ScanCounts
}

/** A file's lines as a CSV that the scanner can read. */
interface Table {
  path: string
  bytes: number
  separator: string
  decimal: '.' | ','
  columns: string[]
  mapping: ColumnMapping
  at: Positions
}

/** Reads a file once, in constant memory, into a grid of bars. Throws INVALID_PARAM for a file that is none, CANCELED. */
export async function scanFile(
  { root, duck }: { root: string; duck: Duck },
  request: ImportRequest,
  job: Job,
): Promise<Scanned> {
  const toInstant = clockOf(request.timeZone)
  const source = await openSource(root, request.path)
  const hash = createHash('sha256')
  const isParquet = source.format === 'parquet'
  const converted = isParquet ? temporaryPath(join(root, uploadFolder, 'convert')) : ''
  try {
    if (isParquet) await hashFile(source.path, (piece) => hash.update(piece), job)
    const table = isParquet
      ? await convertParquet(duck, source, request, converted, job)
      : describeCsv(source, request)
    const grid = createGrid(request.cadence)
    const { take, counts } = createScanner(grid, {
      at: table.at,
      ticker: request.ticker,
      decimal: table.decimal,
      timeFormat: request.timeFormat,
      barTime: request.barTime,
      toInstant,
      keepsLast: request.overwrites,
    })
    let isHeader = true
    let done = 0
    await readLines(
      table.path,
      source.uri,
      table.separator,
      (line) => {
        if (!isHeader) take(line)
        isHeader = false
      },
      (piece) => {
        job.checkpoint()
        if (!isParquet) hash.update(piece)
        done += piece.length
        job.report({
          done: Math.min(done, table.bytes),
          total: table.bytes,
          note: `reading ${request.fileName}`,
        })
      },
    )
    const { columns, mapping, separator, decimal } = table
    return { source, sha: hash.digest('hex'), columns, mapping, separator, decimal, grid, counts }
  } finally {
    if (isParquet) await rm(converted, { force: true })
  }
}

function describeCsv(source: SourceFile, { mapping: given, decimal: chosen }: ImportRequest): Table {
  const { separator, columns } = detectDialect(source.head)
  const { mapping, at } = mapColumns(columns, given, source.uri)
  const decimal = chosen ?? detectDecimal(source.head, separator, [at.open, at.high, at.low, at.close])
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
): Promise<Table> {
  const from = `read_parquet(${quoteText(source.path)})`
  const columns = await parquetColumns(duck, from, source.uri)
  const { mapping } = mapColumns(columns, request.mapping, source.uri)
  const wanted = [...new Set(Object.values(mapping))]
  job.report({ done: 0, total: 1, note: `unpacking ${request.fileName}` })
  await mkdir(join(path, '..'), { recursive: true })
  await duck
    .exportCsv(`SELECT ${wanted.map(quoteName).join(', ')} FROM ${from}`, path, job.signal)
    .catch((cause) => {
      job.checkpoint()
      throw cause instanceof SigmaError ? cause : unreadable(source.uri, cause)
    })
  const { at } = mapColumns(wanted, mapping, source.uri)
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
