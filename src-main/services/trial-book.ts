import { setImmediate } from 'node:timers/promises'
import type { Trials } from '#main/ledger/trials.ts'
import { observeAgain } from '#shared/catalog/gates/evaluate-gate.ts'
import { momentsOf, sharpeOf } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import type { RunPlan } from './run-plan.ts'
import { createTrialPool, deflateFigures, type TrialPool, type TrialSummary } from './trial-statistics.ts'

/** Trials read, and runs renewed, in one turn of the host: some milliseconds. */
const PAGE = 50

/** The end of the job is synced, and what was lost before it is computed again. */
const unsynced = { synced: false }

type Context = Pick<ServiceContext, 'ledger'>

/** Sums over the trials of a model up to one of them. */
interface Book {
  pool: TrialPool
  last: number
}
const books = new WeakMap<Trials, Map<string, Book>>()

/** All trials of a model as they stand now: what came since they were last asked for is read from the ledger and added up. */
export async function trialsOf({ ledger: { trials } }: Context, modelId: string): Promise<TrialSummary> {
  const book = bookOf(trials, modelId)
  for (;;) {
    const page = trials.after(modelId, book.last, PAGE)
    for (const trial of page) book.pool.add(trial)
    book.last = page.at(-1)?.id ?? book.last
    if (page.length < PAGE) return book.pool.summary()
    await setImmediate()
  }
}

/** Counts configurations as trials of the model; what was tried before is no new trial. */
export function addTrials({ ledger }: Context, plan: RunPlan, evaluated: readonly Evaluated[]): void {
  ledger.transaction(() => {
    for (const { configKey, result } of evaluated) {
      ledger.trials.add({
        model_id: plan.model_id,
        matrix_sha: plan.matrix_sha,
        config_key: configKey,
        daily_returns: result.dailyReturn,
        sharpe_daily: sharpeOf(momentsOf(result.dailyReturn)),
      })
    }
  }, unsynced)
}

/**
 * Counts configurations as trials of the model, before any of them is judged, and holds the runs that are stored against the
 * new count: none may look better for having been tried early.
 * @returns all trials of the model
 */
export async function recordTrials(
  context: Context,
  plan: RunPlan,
  evaluated: readonly Evaluated[],
): Promise<TrialSummary> {
  addTrials(context, plan, evaluated)
  return deflateStored(context, plan.model_id)
}

/**
 * Renews what depends on the count of trials in every stored run of the model that was judged among fewer, some in each turn of
 * the host. To be called when a run was stored, too: others may have been tried since it was judged.
 * @returns the trials that all of them were held against
 */
export async function deflateStored(context: Context, modelId: string): Promise<TrialSummary> {
  const { ledger } = context
  const { backtestRuns } = ledger
  for (;;) {
    // Anew each time: who else records trials meanwhile makes runs stale that this has renewed.
    const trials = await trialsOf(context, modelId)
    const stale = backtestRuns.judgedAmongFewer(modelId, trials.count, PAGE)
    if (stale.length === 0) return trials
    ledger.transaction(() => {
      for (const { id, metrics, checks } of stale) {
        const figures = { ...metrics, ...deflateFigures(metrics, trials) }
        const isGated = checks.some(({ rule }) => rule === 'dsr_min')
        if (!isGated) backtestRuns.setDeflated(id, figures)
        else {
          const verdict = observeAgain(checks, 'dsr_min', figures.dsr)
          backtestRuns.setFigures(id, { metrics: figures, ...verdict })
        }
      }
    }, unsynced)
    await setImmediate()
  }
}

function bookOf(trials: Trials, modelId: string): Book {
  const ofLedger = books.get(trials) ?? new Map<string, Book>()
  books.set(trials, ofLedger)
  const book = ofLedger.get(modelId) ?? { pool: createTrialPool(), last: 0 }
  ofLedger.set(modelId, book)
  return book
}
