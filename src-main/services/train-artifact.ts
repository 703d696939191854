import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { JobRunContext } from '#main/jobs/job-runner.ts'
import { writeFileAtomic } from '#main/workspace/atomic-file.ts'
import { keepHours, type Threshold } from '#shared/decision/position.ts'
import { SigmaError } from '#shared/errors.ts'
import { chooseThresholdJob } from '#shared/jobs/choose-threshold.ts'
import type { FillRule } from '#shared/jobs/evaluate-types.ts'
import { type TrainModelResult, trainModelJob } from '#shared/jobs/train-model.ts'
import type { ServiceContext } from './context.ts'
import { writeExplanation } from './explanation-file.ts'
import type { LoadedMatrix } from './matrix-store.ts'
import { configShaOf, type GridPoint, type RunPlan, scoringOf, tradingOf } from './run-plan.ts'
import { horizonOf, type PlannedRows, tableOf } from './scoring.ts'
import { engineVersion } from './strategy.ts'

/** How far onnxruntime may differ from the trainer on any row (engine.md 9). */
const MAX_DIFFERENCE = 1e-6

export interface TrainedArtifact {
  uri: string
  content_sha: string
  bytes: number
  rows: number
  features: string[]
  classes: string[]
  /** Threshold, with `top_pct` the cutoff, chosen on the inner predictions; hours that have their own beside it. */
  threshold: number
  thresholds_by_hour: Record<string, number> | null
  onnx_max_abs_diff: number
  accuracy: number
  f1: number
  log_loss: number
  importance: TrainModelResult['importance']
  notes: string[]
}

/** Trains on all labelled rows, proves the ONNX file against the trainer row by row, and stores it. */
export async function trainArtifact(
  context: ServiceContext,
  plan: RunPlan,
  point: GridPoint,
  job: JobRunContext,
  target: string | null,
): Promise<TrainedArtifact> {
  const loaded = await context.matrixStore.load(plan.matrix_sha)
  const planned = tableOf(loaded, scoringOf(plan, point.hours), plan.momentum_column)
  const { table } = planned
  const trained = await job.run(trainModelJob, {
    table,
    model: plan.model,
    calibration: plan.calibration,
    metadata: {
      model_id: plan.model_id,
      pack_id: plan.pack_id,
      matrix_sha: plan.matrix_sha,
      config_sha: configShaOf(plan, point),
      policy_sha: plan.policy_sha,
      risk_profile: plan.risk_profile,
      risk_sha: plan.risk_sha,
      simulated: String(plan.simulated),
      code_version: String(engineVersion),
    },
  })
  const scores = await context.onnx.score(trained.onnx, table.columns, table.rows)
  const difference = largestDifference(scores, trained.proba)
  if (!(difference <= MAX_DIFFERENCE)) {
    throw new SigmaError(
      'INTERNAL',
      `the ONNX file differs from the trainer by ${difference}: it was not stored`,
    )
  }
  const { threshold, thresholdByHour } = await chooseThreshold(loaded, planned, plan, point, trained, job)
  const content_sha = createHash('sha256').update(trained.onnx).digest('hex')
  const name = `${plan.model.algorithm}-${content_sha.slice(0, 12)}.onnx`
  const uri = target ?? `artifacts/${plan.model_id}/${plan.risk_profile}/${name}`
  await writeExplanation(context.root, { uri, content_sha }, trained.explanation)
  await writeFileAtomic(join(context.root, uri), trained.onnx)
  return {
    uri,
    content_sha,
    bytes: trained.onnx.byteLength,
    rows: trained.trainRows,
    features: table.features,
    classes: table.classes,
    threshold,
    thresholds_by_hour: keepHours(thresholdByHour),
    onnx_max_abs_diff: difference,
    accuracy: trained.accuracy,
    f1: trained.f1,
    log_loss: trained.logLoss,
    importance: trained.importance,
    notes: trained.notes,
  }
}

/** The largest absolute difference of two score arrays; NaN anywhere makes it NaN, which no limit admits. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Number.NaN
  let largest = 0
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!)
    if (!(difference <= largest)) largest = difference
  }
  return largest
}

/** The thresholds or cutoffs that an outer fold would choose, had it trained on all rows: from the cross-fitted predictions. */
async function chooseThreshold(
  loaded: LoadedMatrix,
  { rows }: PlannedRows,
  plan: RunPlan,
  point: GridPoint,
  trained: TrainModelResult,
  job: JobRunContext,
): Promise<Threshold> {
  const { innerRows, innerProba } = trained
  const threshold = await job.run(
    chooseThresholdJob,
    {
      path: loaded.path.bars > 0 ? loaded.path : null,
      rows,
      innerRows,
      innerProba,
      fill: loaded.meta.fill as FillRule,
      horizonBars: horizonOf(loaded),
      barsPerSession: loaded.path.barsPerSession,
      slippageBps: plan.trading.slippageBps,
      config: { ...tradingOf(plan, point), reportEach: false },
    },
    { report: () => {} },
  )
  if (threshold === null) {
    throw new SigmaError(
      'NO_DATA',
      `no threshold of ${point.values.join(', ')} could be chosen on the training rows`,
    )
  }
  return threshold
}
