import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Sweep } from '#main/ledger/sweeps.ts'
import type { BracketParity } from '#shared/contract/brackets.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { ConfigTuple, Gate } from '#shared/contract/schemas.ts'
import { measureOverfittingJob } from '#shared/jobs/measure-overfitting.ts'
import { type BlockedReturns, blockReturns } from '#shared/kernels/overfitting.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { evaluateScored, scoreHours } from './evaluation.ts'
import { chunksOf, inOrder } from './in-order.ts'
import { type Basis, basisOf, type Judgeable, judge, judgeable } from './judgement.ts'
import { formatHours } from './parse-lists.ts'
import { configTupleOf, type GridPoint, type RunPlan, scoringOf } from './run-plan.ts'
import { scoresFolder } from './scoring.ts'
import { analyseSweep, writeResultsCsv } from './sweep-results.ts'
import { createSweepStore } from './sweep-store.ts'
import { watchWork } from './sweep-work.ts'
import { addTrials, deflateStored, trialsOf } from './trial-book.ts'

/** The whole of a sweep, resolved: its identity is the hash of it. */
export interface SweepSpec {
  plan: RunPlan
  grid: GridPoint[]
  save: boolean
}

/** One configuration as a reply shows it. */
export interface SweepRun {
  id: string | null
  config: ConfigTuple
  best_sharpe_hourly: number | null
  best_cum_ret: number | null
  metrics: Partial<RunMetrics>
  gate: Gate
  parity: BracketParity | null
}

const threads = availableParallelism()
/** Configurations that a worker evaluates at once, at most: storing more would hold up the host. */
const MAX_CHUNK = 8
/** Chunks in work at once: all threads have one, and the next one lies ready. */
const AHEAD = threads + 1

/** What is kept of a configuration until all are known: about a kilobyte, as there may be ten thousand. */
interface Entry {
  configKey: string
  basis: Basis
  returns: BlockedReturns
  /** Of a sweep that is not saved, what its reply shows and is judged on. */
  unsaved: { shown: Omit<SweepRun, 'metrics' | 'gate'>; judgeable: Judgeable } | null
}

/** Evaluates the grid of a sweep, storing rows as they come; what is stored already is left out. */
export async function runSweep(
  context: ServiceContext,
  sweep: Sweep,
  job: JobRunContext,
): Promise<SweepRun[] | null> {
  const { ledger, matrixStore, root } = context
  const { plan, grid, save } = sweep.spec as unknown as SweepSpec
  const loaded = await matrixStore.load(plan.matrix_sha)
  const { profile } = ledger.matrices.get(plan.matrix_sha)!
  const redColumns = profile.leakage_flags.filter(({ level }) => level === 'red').map(({ column }) => column)
  const store = save ? createSweepStore(context, sweep.id, { plan, grid }) : null
  const groups = groupByHours(grid)
  const entries = new Map<GridPoint, Entry>()
  const watch = watchWork()
  let done = 0
  const advance = (part: number, { hours }: GridPoint) => {
    done += part
    job.report({ done, total: groups.length, note: `hours ${formatHours(hours) ?? 'all'}` })
  }
  const announce = () =>
    context.announce('result', { kind: 'sweep', sweep_id: String(sweep.id), model_id: plan.model_id })

  async function scoreGroup([first]: readonly GridPoint[]) {
    const folder = scoresFolder(root, plan.matrix_sha, scoringOf(plan, first!.hours))
    watch.begin()
    const onFold = (fold: number, folds: number, isTrained: boolean) => {
      watch.fold(isTrained, fold === folds)
      advance(0.5 / folds, first!)
    }
    return scoreHours(loaded, plan, first!.hours, job, { folder, onFold })
  }

  async function evaluateAll(): Promise<void> {
    let g = 0
    // The folds of the next hours are trained while the configurations of these are evaluated.
    for await (const scored of inOrder(groups, 2, scoreGroup)) {
      const points = groups[g++]!
      const evaluate = async (chunk: readonly GridPoint[]) => {
        const evaluated = await evaluateScored(scored, chunk, job, { reportEach: true })
        return { evaluated, packed: await store?.pack(evaluated, job) }
      }
      const size = Math.min(MAX_CHUNK, Math.ceil(points.length / threads))
      for await (const { evaluated, packed } of inOrder(chunksOf(points, size), AHEAD, evaluate)) {
        job.checkpoint()
        addTrials(context, plan, evaluated)
        for (const each of evaluated) entries.set(each.point, entryOf(plan, each, save))
        if (store && packed) {
          const trials = await trialsOf(context, plan.model_id)
          await store.add(packed, (each) => judge(plan, loaded, redColumns, judgeable(each), trials, null))
        }
        advance((0.5 * evaluated.length) / points.length, points[0]!)
      }
      announce()
    }
  }

  /** Every configuration of the sweep is a trial of every other: only when all have run is their number known. */
  async function judgeAll(pbo: number | null, checkpoint: () => void): Promise<void> {
    for (const chunk of chunksOf([...entries.values()], MAX_CHUNK)) {
      checkpoint()
      const trials = await trialsOf(context, plan.model_id)
      store?.judgeAgain(chunk, (each) => judge(plan, loaded, redColumns, each, trials, pbo))
      await setImmediate()
    }
  }

  try {
    await evaluateAll()
    const analysis = await analyseSweep(
      grid.map((point) => entries.get(point)!.returns),
      (input) => job.run(measureOverfittingJob, input, { report: () => {} }),
    )
    try {
      await judgeAll(analysis.pbo, job.checkpoint)
    } catch (error) {
      // Of a sweep that does not end nobody knows the probability of overfitting, nor may its rows.
      await judgeAll(null, () => {})
      throw error
    }
    await deflateStored(context, plan.model_id)
    await writeResultsCsv(context, sweep.id)
    const work = watch.stop()
    job.commit(() => ledger.sweeps.update(sweep.id, { pbo: analysis.pbo, analysis: { ...analysis, work } }))
    announce()
    if (save) return null
    const trials = await trialsOf(context, plan.model_id)
    return grid.map((point): SweepRun => {
      const { shown, judgeable } = entries.get(point)!.unsaved!
      const { metrics, gate } = judge(plan, loaded, redColumns, judgeable, trials, analysis.pbo)
      return { ...shown, metrics, gate }
    })
  } finally {
    await deflateStored(context, plan.model_id)
  }
}

function entryOf(plan: RunPlan, evaluated: Evaluated, isSaved: boolean): Entry {
  const { point, configKey, result, parity } = evaluated
  const { bestSharpeHourly: best_sharpe_hourly, bestCumRet: best_cum_ret } = result
  const config = configTupleOf(plan, point)
  return {
    configKey,
    basis: basisOf(evaluated),
    returns: blockReturns(result.dailyReturn),
    unsaved: isSaved
      ? null
      : {
          shown: { id: null, config, best_sharpe_hourly, best_cum_ret, parity },
          judgeable: judgeable(evaluated),
        },
  }
}

/** Points that share their hours share their scores. */
export function groupByHours(grid: readonly GridPoint[]): GridPoint[][] {
  return [...Map.groupBy(grid, (point) => formatHours(point.hours) ?? '').values()]
}
