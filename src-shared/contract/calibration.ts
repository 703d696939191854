import { Type } from 'typebox'
import { WorkspacePath } from './backtests.ts'
import { ReplayedCandidate } from './brackets.ts'
import { defineEndpoint } from './endpoint.ts'
import { ModelId, Nullable, NumberOrNull, PackId, StringOrNull } from './schemas.ts'

const Grid = Type.String({ minLength: 1, maxLength: 2000, description: 'Numbers, "0.50,0.55,0.60"' })

export const calibrationMetrics = ['sharpe', 'sharpe_hourly', 'cum_ret', 'win_rate'] as const

export const calibration = {
  calibrateThresholds: defineEndpoint({
    method: 'POST',
    path: '/calibrate_thresholds',
    tag: 'Calibration',
    summary: 'The threshold that gives a wanted number of trades, or the best figure out of fold',
    description:
      'Scores are the column of `csv`, else of the model’s signals.csv or matrix, else those out of fold of its newest backtest; the reply names them. With `metric` the thresholds are judged by their out-of-fold performance.',
    example: { body: { model_id: 'spy_opt_0dte_hourly', top_n: 50 } },
    body: Type.Object(
      {
        model_id: ModelId,
        csv: Type.Optional(WorkspacePath),
        pack_id: Type.Optional(PackId),
        metric: Type.Optional(
          Type.Unsafe<(typeof calibrationMetrics)[number]>({
            type: 'string',
            enum: [...calibrationMetrics],
            description:
              'Adds the out-of-fold figures of each threshold; sharpe where top_n is not given either',
          }),
        ),
        column: Type.Optional(Type.String({ minLength: 1, maxLength: 200, default: 'score_total' })),
        grid: Type.Optional(Grid),
        top_n: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_id: Type.String(),
      source_csv: Type.String(),
      column: Type.String({
        description:
          'score_oof: out-of-fold scores of the latest backtest, where the file has no such column',
      }),
      sides: Type.Unsafe<'both' | 'above'>({
        type: 'string',
        enum: ['both', 'above'],
        description:
          'both: a probability p counts where p or 1 − p reaches the threshold; above: values from it on',
      }),
      backtest_run_id: StringOrNull,
      top_n: Nullable(Type.Integer()),
      metric: StringOrNull,
      grid: Type.Array(Type.Number()),
      counts: Type.Array(Type.Object({ threshold: Type.Number(), count: Type.Integer() })),
      performance: Nullable(
        Type.Array(
          Type.Object({
            threshold: Type.Number(),
            trades: Type.Integer(),
            sharpe: NumberOrNull,
            sharpe_hourly: NumberOrNull,
            cum_ret: NumberOrNull,
            win_rate: NumberOrNull,
            max_dd: NumberOrNull,
          }),
        ),
      ),
      recommended_threshold: NumberOrNull,
      expected_count: Nullable(Type.Integer()),
      warnings: Type.Array(Type.String()),
    }),
  }),
  calibrateBrackets: defineEndpoint({
    method: 'POST',
    path: '/calibrate_brackets',
    tag: 'Calibration',
    summary: 'Stop and target multiples for a wanted ratio, each replayed on the model’s own signals',
    description: 'A bar that touches stop and target counts as a stop.',
    example: { body: { model_id: 'spy_eq_swing_daily', desired_rr: 2.5 } },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        desired_rr: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100, default: 2 })),
        k_stop_grid: Type.Optional(Grid),
        k_target_grid: Type.Optional(Grid),
        time_stop_candidates: Type.Optional(Grid),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({
      model_id: Type.String(),
      desired_rr: Type.Number(),
      recommended: Type.Object({
        atr_mult_stop: Type.Number(),
        atr_mult_target: Type.Number(),
        rr_implied: Type.Number(),
        time_stop_minutes: Type.Integer(),
      }),
      candidates: Type.Array(
        Type.Object({
          k_stop: Type.Number(),
          k_target: Type.Number(),
          rr: Type.Number(),
          delta: Type.Number({ description: 'Distance of rr from desired_rr' }),
        }),
        { description: 'Nearest to the wanted ratio first' },
      ),
      replay: Nullable(Type.Array(ReplayedCandidate)),
      backtest_run_id: StringOrNull,
      note: Type.String(),
      warnings: Type.Array(Type.String()),
    }),
  }),
}
