import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { Lake } from '#main/lake/lake.ts'
import type { NewBacktestRun } from '#main/ledger/backtest-runs.ts'
import { evaluateGate, observeAgain } from '#shared/catalog/gates/evaluate-gate.ts'
import { scoreRun } from '#shared/catalog/gates/scores.ts'
import type { RunMetrics } from '#shared/contract/metrics.ts'
import type { Gate, GateCheck } from '#shared/contract/schemas.ts'
import { evaluateConfigsJob } from '#shared/jobs/evaluate-configs.ts'
import type { FillRule } from '#shared/jobs/evaluate-types.ts'
import { replayPlan } from './bracket-plan.ts'
import { measureCapacity } from './capacity.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import { keepScores } from './kept-scores.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { replayPremium } from './premium-parity.ts'
import { detailOf, sparkOf, writeDetail } from './run-detail.ts'
import {
  configShaOf,
  configTupleOf,
  type GridPoint,
  lineageOf,
  type RunPlan,
  scoringOf,
  tradingOf,
} from './run-plan.ts'
import { horizonOf, rowsOfHours, scoreFolds, scoresFolder, tableOf } from './scoring.ts'
import {
  dailySharpe,
  deflate,
  deflateFigures,
  summariseTrials,
  type TrialSummary,
} from './trial-statistics.ts'

export interface EvaluationOptions {
  reportEach: boolean
  onFold: (done: number, total: number, isTrained: boolean) => void
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
  options: EvaluationOptions & { folder: string | null },
): Promise<Evaluated[]> {
  const scoring = scoringOf(plan, points[0]!.hours)
  const { table, rows } = tableOf(loaded, scoring, plan.momentum_column)
  const folds = await scoreFolds(options.folder, table, scoring, job, options.onFold)
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
      configs: points.map((point) => ({ ...tradingOf(plan, point), reportEach: options.reportEach })),
    },
    { report: () => {} },
  )
  const signals = results.map(({ trades }) => ({
    bar: Int32Array.from(trades.row, (row) => rows.bar[row]!),
    side: trades.side,
  }))
  const parities = await replayPlan(job, loaded, plan.brackets, plan.trading.slippageBps, signals)
  const { lake } = options
  const { contracts: selection, brackets, ticker } = plan
  if (lake && selection && brackets) {
    for (const [i, parity] of parities.entries()) {
      const question = { ticker, path: loaded.path, brackets, selection, signals: signals[i]! }
      if (parity !== null) parity.premium = await replayPremium(lake, question)
    }
  }
  const scores = keepScores(folds, table.classes, rows.ts)
  return points.map((point, i) => ({
    point,
    configKey: configShaOf(plan, point),
    result: results[i]!,
    parity: parities[i]!,
    scores,
  }))
}

/**
 * Counts configurations as trials of the model, before any of them is judged, and holds the runs that are stored against the
 * new count: none may look better for having been tried early.
 * @returns all trials of the model
 */
export function recordTrials(
  context: ServiceContext,
  plan: RunPlan,
  evaluated: readonly Evaluated[],
): TrialSummary {
  return context.ledger.transaction(() => {
    for (const { configKey, result } of evaluated) {
      context.ledger.trials.add({
        model_id: plan.model_id,
        matrix_sha: plan.matrix_sha,
        config_key: configKey,
        daily_returns: result.dailyReturn,
        sharpe_daily: dailySharpe(result.dailyReturn),
      })
    }
    const trials = trialsOf(context, plan.model_id)
    deflateStored(context, plan.model_id, trials)
    return trials
  })
}

/**
 * Renews what depends on the count of trials in every stored run of the model that was judged among another count. To be called
 * in the turn that stores a run, too: others may have been tried since it was judged.
 */
export function deflateStored(
  context: Pick<ServiceContext, 'ledger'>,
  modelId: string,
  known?: TrialSummary,
): void {
  const { backtestRuns, trials: ledgerTrials } = context.ledger
  const stale = backtestRuns.judgedAmong(modelId, known?.count ?? ledgerTrials.count(modelId))
  if (stale.length === 0) return
  const trials = known ?? trialsOf(context, modelId)
  for (const { id, metrics, checks } of stale) {
    const figures = { ...metrics, ...deflateFigures(metrics, trials) }
    const isGated = checks.some(({ rule }) => rule === 'dsr_min')
    if (!isGated) backtestRuns.setDeflated(id, figures)
    else backtestRuns.setFigures(id, { metrics: figures, ...observeAgain(checks, 'dsr_min', figures.dsr) })
  }
}

/** Figures, gate and score of one configuration among the trials so far. */
export interface Judged {
  metrics: RunMetrics
  gate: Gate
  checks: GateCheck[]
}

export function judge(
  plan: RunPlan,
  loaded: LoadedMatrix,
  redColumns: readonly string[],
  { point, result }: Evaluated,
  trials: TrialSummary,
  pbo: number | null,
): Judged {
  const metrics: RunMetrics = { ...result.metrics, ...deflate(result.dailyReturn, trials) }
  metrics.score = scoreRun(plan.score_family, metrics, plan.budget)
  const kept = rowsOfHours(loaded.matrix, point.hours)
  const { gate, checks } = evaluateGate(plan.budget, {
    metrics,
    capacity: measureCapacity(loaded.matrix, loaded.path, result.trades, kept, horizonOf(loaded)),
    assetType: plan.asset_type,
    allowedHours: point.hours,
    hasHours: loaded.meta.cadence !== 'daily',
    leakageFlags: redColumns.filter((column) => plan.features.includes(column) || column === 'y'),
    pbo,
    metricsByFold: result.folds.map(({ fold, metrics: ofFold }) => ({ fold, metrics: ofFold })),
  })
  return { metrics, gate, checks }
}

/** All trials of a model as they stand now. */
export function trialsOf(context: Pick<ServiceContext, 'ledger'>, modelId: string): TrialSummary {
  return summariseTrials(context.ledger.trials.forModel(modelId))
}

/** A run ready for the ledger; its equity, trades and hours are in a file of their own. */
export async function describeRun(
  context: ServiceContext,
  plan: RunPlan,
  evaluated: Evaluated,
  judged: Judged,
  place: Pick<NewBacktestRun, 'kind' | 'sweep' | 'started_at'> & { params: Record<string, unknown> },
): Promise<NewBacktestRun> {
  const { point, configKey, result } = evaluated
  return {
    model_id: plan.model_id,
    pack_id: plan.pack_id,
    ticker: plan.ticker,
    status: 'completed',
    tag: plan.tag,
    simulated: plan.simulated,
    config_key: configKey,
    config: configTupleOf(plan, point),
    metrics: judged.metrics,
    gate: judged.gate,
    checks: judged.checks,
    lineage: lineageOf(plan, configKey),
    best_sharpe_hourly: result.bestSharpeHourly,
    best_cum_ret: result.bestCumRet,
    spark: sparkOf(result.equity),
    detail_uri: await writeDetail(context.root, detailOf(plan, evaluated)),
    folds: result.folds,
    trial: null,
    finished_at: context.clock(),
    ...place,
  }
}
