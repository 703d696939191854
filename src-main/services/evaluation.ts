import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Lake } from '#main/lake/lake.ts'
import { evaluateConfigsJob } from '#shared/jobs/evaluate-configs.ts'
import type { FillRule, ScoredRows } from '#shared/jobs/evaluate-types.ts'
import type { FoldScores } from '#shared/jobs/scoring-types.ts'
import { replayPlan } from './bracket-plan.ts'
import { createCapacityMeter } from './capacity.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { type KeptScores, keepScores } from './kept-scores.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { replayPremium } from './premium-parity.ts'
import { configShaOf, type GridPoint, type RunPlan, scoringOf, tradingOf } from './run-plan.ts'
import { horizonOf, rowsOfHours, scoreFolds, scoresFolder, tableOf } from './scoring.ts'

interface ScoringOptions {
  onFold: (done: number, total: number, isTrained: boolean) => void
}

export interface EvaluationOptions extends ScoringOptions {
  reportEach: boolean
  /** Where given, a plan that says how contracts are chosen has its premium P&L replayed on the chains in it. */
  lake?: Lake
}

/** Scores the hours of some grid points once, then evaluates each. The points must share their hours. */
export async function evaluatePoints(
  context: Pick<ServiceContext, 'root' | 'matrixStore'>,
  plan: RunPlan,
  points: readonly GridPoint[],
  job: Pick<JobRunContext, 'run'>,
  options: EvaluationOptions,
): Promise<Evaluated[]> {
  const loaded = await context.matrixStore.load(plan.matrix_sha)
  const folder = scoresFolder(context.root, plan.matrix_sha, scoringOf(plan, points[0]!.hours))
  return evaluateOn(loaded, plan, points, job, { ...options, folder })
}

/** The same on a matrix at hand; without a folder of kept scores all are made anew and none is kept. */
export async function evaluateOn(
  loaded: LoadedMatrix,
  plan: RunPlan,
  points: readonly GridPoint[],
  job: Pick<JobRunContext, 'run'>,
  { onFold, folder, ...options }: EvaluationOptions & { folder: string | null },
): Promise<Evaluated[]> {
  const scored = await scoreHours(loaded, plan, points[0]!.hours, job, { onFold, folder })
  return evaluateScored(scored, points, job, options)
}

/** What all grid points of the same hours rest on. */
export interface ScoredHours {
  loaded: LoadedMatrix
  plan: RunPlan
  rows: ScoredRows
  folds: FoldScores[]
  scores: KeptScores | null
  measureCapacity: ReturnType<typeof createCapacityMeter>
}

/** Scores the rows of some hours out of fold. */
export async function scoreHours(
  loaded: LoadedMatrix,
  plan: RunPlan,
  hours: number[] | null,
  job: Pick<JobRunContext, 'run'>,
  { folder, onFold }: ScoringOptions & { folder: string | null },
): Promise<ScoredHours> {
  const scoring = scoringOf(plan, hours)
  const { table, rows } = tableOf(loaded, scoring, plan.momentum_column)
  const folds = await scoreFolds(folder, table, scoring, job, onFold)
  const { matrix, path } = loaded
  return {
    ...{ loaded, plan, rows, folds },
    scores: keepScores(folds, table.classes, rows.ts),
    measureCapacity: createCapacityMeter(matrix, path, rowsOfHours(matrix, hours), horizonOf(loaded)),
  }
}

/** Trades, equity and figures of grid points on their scores. */
export async function evaluateScored(
  { loaded, plan, rows, folds, scores, measureCapacity }: ScoredHours,
  points: readonly GridPoint[],
  job: Pick<JobRunContext, 'run'>,
  { reportEach, lake }: Omit<EvaluationOptions, 'onFold'>,
): Promise<Evaluated[]> {
  const results = await job.run(
    evaluateConfigsJob,
    {
      path: loaded.path.bars > 0 ? loaded.path : null,
      rows,
      folds,
      fill: loaded.meta.fill as FillRule,
      horizonBars: horizonOf(loaded),
      barsPerSession: loaded.path.barsPerSession,
      slippageBps: plan.trading.slippageBps,
      configs: points.map((point) => ({ ...tradingOf(plan, point), reportEach })),
    },
    { report: () => {} },
  )
  const signals = results.map(({ trades }) => ({
    bar: Int32Array.from(trades.row, (row) => rows.bar[row]!),
    side: trades.side,
  }))
  const parities = await replayPlan(job, loaded, plan.brackets, plan.trading.slippageBps, signals)
  const { contracts: selection, brackets, ticker } = plan
  if (lake && selection && brackets) {
    for (const [i, parity] of parities.entries()) {
      const question = { ticker, path: loaded.path, brackets, selection, signals: signals[i]! }
      if (parity !== null) parity.premium = await replayPremium(lake, question)
    }
  }
  return points.map((point, i) => ({
    point,
    configKey: configShaOf(plan, point),
    result: results[i]!,
    parity: parities[i]!,
    scores,
    capacity: measureCapacity(results[i]!.trades),
  }))
}
