import { type Static, Type } from 'typebox'
import { partial } from '#shared/catalog/models/partial.ts'
import type { EntryMode } from '#shared/jobs/replay-brackets.ts'
import { oneOf } from './blocks.ts'

const closed = { additionalProperties: false }
const share = (fallback: number) => Type.Number({ minimum: 0, maximum: 1, default: fallback })

/** Stop, target and time stop of a trade. Multiples are of the ATR known before entry. */
const Brackets = Type.Object(
  {
    enabled: Type.Boolean({ default: true }),
    mode: Type.Unsafe<'atr'>({ type: 'string', enum: ['atr'], default: 'atr' }),
    entry_mode: Type.Unsafe<EntryMode>({
      type: 'string',
      enum: ['next_session_open', 'next_bar_open'],
      default: 'next_session_open',
    }),
    atr_period: Type.Integer({ minimum: 1, maximum: 500, default: 14 }),
    atr_mult_stop: Type.Number({ exclusiveMinimum: 0, maximum: 100, default: 1.5 }),
    atr_mult_target: Type.Number({ exclusiveMinimum: 0, maximum: 100, default: 3 }),
    time_stop_minutes: Type.Integer({ minimum: 1, maximum: 200_000, default: 120 }),
    min_rr: Type.Number({ minimum: 0, maximum: 100, default: 1 }),
    regime_adjust: Type.Boolean({ default: false }),
  },
  closed,
)

/** Which contract an options trade takes. */
const Selection = Type.Object(
  {
    target_delta: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1, default: 0.35 }),
    dte_target: Type.Union([Type.Integer({ minimum: 0, maximum: 1000 }), Type.Null()], { default: null }),
    min_oi: Type.Integer({ minimum: 0, default: 0 }),
    min_vol: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], { default: null }),
    spread_width: Type.Number({ exclusiveMinimum: 0, maximum: 10_000, default: 5 }),
    weekly_ok: Type.Boolean({ default: true }),
    max_spread: Type.Union([Type.Number({ exclusiveMinimum: 0, maximum: 1 }), Type.Null()], {
      default: null,
      description: 'Widest bid-ask spread, a fraction of the mid; null for no limit',
    }),
  },
  closed,
)

const Execution = Type.Object(
  {
    slippage_bps: Type.Number({ minimum: 0, maximum: 1000, default: 1, description: 'Per side' }),
    size_by_conf: Type.Boolean({ default: false }),
    conf_cap: share(1),
    momentum_gate: Type.Boolean({ default: false }),
    momentum_min: Type.Number({ minimum: 0, maximum: 1000, default: 0 }),
    momentum_column: Type.String({ minLength: 1, maxLength: 200, default: 'momentum_score_total' }),
    brackets: Brackets,
    options: Type.Object({ selection: Selection }, closed),
  },
  closed,
)
export type ExecutionEffective = Static<typeof Execution>

/** `policies/<model_id>.yaml`: how signals become trades. Everything is optional; `effectiveExecution` fills the rest. */
export const PolicyFile = Type.Object(
  {
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    version: Type.Optional(Type.Integer({ minimum: 1 })),
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    risk: Type.Optional(
      partial(
        Type.Object(
          {
            max_drawdown: share(0.1),
            max_exposure: Type.Number({ minimum: 0, description: 'Dollars' }),
            max_position_pct: share(1),
            max_daily_trades: Type.Integer({ minimum: 0 }),
            stop_loss_bps: Type.Number({ minimum: 0, maximum: 10_000 }),
          },
          closed,
        ),
      ),
    ),
    execution: Type.Optional(
      partial(
        Type.Object(
          {
            ...Execution.properties,
            brackets: partial(Brackets),
            options: partial(Type.Object({ selection: partial(Selection) }, closed)),
            venue: Type.String({ maxLength: 60 }),
            order_type: oneOf(['market', 'limit']),
          },
          closed,
        ),
      ),
    ),
    alerting: Type.Optional(
      partial(
        Type.Object(
          {
            cooldown_minutes: Type.Integer({ minimum: 0, maximum: 10_000 }),
            max_trades_per_day: Type.Integer({ minimum: 0, maximum: 10_000 }),
            min_signal_score: share(0.5),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
)
export type PolicyFile = Static<typeof PolicyFile>

/** What a policy comes to once every default is filled in: the shape of `execution_effective`. */
export function effectiveExecution(policy: PolicyFile): ExecutionEffective {
  const given = (policy.execution ?? {}) as Record<string, unknown>
  return fill(Execution, given) as unknown as ExecutionEffective
}

function fill(schema: { properties: object }, given: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(schema.properties)) {
    const value = given[key]
    out[key] =
      'properties' in each
        ? fill(each as { properties: object }, (value ?? {}) as Record<string, unknown>)
        : (value ?? each.default)
  }
  return out
}
