import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobRunContext } from '#main/jobs/job-types.ts'
import { quoteText } from '#main/lake/duck.ts'
import type { StoredImport } from '#main/ledger/imports.ts'
import type { ImportReport } from '#shared/contract/data.ts'
import { SigmaError } from '#shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import type { DataService } from '../index.ts'
import type { ImportCadence } from './bar-grid.ts'
import { isApplied, planChanges, type Stored, undoChanges } from './change-set.ts'
import { type ImportRequest, requestOf, requestOfQuery } from './import-request.ts'
import { forgetUpload, receiveUpload } from './receive-upload.ts'
import { reportOf } from './report.ts'
import { scanFile } from './scan-file.ts'

type Dependencies = Pick<ServiceContext, 'root' | 'ledger' | 'lake' | 'duck' | 'runner' | 'announce'>
interface Outcome {
  import_id: string | null
  report: ImportReport
}

const kind = 'import_data'

/** Files of market data into the lake and out of it again. */
export function createDataService(context: Dependencies): DataService {
  const { root, ledger, lake, duck, runner, announce } = context
  const changesPath = (id: number) => join(root, 'lake', 'imports', `${id}.parquet`)
  const readChanges = (id: number) =>
    duck.readColumns(`SELECT * FROM read_parquet(${quoteText(changesPath(id))})`)
  let last: Promise<unknown> = Promise.resolve()

  /** Between reading a series and writing it nobody else may write it. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }

  runner.define<ImportRequest, Outcome>(kind, {
    title: ({ mode, fileName, ticker, cadence }) =>
      `${mode === 'commit' ? 'Import' : 'Check'} ${fileName} as ${ticker} ${cadence}`,
    maxConcurrent: 1,
    run: async (request, job) => (await finishBegun(job)) ?? importFile(request, job),
  })

  async function importFile(request: ImportRequest, job: JobRunContext): Promise<Outcome> {
    const scanned = await scanFile({ root, duck }, request, job)
    const report = reportOf(scanned, request)
    const outcome = await alone(async () => {
      job.checkpoint()
      const { ticker, cadence, source } = request
      const stored = await lake.storedBars(cadence, ticker)
      const isOther = stored !== undefined && stored.source !== source
      if (isOther && !request.replaces) {
        const what = `${ticker} ${cadence} bars come from ${stored.source}`
        if (request.mode === 'commit')
          throw new SigmaError('CONFLICT', `${what}: set replace to put ${source} in their place`)
        report.warnings.push(`${what}: a commit needs replace`)
      }
      const plan = planChanges(scanned.grid, stored, { source, overwrites: request.overwrites })
      const { added, replaced, dropped, equal, differing } = plan
      Object.assign(report, { added, replaced, dropped })
      Object.assign(report.duplicates, { in_lake: equal, in_lake_differing: differing })
      if (request.mode === 'dry_run') return { import_id: null, report }
      if (report.problems.length > 0) {
        const message = `${request.fileName} was not imported: ${report.problems.join('; ')}`
        throw new SigmaError('INVALID_PARAM', message, { details: { problems: report.problems } })
      }
      const id = ledger.imports.add({
        job_id: job.job_id,
        file_name: request.fileName,
        source_before: stored?.source ?? null,
        report,
      })
      try {
        if (added + replaced + dropped > 0 || isOther) {
          await duck.writeColumns(plan.changes, changesPath(id), 'parquet')
          // From here on the import is finished whatever happens; before, nothing has been touched.
          job.checkpoint()
          await lake.writeBars(cadence, ticker, plan.after, source, { replace: true, whole: true })
        }
      } catch (error) {
        await rm(changesPath(id), { force: true })
        ledger.imports.setStatus(id, 'failed')
        throw error
      }
      ledger.imports.setStatus(id, 'committed')
      return { import_id: String(id), report }
    })
    if (outcome.import_id !== null) await settleImport(request)
    return outcome
  }

  async function settleImport({ path, ticker, cadence, source }: ImportRequest): Promise<void> {
    await forgetUpload(root, path)
    announce('data', { source, ticker, cadence })
  }

  /** After a crash: the import that this job had begun, if the lake holds it already. */
  async function finishBegun(job: JobRunContext): Promise<Outcome | undefined> {
    const begun = job.attempt > 1 ? ledger.imports.ofJob(job.job_id) : undefined
    if (begun === undefined || begun.row.status === 'failed') return undefined
    const { id, report, row } = begun
    const isThere = row.status === 'committed' || (await alone(() => finishWrite(begun)))
    ledger.imports.setStatus(id, isThere ? 'committed' : 'failed')
    if (!isThere) await rm(changesPath(id), { force: true })
    return isThere ? { import_id: String(id), report } : undefined
  }

  /** True where the lake holds the import. The crash may have come between a file and the list that names its source. */
  async function finishWrite({ id, row, report }: StoredImport): Promise<boolean> {
    if (report.added + report.replaced + report.dropped === 0) return true
    const changes = await readChanges(id).catch(() => undefined)
    if (changes === undefined) return false
    const cadence = row.cadence as ImportCadence
    const stored = await lake.storedBars(cadence, row.ticker)
    if (stored === undefined || !isApplied(stored, changes, cadence)) return false
    if (stored.source !== row.source) {
      await lake.writeBars(cadence, row.ticker, stored.bars, row.source, { replace: true, whole: true })
    }
    return true
  }

  async function runImport(request: ImportRequest) {
    const subject = { ticker: request.ticker, cadence: request.cadence, file: request.fileName }
    const { job_id } = runner.submit(kind, request, { priority: 'interactive', subject })
    return { job_id, ...(await runner.wait<Outcome>(job_id)) }
  }

  async function undo(found: StoredImport): Promise<{ removed: number; restored: number }> {
    const { id, row, sourceBefore, report } = found
    const cadence = row.cadence as ImportCadence
    const isTakeover = sourceBefore !== null && sourceBefore !== row.source
    if (report.added + report.replaced + report.dropped === 0 && !isTakeover)
      return { removed: 0, restored: 0 }
    const stored = await lake.storedBars(cadence, row.ticker)
    checkSource(stored, found)
    const name = `${row.ticker} ${cadence}`
    const { before, ...counts } = undoChanges(stored, await readChanges(id), cadence, name)
    if (isTakeover && before.length !== barsBefore(report)) {
      throw new SigmaError('CONFLICT', `${name} has bars of later imports: undo those before import ${id}`)
    }
    if (before.length === 0) await lake.removeBars(cadence, row.ticker)
    else {
      const source = sourceBefore ?? row.source
      await lake.writeBars(cadence, row.ticker, before, source, { replace: true, whole: true })
    }
    return counts
  }

  return {
    importFile: (body) => runImport(requestOf(body)),
    importUpload: async (query, upload) => {
      const request = requestOfQuery(query)
      return runImport({ ...request, path: await receiveUpload(root, upload) })
    },
    list: async ({ limit = 50, offset = 0 }) => ledger.imports.list({ limit, offset }),
    undo: (id) =>
      alone(async () => {
        const found = ledger.imports.get(Number(id))
        if (!found) throw new SigmaError('NOT_FOUND', `import ${id} does not exist`)
        const { status, ticker, cadence } = found.row
        if (status === 'undone' || status === 'failed') {
          throw new SigmaError('CONFLICT', `import ${id} is ${status}: there is nothing to undo`)
        }
        const counts = await undo(found)
        ledger.imports.setStatus(found.id, 'undone')
        await rm(changesPath(found.id), { force: true })
        announce('data', { source: found.row.source, ticker, cadence })
        return { import: ledger.imports.get(found.id)!.row, ...counts }
      }),
  }
}

/** Bars that a series of another source had before an import took its place. */
const barsBefore = ({ dropped, duplicates }: ImportReport): number =>
  dropped + duplicates.in_lake + duplicates.in_lake_differing

function checkSource(stored: Stored | undefined, { id, row, sourceBefore }: StoredImport): void {
  if (stored === undefined || stored.source === row.source || stored.source === sourceBefore) return
  throw new SigmaError(
    'CONFLICT',
    `${row.ticker} ${row.cadence} bars come from ${stored.source} now: import ${id} cannot be undone`,
  )
}
