import type { JobRunContext } from '#main/jobs/job-runner.ts'
import type { LeaderboardRow } from '#main/ledger/leaderboard-row.ts'
import { resolveInside } from '#main/workspace/safe-path.ts'
import type { InputOf, ReplyOf } from '#shared/contract/index.ts'
import { SigmaError } from '#shared/errors.ts'
import type { Algorithm } from '#shared/jobs/scoring-types.ts'
import type { ServiceContext } from './context.ts'
import type { TrainingService } from './index.ts'
import type { MatrixBuilds } from './matrix-builds.ts'
import { writeModelCard } from './model-cards.ts'
import { parseHours } from './parse-lists.ts'
import { readDetail } from './run-detail.ts'
import {
  configShaOf,
  type GridPoint,
  lineageOf,
  planRun,
  profileHours,
  type RunPlan,
  requireFit,
} from './run-plan.ts'
import { shaOf } from './sha.ts'
import { defaultThresholds, readConfigTuple } from './strategy.ts'
import { trainArtifact } from './train-artifact.ts'

type BatchJob = InputOf<'trainBatch'>['body']['jobs'][number]
type TrainReply = ReplyOf<'trainModel'>

interface TrainInput {
  plan: RunPlan
  point: GridPoint
  /** Where the request wants the artifact; null for the usual place. */
  target: string | null
  params: Record<string, unknown>
  isBatch: boolean
}

interface BatchPlan {
  input: TrainInput
  /** Why it may not be trained, null where it may. */
  refusal: string[] | null
}

