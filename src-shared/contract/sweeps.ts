import { Type } from 'typebox'
import { Embargo, LeaderboardRow, Splits } from './backtests.ts'
import { BracketParity } from './brackets.ts'
import { defineEndpoint } from './endpoint.ts'
import {
  HoursList,
  IdParam,
  IsoDate,
  Json,
  limitOf,
  ModelId,
  Nullable,
  NumberOrNull,
  offset,
  PackId,
  Page,
  RiskProfile,
  Sha,
  StringOrNull,
  Tag,
  Timestamp,
} from './schemas.ts'
import { SweepAnalysis } from './sweep-analysis.ts'

export const jobStatuses = ['queued', 'running', 'completed', 'failed', 'canceled'] as const
export const JobStatus = Type.Unsafe<(typeof jobStatuses)[number]>({ type: 'string', enum: jobStatuses })

export const SweepSummary = Type.Object({
  id: Type.Integer(),
  pack_id: Type.String(),
  model_id: Type.String(),
  tag: StringOrNull,
  status: JobStatus,
  risk_profile: RiskProfile,
  matrix_sha: StringOrNull,
  total: Type.Integer(),
  completed: Type.Integer(),
  passed: Type.Integer(),
  spec: Json,
  error: StringOrNull,
  pbo: NumberOrNull,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  created_at: Timestamp,
})

const idParams = Type.Object({ sweep_id: IdParam })
const Variants = Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), { minItems: 1, maxItems: 1000 })
const TopPct = Type.Union([Type.Number(), Type.String({ minLength: 1, maxLength: 20 })])

const SweepBody = Type.Object(
  {
    model_id: ModelId,
    matrix_sha: Type.Optional(Sha),
    risk_profile: RiskProfile,
    sweep: Type.Object(
      {
        threshold_variants: Type.Optional(Variants),
        hours_variants: Type.Optional(Variants),
        top_pct_variants: Type.Optional(Type.Array(TopPct, { minItems: 1, maxItems: 100 })),
        splits: Type.Optional(Splits),
        embargo: Type.Optional(Embargo),
      },
      { additionalProperties: false },
    ),
    risk_budget_overrides: Type.Optional(Json),
    tag: Type.Optional(Tag),
    force: Type.Optional(Type.Boolean({ default: false })),
  },
  { additionalProperties: false },
)

const sweepExample = {
  body: {
    model_id: 'spy_opt_0dte_hourly',
    risk_profile: 'balanced',
    sweep: {
      threshold_variants: ['0.50,0.52,0.54', '0.55,0.60,0.65'],
      hours_variants: ['13,14,15'],
      splits: 5,
    },
    tag: 'demo',
  },
}

