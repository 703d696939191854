import { dayOfDate } from '#shared/calendar/civil-date.ts'
import { newYorkToUtc } from '#shared/calendar/new-york.ts'
import { sessionDate } from '#shared/calendar/sessions.ts'
import { SigmaError } from '#shared/errors.ts'
import type { PricePath } from '#shared/jobs/matrix-types.ts'
import type { ServiceContext } from './context.ts'
import type { TearSheetService } from './index.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { measureTearSheet } from './measure-tear-sheet.ts'
import { type RunDetail, readDetail } from './run-detail.ts'
import { thinBars } from './thin-bars.ts'

/** What the page of a run shows beyond its row, and the bars its trades were filled on. */
export function createTearSheetService(
  context: Pick<ServiceContext, 'ledger' | 'matrixStore' | 'root'>,
): TearSheetService {
  const { ledger, matrixStore, root } = context

  async function requireRun(id: string) {
    const run = ledger.backtestRuns.get(Number(id))
    if (!run) throw new SigmaError('NOT_FOUND', `no backtest run has the id ${id}`)
    if (run.detail_uri === null) throw new SigmaError('NO_DATA', `run ${id} kept no detail file`)
    return { run, detail: await readDetail(root, run.detail_uri) }
  }

  /** The matrix of a run; null where its files are gone. */
  async function matrixOf({ plan }: RunDetail): Promise<LoadedMatrix | null> {
    return ledger.matrices.get(plan.matrix_sha) === undefined ? null : matrixStore.load(plan.matrix_sha)
  }

  return {
    async get(id) {
      const { run, detail } = await requireRun(id)
      const { config_sha, matrix_sha } = run.row.lineage
      const trained = ledger.trainingRuns.ofConfig(run.row.model_id, matrix_sha, config_sha ?? '')
      return {
        backtest_run_id: id,
        ...measureTearSheet(run.row.metrics, detail, await matrixOf(detail)),
        importance:
          trained === undefined
            ? null
            : { training_run_id: String(trained.id), artifact: trained.model_out_uri },
      }
    },

    async bars(id, { start, end, max_points = 2000 }) {
      const { detail } = await requireRun(id)
      const { ticker, simulated } = detail.plan
      const loaded = await matrixOf(detail)
      if (loaded === null || loaded.path.bars === 0)
        throw new SigmaError('NO_DATA', `run ${id} has no price path: its matrix came from a CSV or is gone`)
      const { path } = loaded
      const from = start === undefined ? path.openTs[0]! : newYorkToUtc(dayOfDate(start), 0)
      const to = end === undefined ? path.ts[path.bars - 1]! : newYorkToUtc(dayOfDate(end) + 1, 0)
      const bars = barsWithin(path, from, to)
      if (bars.length === 0) {
        const [first, last] = [path.session[0]!, path.session[path.bars - 1]!].map(sessionDate)
        throw new SigmaError('NO_DATA', `run ${id} has bars from ${first} to ${last}, none in that window`)
      }
      return {
        ticker,
        cadence: path.cadence,
        simulated,
        ...thinBars(bars, max_points),
        bars_total: bars.length,
      }
    },
  }
}

/** Bars of a price path whose close lies in the range, bounds included; views, not copies. */
function barsWithin(path: PricePath, startTs: number, endTs: number) {
  const first = path.ts.findIndex((ts) => ts >= startTs)
  const last = path.ts.findLastIndex((ts) => ts <= endTs)
  const from = first < 0 ? path.bars : first
  const to = Math.max(from, last + 1)
  const part = (column: Float64Array) => column.subarray(from, to)
  return {
    length: to - from,
    openTs: part(path.openTs),
    open: part(path.open),
    high: part(path.high),
    low: part(path.low),
    close: part(path.close),
    volume: part(path.volume),
  }
}