/** Training to ONNX: one model while the caller waits, or a batch of chosen configurations in the queue. */
export function createTrainingService(
  context: ServiceContext,
  matrices: Pick<MatrixBuilds, 'choose' | 'requireMatrix'>,
) {
  const { ledger, packStore, matrixStore, runner, clock, root } = context

  runner.define<TrainInput, TrainReply>('train', {
    title: ({ plan }) => `Training of ${plan.model_id}`,
    run: runNow,
    quota: 'max_concurrent_train_jobs',
  })

  async function runNow(input: TrainInput, job: JobRunContext): Promise<TrainReply> {
    const { plan, point, target, params, isBatch } = input
    const started_at = clock()
    const startedMs = performance.now()
    const trained = await trainArtifact(context, plan, point, job, target)
    const lineage = lineageOf(plan, configShaOf(plan, point))
    const metrics = {
      accuracy: trained.accuracy,
      f1_score: trained.f1,
      log_loss: trained.log_loss,
      onnx_max_abs_diff: trained.onnx_max_abs_diff,
      rows: trained.rows,
      threshold: trained.threshold,
      thresholds_by_hour: trained.thresholds_by_hour,
      duration: `${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
    }
    const { model_id, pack_id, risk_profile, tag } = plan
    const usage = {
      features: trained.features,
      classes: trained.classes,
      hours: point.hours,
      threshold: trained.threshold,
      thresholds_by_hour: trained.thresholds_by_hour,
      kind: point.kind,
      momentum_column: plan.momentum_column,
      momentum_min: plan.trading.momentumMin,
      size_by_conf: plan.trading.sizeByConf,
      conf_cap: plan.trading.confCap,
      simulated: plan.simulated,
      lineage,
      importance: trained.importance.slice(0, 50),
    }
    const card = {
      params,
      metrics,
      lineage,
      matrix: (await matrixStore.load(plan.matrix_sha)).meta,
      artifact: trained.uri,
      warnings: trained.notes,
    }
    await writeModelCard(context, packStore.model(model_id, pack_id), 'train', card)
    let training_run_id = 0
    job.commit(() => {
      training_run_id = ledger.trainingRuns.add({
        ...{ pack_id, model_id, risk_profile, tag, params, lineage, started_at },
        model_out_uri: trained.uri,
        features: trained.features,
        metrics,
        finished_at: clock(),
      })
      ledger.artifacts.add({
        ...{ training_run_id, model_id, pack_id, risk_profile },
        uri: trained.uri,
        content_sha: trained.content_sha,
        bytes: trained.bytes,
        meta: usage,
      })
      if (isBatch) ledger.trainJobs.update(job.job_id, { artifact: trained.uri, metrics })
      reply.training_run_id = String(training_run_id)
      context.announce('result', { kind: 'training', model_id, training_run_id: reply.training_run_id })
    })
    const reply: TrainReply = {
      model_out: trained.uri,
      rows: trained.rows,
      training_run_id: '',
      features: trained.features,
      classes: trained.classes,
      onnx_max_abs_diff: trained.onnx_max_abs_diff,
      lineage,
      metrics,
      warnings: trained.notes,
    }
    return reply
  }

  /** Red columns cannot be trained on unless the request says so; the override stands in its params. */
  function refuseLeaks(plan: RunPlan, override: boolean): void {
    const { profile } = matrices.requireMatrix(plan.matrix_sha)
    const red = profile.leakage_flags.filter(
      ({ level, column }) => level === 'red' && (plan.features.includes(column) || column === 'y'),
    )
    if (red.length === 0 || override) return
    const names = red.map(({ column }) => column).join(', ')
    throw new SigmaError('GATE_FAILED', `model ${plan.model_id} would train on columns that leak: ${names}`, {
      details: { reasons: ['leakage_flagged'], columns: red },
    })
  }

  async function planBatchJob(item: BatchJob): Promise<BatchPlan> {
    const model = packStore.model(item.model_id)
    const { meta } = matrices.requireMatrix(item.lineage.matrix_sha)
    requireFit(model, meta)
    const row = ledger.backtestRuns.findByConfig(item)
    const { risk_profile: profile } = item.lineage
    const base =
      (row && (await planBehind(row))) ??
      planRun(packStore, model, meta, { profile, splits: item.config.splits })
    const point: GridPoint = readConfigTuple(item.config)
    const plan = withModel(
      { ...base, risk_profile: profile, tag: item.tag ?? null },
      item.algorithm,
      item.seed,
    )
    const isSame =
      row?.lineage.config_sha === configShaOf(base, point) && plan.model.algorithm === base.model.algorithm
    const refusal = refusalOf(item, row, isSame)
    return { input: { plan, point, target: null, params: { ...item }, isBatch: true }, refusal }
  }

  /** What a row was made with: what is trained must be what was judged, not what the pack says by now. */
  async function planBehind({ id }: LeaderboardRow): Promise<RunPlan | undefined> {
    const uri = ledger.backtestRuns.get(Number(id))?.detail_uri
    // Without its file the row is planned anew, and refused where that gives another configuration.
    return uri ? (await readDetail(root, uri).catch(() => undefined))?.plan : undefined
  }

  function refusalOf(item: BatchJob, row: LeaderboardRow | undefined, isSame: boolean): string[] | null {
    if (row?.gate.pass && isSame) return null
    if (item.override && item.tag) return null
    if (item.override) return ['an override needs a tag']
    if (!row) return ['no backtest has this configuration and lineage']
    return row.gate.pass
      ? ['the model, its algorithm or its policy is not what was backtested']
      : row.gate.reasons
  }

  const service: TrainingService = {
    async train(body) {
      const model = packStore.model(body.model_id, body.pack_id)
      const target = body.model_out ?? null
      if (target !== null) checkTarget(root, target)
      const { matrix_sha, warnings } = await matrices.choose(model, body.csv, body.target)
      const { meta } = matrices.requireMatrix(matrix_sha)
      const options = {
        profile: body.risk_profile ?? 'balanced',
        calibration: body.calibration,
        tag: body.tag,
      }
      const plan = withModel(planRun(packStore, model, meta, options), undefined, body.seed)
      // Hours outside the budget would be signalled in although no gate lets them pass.
      const asked = body.allowed_hours === undefined ? null : parseHours(body.allowed_hours, 'allowed_hours')
      const hours = meta.cadence === 'daily' ? null : (asked ?? profileHours(plan, meta))
      refuseLeaks(plan, body.override ?? false)
      const point: GridPoint = { hours, kind: 'thr', values: defaultThresholds }
      const input: TrainInput = { plan, point, target, params: { ...body }, isBatch: false }
      const job = runner.submit('train', input, {
        subject: { model_id: model.modelId },
        priority: 'interactive',
      })
      const reply = await runner.wait<TrainReply>(job.job_id)
      return { ...reply, warnings: [...warnings, ...reply.warnings] }
    },

    async batch(body) {
      const plans = await Promise.all(body.jobs.map(planBatchJob))
      const inputs = plans.map(({ input }) => input)
      const refused = body.jobs.flatMap((item, index) => {
        const reasons = plans[index]!.refusal
        return reasons ? [{ index, model_id: item.model_id, config: item.config, reasons }] : []
      })
      if (refused.length > 0) {
        const text = refused.map(({ index, reasons }) => `job ${index}: ${reasons.join(', ')}`).join('; ')
        throw new SigmaError(
          'GATE_FAILED',
          `${refused.length} of ${body.jobs.length} jobs fail their gate: ${text}`,
          {
            details: { jobs: refused },
          },
        )
      }
      for (const [i, { plan }] of inputs.entries()) refuseLeaks(plan, body.jobs[i]!.override ?? false)
      const job_ids = ledger.transaction(() =>
        inputs.map((input, i) => queue(input, body.jobs[i]!, body.force ?? false)),
      )
      return { job_ids }
    },

    async listJobs({ limit = 50, offset = 0, ...filter }) {
      return ledger.trainJobs.list({ ...filter, limit, offset })
    },
  }
  return service

  /** A configuration that is queued, running or trained already is not queued again. */
  function queue(input: TrainInput, item: BatchJob, force: boolean): string {
    const { plan, point } = input
    const { model_id, pack_id, tag, model } = plan
    const key_sha = shaOf({ model_id, point, model, lineage: item.lineage })
    const known = force ? undefined : ledger.trainJobs.findByKey(key_sha)
    if (known) return known.job_id
    const { config, lineage } = item
    const job = runner.submit('train', input, {
      subject: { model_id },
      commit: (job_id) =>
        ledger.trainJobs.add({
          ...{ job_id, key_sha, model_id, pack_id, config, lineage, tag },
          algorithm: model.algorithm,
          seed: model.seed,
          override: item.override ?? false,
        }),
    })
    return job.job_id
  }
}

/** Another algorithm or seed than the model's, where a request names one. */
function withModel(plan: RunPlan, algorithm: string | undefined, seed: number | undefined): RunPlan {
  const chosen = (algorithm === 'xgb' ? 'gbm' : algorithm) as Algorithm | undefined
  const { model } = plan
  return { ...plan, model: { ...model, algorithm: chosen ?? model.algorithm, seed: seed ?? model.seed } }
}

function checkTarget(root: string, target: string): void {
  if (!target.endsWith('.onnx')) {
    throw new SigmaError('INVALID_PARAM', `model_out must end with .onnx, got ${target}`)
  }
  resolveInside(root, target, { parameter: 'model_out' })
}