export const sweeps = {
  runBacktestSweep: defineEndpoint({
    method: 'POST',
    path: '/backtest_sweep',
    tag: 'Sweep',
    summary: 'Run a sweep of configurations and wait for it',
    description:
      'Each fold is trained once for all configurations with the same hours. The same sweep is not run twice unless `force` says so.',
    example: {
      body: {
        model_id: 'spy_opt_0dte_hourly',
        thresholds_variants: ['0.55,0.60,0.65', '0.60,0.65,0.70'],
        allowed_hours_variants: ['13,14,15'],
      },
    },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
        thresholds_variants: Type.Optional(Variants),
        allowed_hours_variants: Type.Optional(Variants),
        top_pct_variants: Type.Optional(Type.Array(TopPct, { minItems: 1, maxItems: 100 })),
        splits: Type.Optional(Splits),
        embargo: Type.Optional(Embargo),
        allowed_hours: Type.Optional(HoursList),
        risk_profile: Type.Optional(RiskProfile),
        save: Type.Optional(Type.Boolean({ default: true })),
        tag: Type.Optional(Type.String({ minLength: 1, maxLength: 100, default: 'sweep' })),
        min_trades: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
        min_sharpe: Type.Optional(Type.Number()),
        force: Type.Optional(Type.Boolean({ default: false })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      runs: Type.Array(
        Type.Object({
          kind: Type.String(),
          thresholds: StringOrNull,
          top_pct: NumberOrNull,
          allowed_hours: Type.String({ description: 'Empty when every hour is allowed' }),
          backtest_run_id: StringOrNull,
          result: Type.Object({
            best_sharpe_hourly: NumberOrNull,
            best_cum_ret: NumberOrNull,
            total_trades: Type.Integer(),
            parity: Nullable(BracketParity),
            metrics: Json,
            gate: Json,
          }),
        }),
      ),
      count: Type.Integer(),
      filtered: Type.Integer({ description: 'Runs that meet min_trades and min_sharpe' }),
      report_path: Type.String(),
      sweep_id: Type.Integer(),
    }),
  }),
  runSweep: defineEndpoint({
    method: 'POST',
    path: '/sweeps/run',
    tag: 'Sweeps',
    summary: 'Start a sweep, or find the identical one that already ran',
    description:
      'Answers at once; /sweeps/{sweep_id}/status and /events tell the rest. Variants of thresholds and of hours are crossed; a share of the surest rows is a variant of its own.',
    example: sweepExample,
    status: 202,
    body: SweepBody,
    reply: Type.Object({ sweep_id: Type.String(), reused: Type.Boolean(), job_id: StringOrNull }),
  }),
  planSweep: defineEndpoint({
    method: 'POST',
    path: '/sweeps/plan',
    tag: 'Sweeps',
    summary: 'What a sweep would do and take, without starting it',
    description:
      'Takes the body of /sweeps/run. Seconds are told from what finished sweeps took on this machine.',
    example: sweepExample,
    reads: true,
    body: SweepBody,
    reply: Type.Object({
      configurations: Type.Integer({ description: 'Distinct ones' }),
      new_trials: Type.Integer({ description: 'Configurations that were never tried on this matrix' }),
      trials: Type.Integer({ description: 'Configurations of the model ever tried, these included' }),
      hour_sets: Type.Integer({ description: 'Each is trained on its own' }),
      folds: Type.Integer({ description: 'Over all sets of hours' }),
      kept_folds: Type.Integer({ description: 'Folds whose scores are kept from before' }),
      seconds: Type.Union([Type.Number(), Type.Null()], {
        description: 'Null where the matrix has to be built first',
      }),
      years: Type.Union([Type.Number(), Type.Null()], {
        description: 'Years out of sample, 252 sessions each',
      }),
      min_backtest_years: Type.Union([Type.Number(), Type.Null()], {
        description:
          'Years below which the best of all trials, were they useless, is expected to reach a Sharpe ratio of 1',
      }),
      budget: Json,
      matrix_sha: StringOrNull,
      sweep_id: Type.Union([Type.String(), Type.Null()], {
        description: 'The identical sweep, where it ran already',
      }),
    }),
  }),
  listSweeps: defineEndpoint({
    method: 'GET',
    path: '/sweeps',
    tag: 'Runs',
    summary: 'Sweeps, newest first',
    description: 'With each how many of its configurations are done and how many pass their gate.',
    example: { query: { pack_id: 'zerosigma', limit: 10 } },
    query: Type.Object(
      {
        pack_id: Type.Optional(PackId),
        model_id: Type.Optional(ModelId),
        tag: Type.Optional(Tag),
        status: Type.Optional(JobStatus),
        limit: limitOf(20),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ rows: Type.Array(SweepSummary), total: Type.Integer(), ...Page }),
  }),
  getSweep: defineEndpoint({
    method: 'GET',
    path: '/sweeps/:sweep_id',
    tag: 'Runs',
    summary: 'One sweep with its results',
    description:
      'And with what its rows say together: probability of overfitting, expected maximum of the trials, the shuffled-label null where it ran.',
    example: { params: { sweep_id: '1' } },
    params: idParams,
    query: Type.Object(
      {
        results: Type.Optional(
          Type.Boolean({
            default: true,
            description: 'False leaves the results empty, for the analysis alone',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      sweep: SweepSummary,
      analysis: Nullable(SweepAnalysis),
      null_seconds: Type.Union([Type.Number(), Type.Null()], {
        description: 'What its shuffled-label null would take on this machine',
      }),
      results: Type.Array(
        Type.Object({
          id: Type.Integer(),
          kind: Type.String(),
          params: Json,
          metrics: Json,
          csv_uri: Type.String(),
          backtest_run_id: Nullable(Type.Integer()),
          created_at: Timestamp,
        }),
      ),
    }),
  }),
  runSweepNull: defineEndpoint({
    method: 'POST',
    path: '/sweeps/:sweep_id/null',
    tag: 'Sweeps',
    summary: 'Start the shuffled-label null of a finished sweep, or find the one that already ran',
    description:
      'Deals labels, returns and prices out anew against the features, 100 times, scores and evaluates the whole sweep each time ' +
      'and keeps the best Sharpe ratio: 100 times the work of the sweep without its kept scores. On two cores that is about five ' +
      'minutes for five years of daily bars and one set of hours; every further set of hours takes as long again. ' +
      'The outcome is `analysis.null_test` of the sweep.',
    example: { params: { sweep_id: '1' } },
    status: 202,
    params: idParams,
    reply: Type.Object({ sweep_id: Type.String(), reused: Type.Boolean(), job_id: StringOrNull }),
  }),
  getSweepStatus: defineEndpoint({
    method: 'GET',
    path: '/sweeps/:sweep_id/status',
    tag: 'Sweeps',
    summary: 'Progress of a sweep, with its newest rows',
    description: 'For polling: `progress` counts configurations, `results` are the newest rows.',
    example: { params: { sweep_id: '1' } },
    params: idParams,
    reply: Type.Object({
      status: JobStatus,
      progress: Type.Object({ completed: Type.Integer(), total: Type.Integer() }),
      note: StringOrNull,
      error: StringOrNull,
      job_id: StringOrNull,
      results: Type.Array(LeaderboardRow),
    }),
  }),
  getSweepResults: defineEndpoint({
    method: 'GET',
    path: '/sweeps/:sweep_id/results',
    tag: 'Sweeps',
    summary: 'Rows of a sweep in the order of its configurations',
    description: 'The order is that of the request, so a page means the same while rows still come in.',
    example: { params: { sweep_id: '1' }, query: { limit: 50 } },
    params: idParams,
    query: Type.Object({ limit: limitOf(50), offset }, { additionalProperties: false }),
    reply: Type.Object({ rows: Type.Array(LeaderboardRow), total: Type.Integer() }),
  }),
}
