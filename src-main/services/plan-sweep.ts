import { setImmediate } from 'node:timers/promises'
import type { MatrixMeta } from '#main/ledger/matrices.ts'
import type { LoadedModel } from '#main/pack-store/types.ts'
import { sessionsBetween } from '#shared/calendar/sessions.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { foldCount } from '#shared/kernels/fold-count.ts'
import { minBacktestLength } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { SHUFFLES } from './null-test.ts'
import { configShaOf, type GridPoint, type RunPlan, requireFit, scoringOf } from './run-plan.ts'
import { countKeptFolds } from './scoring.ts'
import { shaOf } from './sha.ts'
import { planSweep } from './sweep-grid.ts'
import { groupByHours, type SweepSpec } from './sweep-job.ts'
import { foldWork, measurePace, type SweepPace } from './sweep-pace.ts'

type SweepPlan = ReplyOf<'planSweep'>

const RECENT = 8

/** Says what a sweep would do and take, from what finished sweeps took, without starting it. */
export function createSweepPlanner(
  { ledger, packStore, root }: ServiceContext,
  matrices: Pick<MatrixBuilds, 'findDefault' | 'requireMatrix'>,
) {
  function pace(): SweepPace {
    return measurePace(
      ledger.sweeps.recentWork(RECENT).map(({ spec, work, total }) => {
        const { plan } = spec as unknown as SweepSpec
        return { plan, work, configurations: total, rows: rowsOf(plan.matrix_sha) }
      }),
    )
  }

  async function countUntried(plan: RunPlan, grid: readonly GridPoint[]): Promise<number> {
    const tried = ledger.trials.keysOn(plan.model_id, plan.matrix_sha)
    let fresh = 0
    for (const [i, point] of grid.entries()) {
      if (!tried.has(configShaOf(plan, point))) fresh++
      // The names of ten thousand take a second, in which others ask, too.
      if (i % 100 === 99) await setImmediate()
    }
    return fresh
  }

  const rowsOf = (matrixSha: string): number => ledger.matrices.get(matrixSha)?.meta.rows ?? 0

  return {
    async plan(body: InputOf<'planSweep'>['body']): Promise<SweepPlan> {
      const model = packStore.model(body.model_id)
      const { matrix_sha } = body
      const meta =
        matrix_sha === undefined ? matrices.findDefault(model) : matrices.requireMatrix(matrix_sha).meta
      if (meta) requireFit(model, meta)
      const { plan, grid } = planSweep(packStore, model, meta ?? unbuilt(model), body)
      const fresh = await countUntried(plan, grid)
      const trials = ledger.trials.count(plan.model_id) + fresh
      const groups = groupByHours(grid)
      const folds = groups.length * foldCount(plan.cv)
      const kept = meta
        ? groups.reduce(
            (sum, [first]) => sum + countKeptFolds(root, plan.matrix_sha, scoringOf(plan, first!.hours)),
            0,
          )
        : 0
      const identity = shaOf({ plan, grid, save: true } satisfies SweepSpec)
      return {
        configurations: grid.length,
        new_trials: fresh,
        trials,
        hour_sets: groups.length,
        folds,
        kept_folds: kept,
        seconds: meta ? secondsOf(pace(), plan, meta, folds - kept, grid.length) : null,
        years: meta ? testedYears(plan, meta) : null,
        min_backtest_years: trials > 1 ? minBacktestLength(trials, 1) : null,
        budget: plan.budget,
        matrix_sha: meta?.matrix_sha ?? null,
        sweep_id: ledger.sweeps.findByIdentity(identity)?.id.toString() ?? null,
      }
    },

    /** Seconds that the null of a finished sweep takes: all of it anew for every shuffle. */
    nullSeconds({ plan, grid }: SweepSpec): number | null {
      const meta = ledger.matrices.get(plan.matrix_sha)?.meta
      if (!meta) return null
      const folds = groupByHours(grid).length * foldCount(plan.cv)
      // Nothing is judged or stored.
      return SHUFFLES * secondsOf({ ...pace(), configuration: 0 }, plan, meta, folds, grid.length)
    },
  }
}

function secondsOf(
  pace: SweepPace,
  plan: RunPlan,
  meta: MatrixMeta,
  folds: number,
  configurations: number,
): number {
  return folds * foldWork(plan, meta.rows) * pace.training + configurations * pace.configuration
}

/** Years out of sample: walk-forward never tests its first block. */
function testedYears({ cv }: RunPlan, { date_window: { start, end } }: MatrixMeta): number {
  const { first, end: after } = sessionsBetween(start, end)
  const share = cv.scheme === 'walk_forward' ? cv.splits / (cv.splits + 1) : 1
  return ((after - first) * share) / 252
}

/** What is known of a matrix that has yet to be built. */
const unbuilt = ({ ticker, cadence }: LoadedModel) => ({
  matrix_sha: '',
  ticker: ticker ?? '',
  simulated: false,
  training_features: [],
  cadence,
})
