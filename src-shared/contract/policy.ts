import { Type } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { ExplainedRow, ExplainRowBody } from './explain-row.ts'
import { Json, ModelId, Nullable, PackId, StringOrNull } from './schemas.ts'

const number = Type.Number()
const boolean = Type.Boolean()

/** Text of a YAML file in a request; the file itself may be longer only where people edit it by hand. */
export const YamlText = Type.String({ maxLength: 400_000 })

/** Where a file is wrong: line and column from 1, null where the file as a whole is meant. */
export const FileProblem = Type.Object({
  path: Type.String(),
  line: Nullable(Type.Integer()),
  column: Nullable(Type.Integer()),
  message: Type.String(),
})

export const PolicyChecks = Type.Object({
  ok: boolean,
  errors: Type.Array(Type.String(), { description: 'What keeps the policy from trading as it says' }),
  warnings: Type.Array(Type.String(), { description: 'What a trader should know of it' }),
})

const ExecutionEffective = Type.Object({
  slippage_bps: number,
  size_by_conf: boolean,
  conf_cap: number,
  momentum_gate: boolean,
  momentum_min: number,
  momentum_column: Type.String(),
  brackets: Type.Object({
    enabled: boolean,
    mode: Type.String(),
    entry_mode: Type.String(),
    atr_period: Type.Integer(),
    atr_mult_stop: number,
    atr_mult_target: number,
    time_stop_minutes: Type.Integer(),
    min_rr: number,
    regime_adjust: boolean,
  }),
  options: Type.Object({
    selection: Type.Object({
      target_delta: number,
      dte_target: Nullable(Type.Integer()),
      min_oi: Type.Integer(),
      min_vol: Nullable(Type.Integer()),
      spread_width: number,
      weekly_ok: boolean,
      max_spread: Nullable(number),
    }),
  }),
})

export const ExplainedPolicy = Type.Object({
  ok: Type.Boolean({ description: 'Whether the policy is valid: no schema error and no failing check' }),
  model_id: Type.String(),
  pack_id: Type.String(),
  path: StringOrNull,
  own: Type.Boolean({ description: 'False where the model uses a policy that it shares' }),
  text: Type.String({ description: 'The file as it is, to edit and to send back as if_text' }),
  schema_ok: boolean,
  schema_errors: Type.Array(FileProblem),
  execution_effective: ExecutionEffective,
  policy: Json,
  checks: PolicyChecks,
})

const query = Type.Object(
  { model_id: ModelId, pack_id: Type.Optional(PackId) },
  { additionalProperties: false },
)

export const policy = {
  explainPolicy: defineEndpoint({
    method: 'GET',
    path: '/policy/explain',
    tag: 'Policy',
    summary:
      'The policy of a model with every default filled in, checked against its schema, its matrix and itself',
    description:
      'What will really be used: the policy’s file over the pack’s defaults. `schema_errors` have line and column, `checks` say what contradicts the matrix or itself.',
    example: { query: { model_id: 'spy_opt_0dte_hourly' } },
    query,
    reply: ExplainedPolicy,
  }),
  validatePolicy: defineEndpoint({
    method: 'GET',
    path: '/validate_policy',
    tag: 'Policy',
    summary: 'The same answer as /policy/explain',
    description: 'Kept for scripts that ask by this name.',
    example: { query: { model_id: 'spy_opt_0dte_hourly' } },
    query,
    reply: ExplainedPolicy,
  }),
  explainRow: defineEndpoint({
    method: 'POST',
    path: '/policy/explain_row',
    tag: 'Policy',
    summary:
      'The path of one row from its score to an order: every rule, its value, its limit, its line and its effect',
    description:
      'Without ts and signal_id the newest signal of the model and profile is explained, else the newest row. what_if tries other settings without training or writing; it also evaluates the newest backtest anew on its own out-of-fold scores, which counts as a trial of the model.',
    example: { body: { model_id: 'spy_eq_swing_daily', risk_profile: 'balanced' } },
    body: ExplainRowBody,
    reply: ExplainedRow,
  }),
  writePolicy: defineEndpoint({
    method: 'PUT',
    path: '/policy',
    tag: 'Policy',
    summary: 'Write the policy file of a model; refused with CONFLICT where it is no longer as if_text says',
    description:
      '`if_text` is the text that the edit began from: where the file has changed since, neither edit is lost. A text with errors is refused with line and column.',
    example: { body: { model_id: 'spx_eq_swing_daily', text: 'execution:\n  slippage_bps: 1\n' } },
    body: Type.Object(
      {
        model_id: ModelId,
        pack_id: Type.Optional(PackId),
        text: YamlText,
        if_text: Type.Optional(YamlText),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ path: Type.String(), message: Type.String(), checks: PolicyChecks }),
  }),
}
