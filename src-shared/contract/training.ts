import { Type } from 'typebox'
import { Calibration, WorkspacePath } from './backtests.ts'
import { defineEndpoint } from './endpoint.ts'
import { ThresholdsByHour } from './metrics.ts'
import { algorithms } from './models.ts'
import {
  ConfigTuple,
  HoursList,
  Json,
  Lineage,
  limitOf,
  ModelId,
  Nullable,
  NumberOrNull,
  offset,
  PackId,
  RiskProfile,
  StringOrNull,
  Tag,
  Timestamp,
} from './schemas.ts'
import { JobStatus } from './sweeps.ts'

const TrainJob = {
  model_id: ModelId,
  config: ConfigTuple,
  lineage: Lineage,
  algorithm: Type.Optional(Type.Unsafe<(typeof algorithms)[number]>({ type: 'string', enum: algorithms })),
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
  tag: Type.Optional(Tag),
}

export const TrainJobRow = Type.Object({
  job_id: Type.String(),
  model_id: Type.String(),
  pack_id: Type.String(),
  config: ConfigTuple,
  lineage: Lineage,
  simulated: Type.Union([Type.Boolean(), Type.Null()], {
    description:
      'Whether the matrix of the lineage rests on simulated data; null where the ledger does not know it',
  }),
  algorithm: Type.String(),
  seed: Type.Integer(),
  tag: StringOrNull,
  override: Type.Boolean(),
  status: JobStatus,
  progress: NumberOrNull,
  error: StringOrNull,
  artifact: StringOrNull,
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  completed_at: Nullable(Timestamp),
  metrics: Type.Object({
    accuracy: Type.Optional(NumberOrNull),
    f1_score: Type.Optional(NumberOrNull),
    duration: Type.Optional(Type.String()),
    onnx_max_abs_diff: Type.Optional(NumberOrNull),
    rows: Type.Optional(Type.Integer()),
    threshold: Type.Optional(
      Type.Number({ description: 'What the artifact signals by: least probability of the likelier side' }),
    ),
    thresholds_by_hour: Type.Optional(ThresholdsByHour),
  }),
})

export const training = {
  trainModel: defineEndpoint({
    method: 'POST',
    path: '/train',
    tag: 'Training',
    summary: 'Train a model to ONNX and wait for it',
    description:
      'On the model’s newest matrix or on `csv`, in the hours of the budget. The artifact is one ONNX file, proved row by row against the trainer. Columns that leak are refused without `override`, which is recorded.',
    example: { body: { model_id: 'spy_opt_0dte_hourly' } },
    body: Type.Object(
      {
        model_id: ModelId,
        csv: Type.Optional(WorkspacePath),
        allowed_hours: Type.Optional(HoursList),
        calibration: Type.Optional(Calibration),
        model_out: Type.Optional(WorkspacePath),
        target: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        pack_id: Type.Optional(PackId),
        risk_profile: Type.Optional(RiskProfile),
        seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
        tag: Type.Optional(Tag),
        override: Type.Optional(
          Type.Boolean({ default: false, description: 'Train although a column is flagged as leaking' }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_out: Type.String(),
      rows: Type.Integer(),
      training_run_id: Type.String(),
      features: Type.Array(Type.String()),
      classes: Type.Array(Type.String()),
      onnx_max_abs_diff: Type.Number({
        description: 'Largest difference between onnxruntime and the trainer over all rows',
      }),
      lineage: Lineage,
      metrics: Json,
      warnings: Type.Array(Type.String()),
    }),
  }),
  trainBatch: defineEndpoint({
    method: 'POST',
    path: '/train/batch',
    tag: 'Train',
    summary: 'Queue training of chosen configurations; failing gates need override',
    description:
      'All or nothing: where a job fails its gate or is unknown and has no `override` with a `tag`, the whole batch is refused with GATE_FAILED and the reasons of each job.',
    example: {
      body: {
        jobs: [
          {
            model_id: 'spx_eq_swing_daily',
            config: { kind: 'thr', value: '0.55', hours: [] },
            lineage: { matrix_sha: '0'.repeat(64), risk_profile: 'balanced', risk_sha: '0'.repeat(64) },
            override: true,
            tag: 'first',
          },
        ],
      },
    },
    status: 202,
    body: Type.Object(
      {
        jobs: Type.Array(
          Type.Object(
            { ...TrainJob, override: Type.Optional(Type.Boolean({ default: false })) },
            { additionalProperties: false },
          ),
          { minItems: 1, maxItems: 100 },
        ),
        force: Type.Optional(Type.Boolean({ default: false })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ job_ids: Type.Array(Type.String()) }),
  }),
  listTrainJobs: defineEndpoint({
    method: 'GET',
    path: '/train/jobs',
    tag: 'Train',
    summary: 'Training jobs, newest first',
    description: 'A failed one says in words why.',
    example: { query: { model_id: 'spx_eq_swing_daily' } },
    query: Type.Object(
      {
        model_id: Type.Optional(ModelId),
        risk_profile: Type.Optional(RiskProfile),
        status: Type.Optional(JobStatus),
        limit: limitOf(50),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ rows: Type.Array(TrainJobRow), total: Type.Integer() }),
  }),
}
