import { type Static, Type } from 'typebox'
import {
  Lineage,
  ModelId,
  Nullable,
  NumberOrNull,
  PackId,
  RiskProfile,
  StringOrNull,
  Timestamp,
} from './schemas.ts'

const number = Type.Number()
const text = Type.String()
const closed = { additionalProperties: false }
const optional = Type.Optional
const atLeast0 = (maximum: number) => optional(Type.Number({ minimum: 0, maximum }))
const above0 = (maximum: number) => optional(Type.Number({ exclusiveMinimum: 0, maximum }))
const flag = optional(Type.Boolean())

/** Settings to try without writing or training anything; what is left out stays as it is. */
export const WhatIf = Type.Object(
  {
    threshold: optional(
      Type.Number({ minimum: 0.5, exclusiveMaximum: 1, description: 'On the directional probability' }),
    ),
    execution: optional(
      Type.Object(
        {
          slippage_bps: atLeast0(1000),
          size_by_conf: flag,
          conf_cap: atLeast0(1),
          momentum_gate: flag,
          momentum_min: atLeast0(1000),
          momentum_column: optional(Type.String({ minLength: 1, maxLength: 200 })),
          brackets: optional(
            Type.Object(
              {
                enabled: flag,
                entry_mode: optional(
                  Type.Union([Type.Literal('next_session_open'), Type.Literal('next_bar_open')]),
                ),
                atr_period: optional(Type.Integer({ minimum: 1, maximum: 500 })),
                atr_mult_stop: above0(100),
                atr_mult_target: above0(100),
                time_stop_minutes: optional(Type.Integer({ minimum: 1, maximum: 200_000 })),
                min_rr: atLeast0(100),
              },
              closed,
            ),
          ),
          options: optional(
            Type.Object(
              {
                selection: optional(
                  Type.Object(
                    {
                      target_delta: optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
                      dte_target: optional(Type.Integer({ minimum: 0, maximum: 1000 })),
                      min_oi: optional(Type.Integer({ minimum: 0 })),
                      min_vol: optional(Type.Integer({ minimum: 0 })),
                      max_spread: above0(1),
                      weekly_ok: flag,
                    },
                    closed,
                  ),
                ),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type WhatIf = Static<typeof WhatIf>

export const ExplainRowBody = Type.Object(
  {
    model_id: ModelId,
    pack_id: optional(PackId),
    risk_profile: optional(RiskProfile),
    ts: optional(Type.String({ maxLength: 40, description: 'Decision time of a row, ISO 8601' })),
    signal_id: optional(
      Type.Integer({
        minimum: 1,
        description: 'A signal of the model; without ts its newest, else the newest row',
      }),
    ),
    top: optional(
      Type.Integer({ minimum: 1, maximum: 500, default: 20, description: 'Features in the reply' }),
    ),
    what_if: optional(WhatIf),
  },
  closed,
)

export const decisionSteps = [
  'score',
  'calibration',
  'direction',
  'threshold',
  'hours',
  'momentum',
  'size',
  'risk',
  'atr',
  'reward_to_risk',
  'stop',
  'target',
  'time_stop',
  'contract',
] as const

const origins = ['model', 'artifact', 'policy', 'default', 'budget', 'what_if'] as const

const Shown = Type.Union([Type.Number(), Type.String(), Type.Null()])

export const DecisionStep = Type.Object({
  id: Type.Unsafe<(typeof decisionSteps)[number]>({ type: 'string', enum: decisionSteps }),
  rule: Type.String({ description: 'What is asked or computed, in words' }),
  value: Shown,
  limit: Shown,
  effect: Type.Union([Type.Literal('passes'), Type.Literal('stops'), Type.Literal('sets')]),
  from: Type.Unsafe<(typeof origins)[number]>({
    type: 'string',
    enum: origins,
    description:
      'Where the limit or setting stands: in the model file, in what training kept (artifact), in the policy, in its documented default, in the risk budget, or in this request',
  }),
  source: Nullable(
    Type.Object({
      path: text,
      key: text,
      line: Type.Union([Type.Integer(), Type.Null()], {
        description: 'null where the file leaves the key out',
      }),
    }),
  ),
  note: StringOrNull,
})
export type DecisionStep = Static<typeof DecisionStep>

const Contract = Type.Object({
  occ_symbol: text,
  expiry: text,
  strike: number,
  type: Type.Union([Type.Literal('call'), Type.Literal('put')]),
  delta: NumberOrNull,
  iv: NumberOrNull,
  mid: NumberOrNull,
  spread_pct: NumberOrNull,
  oi: NumberOrNull,
  volume: NumberOrNull,
  entry_premium_est: NumberOrNull,
  stop_premium: NumberOrNull,
  target_premium: NumberOrNull,
  time_stop_ts: Timestamp,
})

export const Order = Type.Object({
  side: Type.Union([Type.Literal('buy'), Type.Literal('sell')]),
  score_total: number,
  size: Type.Number({
    description: 'Share of a full position, from the confidence where the policy sizes by it',
  }),
  size_r: Type.Number({ description: 'Risk units of the profile' }),
  entry_mode: text,
  entry_ref_px: number,
  stop_px: number,
  target_px: number,
  rr: number,
  time_stop_minutes: Type.Integer(),
  contract: Nullable(Contract),
})
export type Order = Static<typeof Order>

const Outcome = Type.Object({
  trade: Type.Boolean(),
  signal: Type.Boolean({
    description:
      'Whether /signals/generate gives a signal for the row: every rule passes but perhaps the choice of a contract, which the overlay makes',
  }),
  reason: Type.String({ description: '"buy 1 R …", or "no trade because …"' }),
  stopped_by: StringOrNull,
  order: Nullable(Order),
})
export type Outcome = Static<typeof Outcome>

const Figures = Type.Object({
  trades: Type.Integer(),
  sharpe: NumberOrNull,
  cum_return: NumberOrNull,
  max_dd: NumberOrNull,
  win_rate: NumberOrNull,
  brackets: Nullable(
    Type.Object({
      trades: Type.Integer(),
      hit_rate: NumberOrNull,
      stop_rate: NumberOrNull,
      avg_rr: NumberOrNull,
      avg_return: NumberOrNull,
    }),
  ),
})

export const ExplainedRow = Type.Object({
  model_id: text,
  pack_id: text,
  risk_profile: RiskProfile,
  ticker: text,
  ts: Timestamp,
  date: text,
  hour_et: Nullable(Type.Integer()),
  signal_id: Nullable(Type.Integer()),
  simulated: Type.Boolean(),
  artifact: text,
  lineage: Lineage,
  contributions: Type.Object({
    unit: Type.Union([Type.Literal('log_odds'), Type.Literal('frequency'), Type.Null()], {
      description:
        'Log odds of UP against DOWN before calibration; for rf the difference of class frequencies',
    }),
    base: Type.Union([Type.Number(), Type.Null()], { description: 'Of the average training row' }),
    margin: Type.Union([Type.Number(), Type.Null()], {
      description: 'Of this row: base, the features listed and `others` add up to it',
    }),
    others: Type.Union([Type.Number(), Type.Null()], { description: 'Sum over the features not listed' }),
    features: Type.Array(
      Type.Object({
        feature: text,
        value: NumberOrNull,
        contribution: Type.Union([Type.Number(), Type.Null()], {
          description: 'Exact Shapley value; positive pushes the score up',
        }),
      }),
      { description: 'The largest contributions first' },
    ),
  }),
  classes: Type.Array(Type.Object({ class: text, raw: NumberOrNull, calibrated: number })),
  score_total: NumberOrNull,
  steps: Type.Array(DecisionStep),
  outcome: Outcome,
  what_if: Nullable(
    Type.Object({
      changed: Type.Array(text, { description: 'Settings that differ from what is in force' }),
      outcome_before: Outcome,
      backtest: Nullable(
        Type.Object(
          { backtest_run_id: text, started_at: Timestamp, before: Figures, after: Figures },
          {
            description: 'The newest backtest on its own out-of-fold scores, as it was and with the settings',
          },
        ),
      ),
    }),
  ),
  warnings: Type.Array(text),
})
