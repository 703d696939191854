import { Type } from 'typebox'
import { BracketParity } from './brackets.ts'
import { defineEndpoint } from './endpoint.ts'
import { FoldReport, RunMetrics } from './metrics.ts'
import { Reproduction } from './reproduction.ts'
import { RunPaths } from './run-paths.ts'
import {
  ConfigTuple,
  Gate,
  GateCheck,
  HoursList,
  IdParam,
  IsoDate,
  Json,
  Lineage,
  limitOf,
  ModelId,
  Nullable,
  NumberOrNull,
  offset,
  PackId,
  Page,
  RiskProfile,
  StringOrNull,
  Tag,
  ThresholdList,
  Timestamp,
} from './schemas.ts'

export const calibrations = ['none', 'sigmoid', 'isotonic'] as const
export const Calibration = Type.Unsafe<(typeof calibrations)[number]>({ type: 'string', enum: calibrations })
export const CvScheme = Type.Unsafe<'walk_forward' | 'purged_kfold' | 'cpcv'>({
  type: 'string',
  enum: ['walk_forward', 'purged_kfold', 'cpcv'],
  default: 'walk_forward',
})
export const Splits = Type.Integer({ minimum: 2, maximum: 20, default: 5 })
export const Embargo = Type.Number({
  minimum: 0,
  maximum: 0.5,
  default: 0,
  description: 'Fraction of all rows',
})
export const WorkspacePath = Type.String({
  minLength: 1,
  maxLength: 500,
  description: 'Path inside the workspace',
})

const ThresholdResult = Type.Object({
  thr: Type.Number(),
  cum_ret: Type.Number(),
  sharpe_hourly: NumberOrNull,
  sharpe: NumberOrNull,
  trades: Type.Integer(),
  win_rate: NumberOrNull,
  max_dd: NumberOrNull,
})

/** A row of the leaderboard: the union of what the two documents promise, and what the screen shows beside it. */
export const LeaderboardRow = Type.Object({
  id: Type.String(),
  started_at: Timestamp,
  created_at: Timestamp,
  model_id: Type.String(),
  pack_id: Type.String(),
  sweep_id: StringOrNull,
  ticker: StringOrNull,
  simulated: Type.Boolean(),
  metrics: Type.Partial(RunMetrics),
  config: ConfigTuple,
  lineage: Lineage,
  gate: Gate,
  checks: Type.Array(GateCheck),
  best_sharpe_hourly: NumberOrNull,
  best_cum_ret: NumberOrNull,
  spark: Type.Array(Type.Number(), { description: 'Equity, at most 40 points, for a sparkline' }),
  tag: Type.Optional(StringOrNull),
  verdicts: Type.Optional(
    Type.Array(Type.Object({ risk_profile: Type.String(), pass: Type.Boolean(), run_id: Type.String() }), {
      description: 'Newest verdict on the configuration under each profile, where asked for',
    }),
  ),
})

