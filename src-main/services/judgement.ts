import type { NewBacktestRun } from '#main/ledger/backtest-runs.ts'
import { evaluateGate } from '#shared/catalog/gates/evaluate-gate.ts'
import { scoreRun } from '#shared/catalog/gates/scores.ts'
import type { FoldReport, RunMetrics } from '#shared/contract/metrics.ts'
import type { Gate, GateCheck } from '#shared/contract/schemas.ts'
import { type Moments, momentsOf } from '#shared/kernels/statistics.ts'
import type { ServiceContext } from './context.ts'
import type { Evaluated } from './evaluated.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { sparkOf } from './run-detail.ts'
import { configTupleOf, lineageOf, type RunPlan } from './run-plan.ts'
import { deflate, type TrialSummary } from './trial-statistics.ts'

/** Figures, gate and score of one configuration among the trials so far. */
export interface Judged {
  metrics: RunMetrics
  gate: Gate
  checks: GateCheck[]
}

/** What a verdict rests on that is not stored with the run. */
export interface Basis extends Pick<Evaluated, 'point' | 'capacity'> {
  /** Of the daily returns. */
  moments: Moments
}

/** What a verdict rests on, beside the trials and the sweep of a run. */
export interface Judgeable extends Basis {
  metrics: RunMetrics
  folds: readonly FoldReport[]
}

export function basisOf({ point, capacity, result }: Evaluated): Basis {
  return { point, capacity, moments: momentsOf(result.dailyReturn) }
}

export function judgeable(evaluated: Evaluated): Judgeable {
  const { metrics, folds } = evaluated.result
  return { ...basisOf(evaluated), metrics, folds }
}

export function judge(
  plan: RunPlan,
  loaded: LoadedMatrix,
  redColumns: readonly string[],
  { point, capacity, metrics: figures, folds, moments }: Judgeable,
  trials: TrialSummary,
  pbo: number | null,
): Judged {
  const metrics: RunMetrics = { ...figures, ...deflate(moments, trials) }
  metrics.score = scoreRun(plan.score_family, metrics, plan.budget)
  const { gate, checks } = evaluateGate(plan.budget, {
    metrics,
    capacity,
    assetType: plan.asset_type,
    allowedHours: point.hours,
    hasHours: loaded.meta.cadence !== 'daily',
    leakageFlags: redColumns.filter((column) => plan.features.includes(column) || column === 'y'),
    pbo,
    metricsByFold: folds.map(({ fold, metrics: ofFold }) => ({ fold, metrics: ofFold })),
  })
  return { metrics, gate, checks }
}

/** A run ready for the ledger; its equity, trades and hours are in the file that `detail_uri` names. */
export function describeRun(
  { clock }: Pick<ServiceContext, 'clock'>,
  plan: RunPlan,
  evaluated: Evaluated,
  judged: Judged,
  place: Pick<NewBacktestRun, 'kind' | 'sweep' | 'started_at' | 'params' | 'detail_uri'>,
): NewBacktestRun {
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
    folds: result.folds,
    trial: null,
    finished_at: clock(),
    ...place,
  }
}
