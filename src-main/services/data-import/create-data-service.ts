import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRunContext } from '#main/jobs/job-types.ts'
import { nameOfSeries } from '#main/lake/series-files.ts'
import type { SeriesChange } from '#main/lake/series-store.ts'
import { quoteText } from '#main/lake/sql-text.ts'
import type { StoredImport } from '#main/ledger/imports.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import type { ImportKindId } from '#shared/contract/import-kinds.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import type { DataService } from '../index.ts'
import type { ImportCadence } from './bar-places.ts'
import { isApplied, undoRows, undoTakeover } from './diff-rows.ts'
import { type ImportRequest, requestOf, requestOfQuery } from './import-request.ts'
import { kinds } from './kinds/index.ts'
import { layOver } from './lay-over.ts'
import { forgetUpload, receiveUpload } from './receive-upload.ts'
import { reportOf } from './report.ts'
import { emptyRows, type Pause, type Rows } from './rows.ts'
import { type Scanned, scanFile } from './scan-file.ts'

type Dependencies = Pick<ServiceContext, 'root' | 'ledger' | 'lake' | 'duck' | 'runner' | 'announce'>
interface Outcome {
  import_id: string | null
  report: ImportReport
}

const jobKind = 'import_data'
const pauseMs = 25

/** Files of market data into the lake and out of it again. */
export function createDataService(context: Dependencies): DataService {
  const { root, ledger, lake, duck, runner, announce } = context
  const folder = join(root, 'lake', 'imports')
  const pending = join(folder, 'pending')

  runner.define<ImportRequest, Outcome>(jobKind, {
    title: ({ mode, fileName, ...request }) => {
      const what = nameOfSeries(kinds[request.kind].seriesOf(request))
      return `${mode === 'commit' ? 'Import' : 'Check'} ${fileName} as ${what}`
    },
    maxConcurrent: 1,
    run: async (request, job) => (await finishBegun(job)) ?? importFile(request, job),
  })

  async function importFile(request: ImportRequest, job: JobRunContext): Promise<Outcome> {
    const pause = pauseOf(job)
    const scanned = await scanFile({ root, duck, lake }, request, job, pause)
    try {
      const key = kinds[request.kind].seriesOf(request)
      const outcome = await lake.change(key, (series) => takeIn(series, scanned, request, job, pause))
      if (outcome.import_id !== null) {
        await forgetUpload(root, request.path)
        announceChange(outcome.report)
      }
      return outcome
    } finally {
      await scanned.table.close()
      await rm(pending, { recursive: true, force: true })
    }
  }

  async function takeIn(
    series: SeriesChange,
    scanned: Scanned,
    request: ImportRequest,
    job: JobRunContext,
    pause: Pause,
  ): Promise<Outcome> {
    const { source } = request
    const isOther = series.source !== null && series.source !== source
    const what = `${nameOfSeries(kinds[request.kind].seriesOf(request))} comes from ${series.source}`
    if (isOther && !request.replaces && request.mode === 'commit') {
      throw new SigmaError('CONFLICT', `${what}: set replace to put ${source} in its place`)
    }
    await rm(pending, { recursive: true, force: true })
    const parts: string[] = []
    const stage: Parameters<typeof layOver>[4] = async (part, changes) => {
      parts.push(part)
      await duck.writeColumns(changes, join(pending, changesName('', part)), 'parquet')
    }
    const isCommit = request.mode === 'commit'
    const laid = await layOver(series, scanned, request, pause, isCommit ? stage : null)
    if (isOther && !request.replaces) laid.warnings.push(`${what}: a commit needs replace`)
    const report = reportOf(scanned, request, laid)
    if (!isCommit) return { import_id: null, report }
    if (report.problems.length > 0) {
      const message = `${request.fileName} was not imported: ${report.problems.join('; ')}`
      throw new SigmaError('INVALID_PARAM', message, { details: { problems: report.problems } })
    }
    job.checkpoint()
    const { job_id } = job
    const id = ledger.imports.add({
      job_id,
      file_name: request.fileName,
      source_before: series.source,
      report,
    })
    try {
      for (const part of parts) {
        await rename(join(pending, changesName('', part)), join(folder, changesName(id, part)))
      }
      // From here on the import is finished whatever happens; before, nothing has been touched.
      job.checkpoint()
      if (parts.length > 0 || isOther) await series.commit(source)
    } catch (error) {
      await forgetChanges(id)
      ledger.imports.setStatus(id, 'failed')
      throw error
    }
    ledger.imports.setStatus(id, 'committed')
    return { import_id: String(id), report }
  }

  /** After a crash: the import that this job had begun, if the lake holds it already. */
  async function finishBegun(job: JobRunContext): Promise<Outcome | undefined> {
    const begun = job.attempt > 1 ? ledger.imports.ofJob(job.job_id) : undefined
    if (begun === undefined || begun.row.status === 'failed') return undefined
    const { id, report, row } = begun
    const isThere =
      row.status === 'committed' || (await lake.change(keyOf(begun), (series) => holds(series, begun)))
    ledger.imports.setStatus(id, isThere ? 'committed' : 'failed')
    if (!isThere) await forgetChanges(id)
    return isThere ? { import_id: String(id), report } : undefined
  }

  /** True where the lake holds an import: as a whole, so one part tells. */
  async function holds(series: SeriesChange, begun: StoredImport): Promise<boolean> {
    const { id, row, report } = begun
    if (report.added + report.replaced === 0 && !isTakeover(begun)) return true
    if (series.source !== row.source) return false
    const [part] = await changedParts(id)
    if (part === undefined) return false
    const kind = kinds[row.kind as ImportKindId]
    const stored = await rowsOf(series, row.kind, part)
    return isApplied(kind, stored, await readChanges(id, part), isTakeover(begun))
  }

  async function runImport(request: ImportRequest) {
    const { ticker, cadence } = kinds[request.kind].seriesOf(request)
    const subject = { ticker, cadence, kind: request.kind, file: request.fileName }
    const { job_id } = runner.submit(jobKind, request, { priority: 'interactive', subject })
    return { job_id, ...(await runner.wait<Outcome>(job_id)) }
  }

  async function undo(
    series: SeriesChange,
    found: StoredImport,
  ): Promise<{ removed: number; restored: number }> {
    const { id, row, sourceBefore, report } = found
    const counts = { removed: 0, restored: 0 }
    if (report.added + report.replaced === 0 && !isTakeover(found)) return counts
    const name = nameOfSeries(keyOf(found))
    if (series.source !== null && series.source !== row.source && series.source !== sourceBefore) {
      throw new SigmaError(
        'CONFLICT',
        `${name} comes from ${series.source} now: import ${id} cannot be undone`,
      )
    }
    const parts = await changedParts(id)
    if (
      isTakeover(found) &&
      series.source === row.source &&
      series.parts.some((part) => !parts.includes(part))
    ) {
      throw new SigmaError('CONFLICT', `${name} has rows of later imports: undo those before import ${id}`)
    }
    const undoPart = isTakeover(found) ? undoTakeover : undoRows
    const kind = kinds[row.kind as ImportKindId]
    for (const part of parts) {
      const stored = await rowsOf(series, row.kind, part)
      const { before, removed, restored } = undoPart(kind, stored, await readChanges(id, part), name)
      await series.put(part, before.length === 0 ? null : kind.toTable(before))
      counts.removed += removed
      counts.restored += restored
    }
    await series.commit(sourceBefore ?? row.source)
    return counts
  }

  const readChanges = (id: number, part: string) =>
    duck.readColumns(`SELECT * FROM read_parquet(${quoteText(join(folder, changesName(id, part)))})`)

  /** Parts of its series that an import changed. */
  async function changedParts(id: number): Promise<string[]> {
    await mkdir(folder, { recursive: true })
    const names = await readdir(folder)
    const pattern = new RegExp(`^${id}(?:\\.(\\d{4}-\\d{2}))?\\.parquet$`)
    return names.sort().flatMap((name) => {
      const match = pattern.exec(name)
      return match === null ? [] : [match[1] ?? '']
    })
  }

  async function forgetChanges(id: number): Promise<void> {
    for (const part of await changedParts(id)) await rm(join(folder, changesName(id, part)), { force: true })
  }

  const announceChange = ({
    source,
    ticker,
    cadence,
    kind,
  }: Pick<ImportReport, 'source' | 'ticker' | 'cadence' | 'kind'>) =>
    announce('data', { source, ticker, cadence, kind })

  return {
    importFile: (body) => runImport(requestOf(body)),
    importUpload: async (query, upload) => {
      const request = requestOfQuery(query)
      return runImport({ ...request, path: await receiveUpload(root, upload) })
    },
    list: async ({ limit = 50, offset = 0 }) => ledger.imports.list({ limit, offset }),
    undo: async (text) => {
      const id = Number(text)
      const wanted = ledger.imports.get(id)
      if (!wanted) throw new SigmaError('NOT_FOUND', `import ${text} does not exist`)
      const counts = await lake.change(keyOf(wanted), async (series) => {
        const { row } = ledger.imports.get(id)!
        if (row.status === 'undone' || row.status === 'failed') {
          throw new SigmaError('CONFLICT', `import ${text} is ${row.status}: there is nothing to undo`)
        }
        const done = await undo(series, wanted)
        ledger.imports.setStatus(id, 'undone')
        return done
      })
      await forgetChanges(id)
      announceChange(wanted.report)
      return { import: ledger.imports.get(id)!.row, ...counts }
    },
  }
}

const changesName = (id: number | '', part: string): string =>
  `${[id, part].filter((each) => each !== '').join('.')}.parquet`

/** Whether an import took the place of a series from another source. */
const isTakeover = ({ sourceBefore, row }: StoredImport): boolean =>
  sourceBefore !== null && sourceBefore !== row.source

const keyOf = ({ row }: StoredImport) =>
  kinds[row.kind as ImportKindId].seriesOf({
    ticker: row.ticker,
    cadence: row.cadence as ImportCadence | null,
  })

async function rowsOf(series: SeriesChange, id: string, part: string): Promise<Rows> {
  const kind = kinds[id as ImportKindId]
  const columns = await series.read(part)
  return columns ? kind.ofTable(columns) : emptyRows(kind.columns)
}

function pauseOf(job: Pick<JobRunContext, 'checkpoint'>): Pause {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < pauseMs) return
    await new Promise(setImmediate)
    job.checkpoint()
    last = performance.now()
  }
}