export const backtests = {
  runBacktest: defineEndpoint({
    method: 'POST',
    path: '/backtest',
    tag: 'Backtest',
    summary: 'Backtest a model under purged cross-validation and wait for the result',
    description:
      'Without csv the model’s newest matrix, or one built over its training window. Every figure is out of sample and net of costs; scaler, calibration and thresholds are chosen inside the training part of each fold. `threshold_results` has each threshold as a row of its own, `best_*` the maxima over these: a choice on test data, said as such.',
    example: { body: { model_id: 'spy_opt_0dte_hourly', thresholds: '0.55,0.60,0.65', splits: 5 } },
    body: Type.Object(
      {
        model_id: ModelId,
        csv: Type.Optional(WorkspacePath),
        target: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        thresholds: Type.Optional(ThresholdList),
        splits: Type.Optional(
          Type.Integer({
            minimum: 2,
            maximum: 20,
            description:
              '5 unless said; of cpcv the number of groups, at least 3 and 6 unless said, each pair tested once',
          }),
        ),
        embargo: Type.Optional(Embargo),
        cv: Type.Optional(CvScheme),
        top_pct: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
        allowed_hours: Type.Optional(HoursList),
        slippage_bps: Type.Optional(
          Type.Number({ minimum: 0, maximum: 1000, description: 'Per side; the policy’s, else 1' }),
        ),
        size_by_conf: Type.Optional(Type.Boolean()),
        conf_cap: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1 })),
        per_hour_thresholds: Type.Optional(Type.Boolean({ default: false })),
        per_hour_select_by: Type.Optional(
          Type.Unsafe<'sharpe' | 'cum_ret' | 'trades'>({
            type: 'string',
            enum: ['sharpe', 'cum_ret', 'trades'],
            default: 'sharpe',
          }),
        ),
        calibration: Type.Optional(Calibration),
        pack_id: Type.Optional(PackId),
        momentum_gate: Type.Optional(Type.Boolean()),
        momentum_min: Type.Optional(Type.Number({ minimum: 0 })),
        momentum_column: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        save: Type.Optional(Type.Boolean({ default: true })),
        tag: Type.Optional(Tag),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      backtest_run_id: StringOrNull,
      result: Type.Object({
        threshold_results: Type.Array(ThresholdResult),
        metrics: RunMetrics,
        folds: Type.Array(FoldReport),
        lineage: Lineage,
        gate: Gate,
        checks: Type.Array(GateCheck),
        config: ConfigTuple,
      }),
      best_sharpe_hourly: NumberOrNull,
      best_cum_ret: NumberOrNull,
      parity: Nullable(BracketParity),
      paths: Nullable(RunPaths),
      warnings: Type.Array(Type.String()),
    }),
  }),
  getBacktestRun: defineEndpoint({
    method: 'GET',
    path: '/backtest_runs/:id',
    tag: 'Backtest',
    summary: 'One run in full: equity, trades, folds, hours, gate',
    description: 'The equity starts at 1 and is net of costs.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Type.Object({
      run: LeaderboardRow,
      params: Json,
      equity: Type.Object({
        date: Type.Array(Type.String()),
        equity: Type.Array(Type.Number()),
        drawdown: Type.Array(Type.Number()),
        daily_return: Type.Array(Type.Number()),
      }),
      trades: Type.Object({
        entry_at: Type.Array(Type.String()),
        exit_at: Type.Array(Type.String()),
        side: Type.Array(Type.String()),
        size: Type.Array(Type.Number()),
        entry: Type.Array(NumberOrNull),
        exit: Type.Array(NumberOrNull),
        ret: Type.Array(Type.Number()),
        fold: Type.Array(Type.Integer()),
      }),
      trades_total: Type.Integer(),
      folds: Type.Array(FoldReport),
      hours: Type.Array(
        Type.Object({
          hour: Type.Integer(),
          trades: Type.Integer(),
          win_rate: NumberOrNull,
          mean_ret: NumberOrNull,
        }),
      ),
      threshold_results: Type.Array(ThresholdResult),
      notes: Type.Array(Type.String()),
      parity: Nullable(BracketParity),
      paths: Nullable(RunPaths),
    }),
  }),
  reproduceBacktestRun: defineEndpoint({
    method: 'POST',
    path: '/backtest_runs/:id/reproduce',
    tag: 'Backtest',
    summary: 'Run a stored run again from its lineage and say whether the bytes agree, or which sha changed',
    description:
      'The run is repeated as it was planned, on a matrix built anew from the data as it is now, with no kept score. ' +
      'config_sha, policy_sha and risk_sha say beside that whether model, policy and budget are still those of the run.',
    example: { params: { id: '1' } },
    params: Type.Object({ id: IdParam }),
    reply: Reproduction,
  }),
  getLeaderboard: defineEndpoint({
    method: 'GET',
    path: '/leaderboard',
    tag: 'Leaderboard',
    summary: 'Backtest runs, best first, behind their gates',
    description:
      'Every backtest is a row, also each configuration of a sweep. A row carries its gate with reasons, figures, configuration and the shas behind them.',
    example: { query: { pack_id: 'zerosigma', limit: 10 } },
    query: Type.Object(
      {
        pack_id: Type.Optional(PackId),
        model_id: Type.Optional(ModelId),
        risk_profile: Type.Optional(RiskProfile),
        pass_gate: Type.Optional(Type.Boolean()),
        start: Type.Optional(IsoDate),
        end: Type.Optional(IsoDate),
        tag: Type.Optional(Tag),
        sweep_id: Type.Optional(IdParam),
        flips: Type.Optional(
          Type.Boolean({
            description: 'Only configurations that pass under one profile and fail under another',
          }),
        ),
        verdicts: Type.Optional(
          Type.Boolean({ default: false, description: 'Adds to each row its verdicts under every profile' }),
        ),
        order_by: Type.Optional(
          Type.Unsafe<'sharpe' | 'sharpe_hourly' | 'cum_ret' | 'score' | 'dsr' | 'created_at'>({
            type: 'string',
            enum: ['sharpe', 'sharpe_hourly', 'cum_ret', 'score', 'dsr', 'created_at'],
            default: 'sharpe',
          }),
        ),
        limit: limitOf(20),
        offset,
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      rows: Type.Array(LeaderboardRow),
      total: Type.Integer(),
      ...Page,
      order_by: Type.String(),
      tag: StringOrNull,
    }),
  }),
}
